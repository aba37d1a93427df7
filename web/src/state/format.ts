// Numbers as people read them.

/** A few significant digits, without jumping between widths: 0.0123, 1.23, 123.4, 1.2e-5. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(1);
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(size)))));
}

/** A round number on an axis, in few characters: 0.5, 20000, 1e-4. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-2)
    ? value.toExponential()
    : String(Number(value.toPrecision(6)));
}

/** 0.9625 → "96.3 %" with a fixed number of decimals, so that columns stay still. */
export function formatPercent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return '–';
  return `${(share * 100).toFixed(1)}%`;
}

/** 1536 → "1.5 kB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** 1234567 → "1,234,567", as both languages group digits; four of them stand better together. */
export function formatCount(count: number): string {
  return count < 10_000 ? String(count) : count.toLocaleString('en');
}

/** Replaces {name} by the value of that parameter. */
export function fill(sentence: string, params: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
