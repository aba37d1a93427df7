// Lines at the top of a file that begin with # and are no part of its table: what instruments and statistics programs write
// of where the numbers come from.
import type { Delimiter } from './messages';
import { recordsOf } from './records';
import { findDelimiter, hasHeader } from './sniffing';

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

/** How wide most of the records are. */
function widthOf(records: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((best, other) => (other[1] > best[1] ? other : best), [0, 0])[0];
}

/** How many lines at the top are comments. The last of them names the columns when it is as wide as they are and nothing below
 * does: "# x, y, label" over bare numbers, and "#id" as the name of a column. */
export function commentLines(head: string, chosen?: Delimiter): number {
  const lines = head.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !isComment(line));
  if (first < 1) return 0;
  const rest = lines.slice(first).join('\n');
  const delimiter = chosen ?? findDelimiter(rest);
  const below = recordsOf(rest, delimiter).slice(0, 200);
  const last = lines.slice(0, first).findLastIndex(isComment);
  if (last === -1) return 0;
  const [names] = recordsOf(lines[last] ?? '', delimiter);
  const width = widthOf(below);
  const isNamed = width > 1 && names?.length === width && !hasHeader(below);
  // Words all over leave it open which of two lines has the names: that of the width of all the others is no sentence.
  const isOfWords = width > 1 && names?.length === width && !/^\s*#\s/.test(lines[last] ?? '');
  return isNamed || isOfWords ? last : first;
}

/** The text with its first `count` lines empty, so that lines keep their numbers. */
export function withoutLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; ++i) {
    const end = text.indexOf('\n', at);
    if (end === -1) return '\n'.repeat(i);
    at = end + 1;
  }
  return '\n'.repeat(count) + text.slice(at);
}

/** A name without the mark of a comment. */
export function uncommented(name: string): string {
  return name.replace(/^\s*#\s+/, '');
}
