// The headers that the site's own file `_headers` asks for, as hosts that read it send them.

/** @typedef {{ pattern: string, headers: [name: string, value: string][] }} Rule */

/**
 * A line without indentation is a path, `*` at its end matching anything; the lines below it are its headers.
 * @param {string} text
 * @returns {Rule[]}
 */
export function parseHeaders(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const match = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line);
    if (match === null) rules.push({ pattern: line.trim(), headers: [] });
    else rules.at(-1)?.headers.push([match[1] ?? '', match[2] ?? '']);
  }
  return rules;
}

/**
 * All policies of a path hold together; of any other header the most particular rule, which stands last.
 * @param {Rule[]} rules
 * @param {string} path
 * @returns {Map<string, string | string[]>}
 */
export function headersFor(rules, path) {
  /** @type {Map<string, string | string[]>} */
  const found = new Map();
  /** @type {string[]} */
  const policies = [];
  for (const { pattern, headers } of rules) {
    const matches = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    for (const [name, value] of matches ? headers : []) {
      if (name === 'Content-Security-Policy') policies.push(value);
      else found.set(name, value);
    }
  }
  if (policies.length > 0) found.set('Content-Security-Policy', policies);
  return found;
}
