// What ships with the page and is fetched from where it lies: examples that have a table, and the table of flowers.
import type { Preset } from 'athanor';
import { playground } from './playground.svelte';

/** An example with all its settings. */
export async function usePreset({ name, document, table }: Preset): Promise<void> {
  // A neuron that ran by itself would be at its end before anybody had read a number.
  if (table === '') return playground.load(document, name === 'neuron' ? 'step' : 'run');
  const csv = await shippedTable(table);
  if (csv === null) return;
  const given = document as { data?: { table?: object } };
  await playground.load({ ...given, data: { ...given.data, table: { ...given.data?.table, csv } } });
}

/** With the settings as they are. */
export async function useIris(): Promise<void> {
  const csv = await shippedTable('iris.csv');
  if (csv === null) return;
  await playground.tables.use({ name: 'iris.csv', csv }).catch((error) => playground.fail(error));
}

/** Null when it cannot be fetched, which is told. */
async function shippedTable(name: string): Promise<string | null> {
  try {
    const response = await fetch(`data/${name}`);
    if (!response.ok) throw new Error(response.statusText);
    return await response.text();
  } catch {
    playground.notice = { kind: 'unreadable', name };
    return null;
  }
}
