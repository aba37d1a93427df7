// Links, for whoever may never meet one: what reads and writes them is fetched when there is one.
import type { Notice } from './notice';

/** As decodeLink of link.ts; null for a hash that is none of ours. */
export async function readLink(hash: string): Promise<unknown> {
  return hash.startsWith('#d=') ? (await import('./link')).decodeLink(hash) : null;
}

/** What is told of a link that could not be read. */
export function linkNotice(error: unknown): Notice {
  const isFound = error instanceof Error && error.name === 'LinkError' && 'reason' in error;
  return isFound ? ({ kind: 'link', reason: error.reason } as Notice) : { kind: 'missing' };
}
