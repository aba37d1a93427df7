// `npm run build`: the static site in build/site.
import { command } from './common/command.mjs';
import { site } from './common/paths.mjs';
import { say, Steps } from './common/say.mjs';
import { buildSite, kSiteSteps } from './make/site.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

command(async () => {
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['engine'];
  const steps = new Steps(countSteps(purposes) + kSiteSteps);
  await buildSite(await setUp(purposes, steps), steps);
  say(`\nThe site is in ${site}`);
});
