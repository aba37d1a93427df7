// `npm start`: sets up what is missing, builds, serves the page and says where.
import { command } from './common/command.mjs';
import { parsePort } from './common/port.mjs';
import { say, Steps } from './common/say.mjs';
import { requireFreePort, serve } from './make/serve.mjs';
import { buildSite, kSiteSteps } from './make/site.mjs';
import { countSteps, setUp } from './setup/setup.mjs';

command(async () => {
  const port = parsePort(process.argv.slice(2));
  await requireFreePort(port);
  /** @type {import('./setup/needs.mjs').Purpose[]} */
  const purposes = ['engine'];
  const steps = new Steps(countSteps(purposes) + kSiteSteps);
  const toolchain = await setUp(purposes, steps);
  await buildSite(toolchain, steps);
  say(`\n  Athanor is at ${await serve(port)}   (Ctrl-C ends it)\n`);
});
