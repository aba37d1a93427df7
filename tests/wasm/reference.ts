// The reference curves: a thousand losses of each of some experiments, and their SHA-256. Equal in Node and in every browser.
import { readFileSync } from 'node:fs';
import type { Engine } from '../../bindings/index';

export const referenceDocument = {
  seed: 7,
  data: { generator: 'spirals', samples: 300 },
  augment: { copies: 1 },
  model: { layers: [{ units: 8, activation: 'tanh', dropout: 0.1 }, { units: 8 }] },
  training: { batch_size: 10 },
} as const;

/** The document, made to train for a thousand steps at least: no early stop, and epochs enough for the smallest data. */
function unending(document: object): object {
  const { done } = document as { done?: object };
  return { ...document, done: { ...done, max_epochs: 100_000, patience: 0, target_score: 1 } };
}

/** A preset's document with the text of its table. */
function withTable(document: object, table: string): object {
  if (table === '') return document;
  const { data } = document as { data: { table: object } };
  const csv = readFileSync(`web/public/data/${table}`, 'utf8');
  return { ...document, data: { ...data, table: { ...data.table, csv } } };
}

/** The experiments by name: one of the tests' own, and every preset. */
export function referenceDocuments(engine: Pick<Engine, 'presets'>): Record<string, object> {
  const presets = engine
    .presets()
    .map(({ name, document, table }) => [name, unending(withTable(document, table))] as const);
  return { reference: unending(referenceDocument), ...Object.fromEntries(presets) };
}

/** Losses of the first 1,000 optimiser steps. Its text also runs inside browsers: it uses nothing but its arguments. */
export function referenceLosses(
  engine: Pick<Engine, 'createSession'>,
  document: unknown,
): Float32Array<ArrayBuffer> {
  const session = engine.createSession(document);
  for (let step = 0; step < 1000; ++step) session.stepBatch();
  const losses = session.losses();
  session.delete();
  return losses;
}

/** Lower-case hexadecimal SHA-256 of the bytes. Its text also runs inside browsers. */
export async function sha256(values: Float32Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', values);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
