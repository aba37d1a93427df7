// Which kind of system this is, and what to tell a person whose system is not set up automatically.
import { readFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';

const kOldestDebian = 12;

/** @typedef {{ kind: 'debian' | 'ubuntu' | 'fedora' | 'arch' | 'macos' | 'windows' | 'other', name: string, version: number }} System */

/**
 * @param {string} text of /etc/os-release
 * @returns {System}
 */
export function parseOsRelease(text) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of text.split('\n')) {
    const match = /^([A-Z_]+)=(.*)$/.exec(line.trim());
    if (match) fields[match[1]] = match[2].replace(/^(["'])(.*)\1$/, '$2');
  }
  const families = [fields.ID ?? '', ...(fields.ID_LIKE ?? '').split(' ')];
  const name = fields.PRETTY_NAME ?? fields.ID ?? 'this Linux';
  // Debian's testing has no VERSION_ID, and what derives from Debian counts in its own way: both pass for new.
  const version = fields.ID === 'debian' ? Number.parseFloat(fields.VERSION_ID ?? 'Infinity') : Infinity;
  // Ubuntu calls itself like Debian but has an archive and version numbers of its own.
  if (families.includes('ubuntu')) return { kind: 'ubuntu', name, version };
  if (families.includes('debian')) return { kind: 'debian', name, version };
  if (families.some((family) => ['fedora', 'rhel', 'centos'].includes(family)))
    return { kind: 'fedora', name, version };
  if (families.includes('arch')) return { kind: 'arch', name, version };
  return { kind: 'other', name, version };
}

/** @returns {System} */
export function thisSystem() {
  if (process.platform === 'darwin') return { kind: 'macos', name: 'macOS', version: 0 };
  if (process.platform === 'win32') return { kind: 'windows', name: 'Windows', version: 0 };
  try {
    return parseOsRelease(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return { kind: 'other', name: 'this system', version: 0 };
  }
}

/** @param {System} system */
export function isAutomatic(system) {
  return system.kind === 'debian' && system.version >= kOldestDebian;
}

/**
 * What to install, by name, where nothing is installed automatically.
 * @param {System} system
 * @param {import('./needs.mjs').Need[]} missing
 * @param {{ emcc: boolean, catch2: boolean }} lacks
 */
export function advice(system, missing, lacks) {
  const by = {
    debian: { command: 'sudo apt-get install', key: /** @type {const} */ ('debian') },
    ubuntu: { command: 'sudo apt-get install', key: /** @type {const} */ ('debian') },
    fedora: { command: 'sudo dnf install', key: /** @type {const} */ ('dnf') },
    arch: { command: 'sudo pacman -S', key: /** @type {const} */ ('pacman') },
    macos: { command: 'brew install', key: /** @type {const} */ ('brew') },
  };
  const lines = missing.map((need) => `  - ${need.name}`);
  if (lacks.emcc) lines.push('  - Emscripten 3.1.60 or newer: `emcc` on the PATH');
  if (lacks.catch2)
    lines.push(
      '  - the source of Catch2 3.7 (for the tests), its folder named in the variable ATHANOR_CATCH2',
    );
  lines.unshift(
    `${system.name} is not set up automatically. Please install, then run the same command again:`,
  );
  if (system.kind === 'windows') {
    lines.push(
      'On Windows the simplest way is WSL: `wsl --install -d Debian`, then Node 20 and this project inside it.',
    );
  } else if (system.kind in by) {
    const { command, key } = by[/** @type {keyof typeof by} */ (system.kind)];
    const packages = [...new Set(missing.map((need) => need[key]).filter((name) => name !== ''))];
    if (lacks.emcc && system.kind === 'macos') packages.push('emscripten');
    const casks = packages.filter((name) => name.startsWith('--cask'));
    const plain = packages.filter((name) => !name.startsWith('--cask'));
    if (plain.length > 0) lines.push('', `  ${command} ${plain.join(' ')}`);
    for (const cask of casks) lines.push(`  ${command} ${cask}`);
  }
  if (lacks.emcc && system.kind !== 'macos' && system.kind !== 'windows') {
    lines.push(
      '',
      'Emscripten comes from its own installer, emsdk: `./emsdk install 3.1.69 && ./emsdk activate 3.1.69`, then `source emsdk_env.sh`.',
    );
  }
  if (system.kind === 'other')
    lines.push('', 'On Debian 12 or newer all of this happens by itself; a container of it will do.');
  return lines.join('\n');
}

/**
 * @param {System} system
 * @param {import('./needs.mjs').Need[]} missing
 * @param {{ emcc: boolean, catch2: boolean }} lacks
 */
export function refuse(system, missing, lacks) {
  return new Failure(advice(system, missing, lacks));
}
