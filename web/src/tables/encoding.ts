// Which encoding a file has: by its byte-order mark, by the zeros that UTF-16 puts between Latin letters, else by trial.
// UTF-8 is strict enough to be tried first; GB18030 has nearly every other pair of bytes, and so has Big5: where both can read
// a file, which of their characters it would hold tells.
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

/** Of the pairs of bytes that are no ASCII, more are everyday characters in Big5 than in GB 2312. Simplified text has its second
 * byte from A1 on and goes beyond the first byte C6; traditional text does neither. */
export function isLikelyBig5(bytes: Uint8Array): boolean {
  let [big5, gb] = [0, 0];
  for (let at = 0; at + 1 < bytes.length; ++at) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x81) continue;
    ++at; // the second byte is none of the next character
    const isHigh = trail >= 0xa1 && trail <= 0xfe;
    if (lead >= 0xa1 && lead <= 0xc6 && (isHigh || (trail >= 0x40 && trail <= 0x7e))) ++big5;
    if (lead >= 0xa1 && lead <= 0xf7 && isHigh) ++gb;
  }
  return big5 > gb;
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
  if (await decodes(blob, 'utf-8', progress)) return 'utf-8';
  const orders = isLikelyBig5(head) ? (['big5', 'gb18030'] as const) : (['gb18030'] as const);
  for (const encoding of orders) if (await decodes(blob, encoding, progress)) return encoding;
  return 'windows-1252'; // gives every byte a meaning
}
