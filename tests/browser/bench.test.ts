// The benchmark's second part, which talks to the page's own worker as the page does.
import { expect, it } from 'vitest';
import { kBrowserVariants, timeInBrowser } from '../bench/browser.mjs';
import { workloads } from '../bench/workloads/1_tiny.mjs';

it('measures steps of the page in both builds of one thread', async () => {
  const options = { workloads: [], only: [], rounds: 3, blockSeconds: 0.04, warmSeconds: 0.1, browser: true };
  const measured = await timeInBrowser(workloads, options, () => undefined);
  expect(measured.map(({ result }) => [result.workload, result.variant])).toEqual(
    kBrowserVariants.map((variant) => ['tiny', variant]),
  );
  // Of a run that goes on: no time at all, or as much as a hundred times what a slow machine needs, is no step.
  for (const { result } of measured) {
    expect(result.us_per_step_median).toBeGreaterThan(0.01);
    expect(result.us_per_step_median).toBeLessThan(10_000);
  }
});
