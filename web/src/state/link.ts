// The document in the link: `#d=1.` and the difference to the defaults as JSON, deflated, in base64url.
import type { Experiment } from 'athanor';

export const maxLinkBytes = 64 * 1024;
export const maxDocumentBytes = 1024 * 1024;
const prefix = '#d=1.';

/** No experiment nests deeper; passing deeper values on would exhaust the stack. */
const maxDepth = 32;

export class LinkError extends Error {
  readonly reason: 'version' | 'too_long' | 'damaged';
  constructor(reason: LinkError['reason']) {
    super(reason);
    this.name = 'LinkError';
    this.reason = reason;
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text for text, without writing either as JSON: a table in it may be megabytes. */
function isSame(value: unknown, other: unknown): boolean {
  if (typeof value !== 'object' || typeof other !== 'object' || value === null || other === null)
    return value === other;
  if (Array.isArray(value) !== Array.isArray(other)) return false;
  const [members, others] = [Object.entries(value), new Map(Object.entries(other))];
  return (
    members.length === others.size &&
    members.every(([key, member]) => others.has(key) && isSame(member, others.get(key)))
  );
}

/** The members of `value` that differ from `base`, all the way down; lists count as one value. */
export function difference(value: unknown, base: unknown): unknown {
  if (!isObject(value) || !isObject(base)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (isSame(member, base[key])) continue;
    result[key] = difference(member, base[key]);
  }
  return result;
}

/** Whether a value nests no deeper than an experiment. */
export function isShallow(value: unknown, depth = maxDepth): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isShallow(member, depth - 1));
}

/** Reads a stream to its end, giving up as soon as it exceeds `max` bytes. */
async function collect(stream: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > max) {
      await reader.cancel().catch(() => undefined);
      throw new LinkError('too_long');
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes])
    .stream()
    .pipeThrough(transform as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new LinkError('damaged');
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new LinkError('damaged');
  }
}

/** The hash for a document; empty for the default one. Throws LinkError('too_long') when it does not fit a link. */
export async function encodeLink(document: Experiment, defaults: Experiment): Promise<string> {
  // Each character is a byte at least: what is too long is not even written.
  if (document.data.table.csv.length > maxDocumentBytes) throw new LinkError('too_long');
  const changed = difference(document, defaults) as Json;
  if (isObject(changed) && Object.keys(changed).length === 0) return '';
  const text = new TextEncoder().encode(JSON.stringify(changed));
  if (text.length > maxDocumentBytes) throw new LinkError('too_long');
  return (
    prefix + toBase64Url(await collect(through(text, new CompressionStream('deflate-raw')), maxLinkBytes))
  );
}

/** The document (or part of one) in a hash, null when the hash holds none. Throws LinkError. What comes back is untrusted: the
 * engine validates it. */
export async function decodeLink(hash: string): Promise<unknown> {
  if (hash.startsWith('#d=') && !hash.startsWith(prefix)) throw new LinkError('version');
  if (!hash.startsWith(prefix)) return null;
  if (hash.length > (maxLinkBytes * 4) / 3 + prefix.length + 4) throw new LinkError('too_long');
  const bytes = fromBase64Url(hash.slice(prefix.length));
  if (bytes.length > maxLinkBytes) throw new LinkError('too_long');
  try {
    const text = await collect(through(bytes, new DecompressionStream('deflate-raw')), maxDocumentBytes);
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as unknown;
    if (!isShallow(value)) throw new LinkError('damaged');
    return value;
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError('damaged');
  }
}
