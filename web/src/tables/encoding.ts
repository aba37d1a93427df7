// Which encoding a file has: by its byte-order mark, by the zeros that UTF-16 puts between Latin letters, else by trial.
// UTF-8 is strict enough to be tried first; GB18030 has nearly every other pair of bytes, so it comes after.
import { chunkBytes } from './limits';
import { ReadingError, type Encoding } from './messages';

export function byMark(head: Uint8Array): Encoding | null {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** Commas, digits and line ends are in every table: in UTF-16 half of each is a zero, always on the same side. */
export function byZeros(head: Uint8Array): Encoding | 'binary' | null {
  const zeros: [even: number, odd: number] = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) ++zeros[index % 2 === 0 ? 0 : 1];
  });
  const [even, odd] = zeros;
  if (even + odd === 0) return null;
  const many = head.length / 40;
  if (odd > many && even * 20 < odd) return 'utf-16le';
  if (even > many && odd * 20 < even) return 'utf-16be';
  return 'binary';
}

/** Workbooks of Excel and the like are ZIP files, older ones compound files. */
function isWorkbook(head: Uint8Array, name: string): boolean {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  return starts(0x50, 0x4b, 3, 4) || (starts(0xd0, 0xcf, 0x11, 0xe0) && /\.(xls|et)$/i.test(name));
}

async function decodes(blob: Blob, encoding: Encoding, progress: (bytes: number) => void): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < blob.size; at += chunkBytes) {
      decoder.decode(await blob.slice(at, at + chunkBytes).arrayBuffer(), { stream: true });
      progress(Math.min(blob.size, at + chunkBytes));
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Reads the whole of a file where that is needed to tell. Throws ReadingError for what is no text. */
export async function findEncoding(
  blob: Blob,
  name: string,
  progress: (bytes: number) => void = () => undefined,
): Promise<Encoding> {
  const head = new Uint8Array(await blob.slice(0, chunkBytes).arrayBuffer());
  const marked = byMark(head);
  if (marked !== null) return marked;
  if (isWorkbook(head, name)) throw new ReadingError('workbook');
  const zeros = byZeros(head);
  if (zeros === 'binary') throw new ReadingError('binary');
  if (zeros !== null) return zeros;
  for (const encoding of ['utf-8', 'gb18030'] as const)
    if (await decodes(blob, encoding, progress)) return encoding;
  return 'windows-1252'; // gives every byte a meaning
}
