// What is done with files, fetched when it is first done.
import { playground } from './playground.svelte';
import { texts } from '../messages/current.svelte';
import type * as experimentFile from './experimentfile';

async function withFiles(act: (work: typeof experimentFile) => unknown): Promise<void> {
  try {
    const [work] = await Promise.all([import('./experimentfile'), texts.loadLater()]);
    await act(work);
  } catch {
    playground.notice = { kind: 'missing' };
  }
}

export const saveFile = () => withFiles((work) => work.saveExperiment());
export const openFile = () => withFiles((work) => work.chooseFile());

/** Opens a JSON file that is an experiment; anything else is left to `bring`. */
export const takeJson = (file: File, bring: () => void) =>
  withFiles(async (work) => {
    if (!(await work.openExperiment(file))) bring();
  });
