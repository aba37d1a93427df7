// The log of losses as lines of text.

export interface LogLine {
  step: number;
  loss: string;
}

const decimals = 4;

/** step, loss, step, loss, … → lines with four decimals, as listings print them. */
export function logLines(flat: ArrayLike<number>): LogLine[] {
  return Array.from({ length: flat.length >> 1 }, (_, line) => ({
    step: flat[2 * line] ?? 0,
    loss: (flat[2 * line + 1] ?? NaN).toFixed(decimals),
  }));
}
