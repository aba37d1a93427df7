// A file as text, piece by piece, with one kind of line end.
import { chunkBytes } from './limits';
import type { Encoding } from './messages';

const replacement = '\uFFFD';

/** Turns CRLF and CR into LF; a CR at the end of a piece waits for what follows it. */
export class LineEnds {
  #held = '';

  take(text: string, isLast: boolean): string {
    let all = this.#held + text;
    this.#held = '';
    if (!isLast && all.endsWith('\r')) {
      this.#held = '\r';
      all = all.slice(0, -1);
    }
    return all.includes('\r') ? all.replace(/\r\n?/g, '\n') : all;
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) ++found;
  return found;
}

export interface Piece {
  text: string;
  /** Bytes of the file up to here. */
  bytes: number;
  /** Characters of this piece that could not be decoded. */
  unreadable: number;
  isLast: boolean;
}

export async function* pieces(blob: Blob, encoding: Encoding): AsyncGenerator<Piece, void, undefined> {
  const decoder = new TextDecoder(encoding);
  const ends = new LineEnds();
  for (let at = 0; at < blob.size; at += chunkBytes) {
    const isLast = at + chunkBytes >= blob.size;
    const bytes = await blob.slice(at, at + chunkBytes).arrayBuffer();
    // The mark is stripped by the decoder, except in encodings that have none.
    const text = ends.take(decoder.decode(bytes, { stream: !isLast }), isLast);
    yield {
      text,
      bytes: Math.min(blob.size, at + chunkBytes),
      unreadable: text.includes(replacement) ? count(text, replacement) : 0,
      isLast,
    };
  }
}

/** The whole text. */
export async function textOf(
  blob: Blob,
  encoding: Encoding,
  progress: (bytes: number) => void,
): Promise<{ text: string; unreadable: number }> {
  const parts: string[] = [];
  let unreadable = 0;
  for await (const piece of pieces(blob, encoding)) {
    parts.push(piece.text);
    unreadable += piece.unreadable;
    progress(piece.bytes);
  }
  return { text: parts.join(''), unreadable };
}
