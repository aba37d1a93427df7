// Debian's address, read from the machine's own apt sources: the project names no server itself.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Source
 * @property {string} uri
 * @property {string[]} suites
 * @property {string[]} components
 * @property {string[]} types "deb", "deb-src"
 * @property {string} [signedBy] a keyring's path, or a key written out over several lines
 * @property {string} [trusted]
 */

const kDebianSuite =
  /^(bookworm|trixie|forky|duke|sid|stable|testing|unstable|oldstable)(-updates|-backports)?$/;

/**
 * One-line format: `deb [signed-by=… arch=…] uri suite component…`.
 * @param {string} text
 * @returns {Source[]}
 */
export function parseList(text) {
  const sources = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) continue;
    const [, type, options = '', uri, suite, components] = match;
    sources.push({
      types: [type],
      uri,
      suites: [suite],
      components: components.split(/\s+/).filter(Boolean),
      signedBy: /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1],
      trusted: /(?:^|\s)trusted=(\S+)/i.exec(options)?.[1],
    });
  }
  return sources;
}

/**
 * deb822 format: paragraphs of `Field: value`, values running on in indented lines.
 * @param {string} text
 * @returns {Source[]}
 */
export function parseSources(text) {
  return text
    .split(/\n\s*\n/)
    .map(parseParagraph)
    .filter((fields) => fields.uris && fields.enabled?.toLowerCase() !== 'no')
    .flatMap((fields) =>
      words(fields.uris).map((uri) => ({
        types: words(fields.types),
        uri,
        suites: words(fields.suites),
        components: words(fields.components),
        signedBy: fields['signed-by'],
        trusted: fields.trusted,
      })),
    );
}

/** @param {string} paragraph */
function parseParagraph(paragraph) {
  /** @type {Record<string, string>} */
  const fields = {};
  let last = '';
  for (const line of paragraph.split('\n')) {
    if (line.startsWith('#')) continue;
    if (/^\s/.test(line) && last) {
      fields[last] += `\n${line}`;
      continue;
    }
    const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (match) fields[(last = match[1].toLowerCase())] = match[2];
  }
  return fields;
}

/** @param {string | undefined} text */
function words(text) {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

/**
 * The entry that stands for Debian's main archive: not its security archive, nobody else's, no medium.
 * @param {Source[]} sources
 */
export function debianArchive(sources) {
  const fits = sources.filter(
    (source) =>
      source.suites.some((suite) => kDebianSuite.test(suite)) &&
      source.components.includes('main') &&
      !/^(cdrom|file|copy):/.test(source.uri) &&
      !/security/.test(source.uri),
  );
  // Third parties reuse the suite names; Debian's mirrors keep its folder name.
  return fits.find((source) => /\/debian\/?$|\.list$/.test(source.uri)) ?? fits[0];
}

/**
 * All sources of the machine.
 * @param {string} [etc]
 * @returns {Source[]}
 */
export function readSources(etc = '/etc/apt') {
  const parts = join(etc, 'sources.list.d');
  const files = existsSync(parts)
    ? readdirSync(parts)
        .sort()
        .map((name) => join(parts, name))
    : [];
  files.unshift(join(etc, 'sources.list'));
  return files
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      if (file.endsWith('.sources')) return parseSources(readFileSync(file, 'utf8'));
      if (file.endsWith('.list')) return parseList(readFileSync(file, 'utf8'));
      return [];
    });
}

/**
 * A deb822 file for one suite of the same archive, with its sources.
 * @param {Source} source
 * @param {string} suite
 */
export function formatSource(source, suite) {
  const lines = ['Types: deb deb-src', `URIs: ${source.uri}`, `Suites: ${suite}`, 'Components: main'];
  if (source.signedBy) lines.push(`Signed-By: ${source.signedBy}`);
  if (source.trusted) lines.push(`Trusted: ${source.trusted}`);
  return `${lines.join('\n')}\n`;
}
