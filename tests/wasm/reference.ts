// The reference curve: a thousand losses of one experiment, and their SHA-256. Equal in Node and in every browser.
import type { Engine } from '../../bindings/index';

export const referenceDocument = {
  seed: 7,
  data: { generator: 'spirals', samples: 300 },
  augment: { copies: 1 },
  model: { layers: [{ units: 8, activation: 'tanh', dropout: 0.1 }, { units: 8 }] },
  training: { batch_size: 10 },
} as const;

/** Losses of the first 1,000 optimiser steps. */
export function referenceLosses(
  engine: Pick<Engine, 'createSession'>,
  document: unknown = referenceDocument,
): Float32Array<ArrayBuffer> {
  const session = engine.createSession(document);
  for (let step = 0; step < 1000; ++step) session.stepBatch();
  const losses = session.losses();
  session.delete();
  return losses;
}

/** Lower-case hexadecimal SHA-256 of the bytes. */
export async function sha256(values: Float32Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', values);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
