// How far other programs are, read from what they print.

/**
 * apt's status lines: `dlstatus:1:23.4:…` while downloading, `pmstatus:clang-19:61.0:…` while installing.
 * @param {string} line
 * @returns {string | undefined}
 */
export function aptProgress(line) {
  const [kind, what, percent] = line.split(':');
  if (!/^\d+(\.\d+)?$/.test(percent ?? '')) return undefined;
  const rounded = `${Math.round(Number(percent))} %`;
  if (kind === 'dlstatus') return `downloading ${rounded}`;
  if (kind === 'pmstatus') return `installing ${rounded} (${what})`;
  return undefined;
}

/**
 * ninja's `[12/80] Building …`.
 * @param {string} line
 * @returns {string | undefined}
 */
export function ninjaProgress(line) {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  return match ? `${match[1]}/${match[2]}` : undefined;
}
