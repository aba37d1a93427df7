// `npm run bench`: builds what is compared, fetches the libraries it is compared with, and times all of it in turns.
// npm run bench -- [--workload NAME,…] [--only IMPLEMENTATION,…] [--rounds N] [--quick] [--no-browser]
import { choose, parseOptions } from '../tests/bench/options.mjs';
import { namesOf, readImplementations } from '../tests/bench/implementation.mjs';
import { runSuite } from '../tests/bench/suite.mjs';
import { curveOf, productFlops, readWorkloads } from '../tests/bench/workload.mjs';
import { command } from './common/command.mjs';

command(async () => {
  const options = parseOptions(process.argv.slice(2));
  const all = await readWorkloads();
  const chosen = choose(
    all,
    options.workloads,
    ({ family, workload }) => [family, workload.name],
    'workload',
  );
  // Whatever has products is given as a share of what could be reached.
  const needsPeak = chosen.some(
    ({ workload }) => curveOf(workload) === undefined && productFlops(workload) !== undefined,
  );
  const workloads = all.filter(
    (each) => chosen.includes(each) || (needsPeak && each.workload.kind === 'peak'),
  );
  const implementations = choose(await readImplementations(), options.only, namesOf, 'implementation');
  await runSuite(
    workloads.map(({ workload }) => workload),
    implementations,
    options,
  );
});
