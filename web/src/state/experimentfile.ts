// The experiment as a file: the document as JSON, written and read again. What is read is untrusted: the engine validates it.
import { ending, fileName, isExperiment } from './experimentjson';
import { fill, formatBytes } from './format';
import { isShallow } from './link';
import { playground } from './playground.svelte';
import { texts } from '../messages/current.svelte';
import { placeOfError } from '../tables/jsonplace';
import { tableFiles } from '../tables/limits';

/** A document holds at most one table, whose text the engine bounds; as JSON it takes some more. */
const maxBytes = 16_000_000;

export async function saveExperiment(): Promise<void> {
  await playground.currentLink(); // what was typed a moment ago has arrived then
  const { document: experiment } = playground;
  if (experiment === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(experiment, null, 2)}\n`], { type: 'application/json' }),
  );
  link.download = fileName(experiment.data);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // browsers begin to read it a moment later
}

/** Lets the person choose an experiment or a table. */
export function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = tableFiles;
  input.hidden = true;
  input.dataset['testid'] = 'open-file';
  input.addEventListener('change', () => playground.tables.bringFiles([...(input.files ?? [])]));
  for (const end of ['change', 'cancel']) input.addEventListener(end, () => input.remove());
  document.body.append(input); // outside the page WebKit opens no dialog
  input.click();
}

function tell(sentence: (t: typeof texts.later.files.errors) => string): void {
  playground.notice = { kind: 'told', text: () => sentence(texts.later.files.errors) };
}

/** Opens a JSON file that is an experiment; false for one that may be a table. */
export async function openExperiment(file: File): Promise<boolean> {
  const { name, size } = file;
  const isNamed = name.toLowerCase().endsWith(ending);
  if (size > maxBytes) {
    if (isNamed) tell((t) => fill(t.tooLarge, { name, size: formatBytes(size), max: formatBytes(maxBytes) }));
    return isNamed;
  }
  const text = await file.text().catch(() => null);
  if (text === null) {
    playground.notice = { kind: 'unreadable', name };
    return true;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (!isNamed) return false;
    const { line, column } = placeOfError(text) ?? { line: 1, column: 1 };
    tell((t) => fill(text.trim() === '' ? t.empty : t.notJson, { name, line, column }));
    return true;
  }
  if (!isExperiment(value, playground.defaults) || !isShallow(value)) {
    if (isNamed) tell((t) => fill(t.noExperiment, { name }));
    return isNamed;
  }
  await playground.load(value);
  return true;
}
