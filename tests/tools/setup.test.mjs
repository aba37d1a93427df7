// The set-up's own decisions: where packages come from, which system this is, what is there already.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { requireSpace } from '../../tools/common/disk.mjs';
import { advice, isAutomatic, parseOsRelease } from '../../tools/setup/system.mjs';
import { askedNeeds, findLlvmTool, needs } from '../../tools/setup/needs.mjs';
import {
  debianArchive,
  formatSource,
  parseList,
  parseSources,
  readSources,
} from '../../tools/setup/sources.mjs';

const kSources = `# a comment
Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
`;

test('deb822 sources: the archive is found beside the security archive, with its key written out', () => {
  const archive = debianArchive(parseSources(kSources));
  assert.equal(archive?.uri, 'http://mirror.example/debian');
  assert.match(archive?.signedBy ?? '', /mQINBF/);
  assert.match(formatSource(archive, 'trixie'), /^Signed-By: \n -----BEGIN/m);
  assert.match(formatSource(archive, 'trixie'), /^Suites: trixie$/m);
});

test('deb822 sources: a disabled entry does not count', () => {
  assert.deepEqual(parseSources(kSources.replaceAll('Types:', 'Enabled: no\nTypes:')), []);
});

test('one-line sources: options, comments and third parties', () => {
  const archive = debianArchive(
    parseList(`# deb http://off.example/debian bookworm main
deb https://vendor.example/repo stable main
deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian/ bookworm main non-free # note
deb http://mirror.example/debian-security bookworm-security main
deb-src http://mirror.example/debian bookworm main`),
  );
  assert.equal(archive?.uri, 'http://mirror.example/debian/');
  assert.equal(archive?.signedBy, '/usr/share/keyrings/a.gpg');
  assert.deepEqual(archive?.components, ['main', 'non-free']);
});

test('sources are read from both places, and only from files apt itself would read', () => {
  const etc = mkdtempSync(join(tmpdir(), 'athanor-apt-'));
  mkdirSync(join(etc, 'sources.list.d'));
  writeFileSync(join(etc, 'sources.list'), 'deb http://one.example/debian bookworm main\n');
  writeFileSync(join(etc, 'sources.list.d', 'debian.sources'), kSources);
  writeFileSync(
    join(etc, 'sources.list.d', 'old.list.save'),
    'deb http://gone.example/debian bookworm main\n',
  );
  assert.deepEqual(
    readSources(etc).map((source) => source.uri),
    ['http://one.example/debian', 'http://mirror.example/debian-security', 'http://mirror.example/debian'],
  );
});

test('Debian 12, its testing and its derivatives are set up automatically; Debian 11, Ubuntu and others are not', () => {
  const automatic = (/** @type {string} */ text) => isAutomatic(parseOsRelease(text));
  assert.ok(automatic('ID=debian\nVERSION_ID="12"'));
  assert.ok(automatic('ID=debian'));
  assert.ok(automatic('ID=raspbian-like\nID_LIKE=debian\nVERSION_ID="6"'));
  assert.ok(!automatic('ID=debian\nVERSION_ID="11"'));
  assert.ok(!automatic('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"'));
  assert.ok(!automatic('ID=linuxmint\nID_LIKE="ubuntu debian"'));
  assert.ok(!automatic('ID=fedora\nVERSION_ID=42'));
});

test('elsewhere the person is told every missing thing by name and the command of their package manager', () => {
  const lacks = { emcc: true, catch2: true };
  const missing = needs.filter((need) => /CMake|Eigen/.test(need.name));
  const mac = advice({ kind: 'macos', name: 'macOS', version: 0 }, missing, lacks);
  assert.match(mac, /brew install cmake eigen emscripten/);
  const fedora = advice({ kind: 'fedora', name: 'Fedora 42', version: 42 }, missing, lacks);
  assert.match(fedora, /dnf install cmake eigen3-devel/);
  assert.match(fedora, /emsdk install/);
  assert.match(fedora, /Catch2/);
  assert.match(
    advice({ kind: 'windows', name: 'Windows', version: 0 }, missing, lacks),
    /wsl --install -d Debian/,
  );
});

test('space: demands on one disk add up, and the message says where, how much is free and how much is needed', () => {
  const look = () => ({ device: '1', free: 1.5e9 });
  requireSpace([{ path: '/usr', bytes: 1e9 }], look);
  assert.throws(
    () => requireSpace([{ path: '/usr', bytes: 1e9 }, { path: '/', bytes: 0.7e9 }], look), // prettier-ignore
    /1\.5 GB free, 1\.7 GB needed/,
  );
});

test('every need names its package on Debian', () => {
  for (const need of needs) assert.notEqual(need.debian, '', need.name);
});

test('a browser that a platform cannot have is not asked for there; on Linux every one is', () => {
  const asked = (/** @type {NodeJS.Platform} */ platform) =>
    askedNeeds(new Set(['browsers']), false, platform).map((need) => need.debian);
  assert.deepEqual(asked('linux'), ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb']);
  assert.deepEqual(asked('darwin'), ['chromium', 'firefox-esr']);
});

test('an LLVM tool older than our settings is passed over, a newer one is taken', async (t) => {
  const bin = mkdtempSync(join(tmpdir(), 'athanor-bin-'));
  const path = process.env.PATH;
  t.after(() => (process.env.PATH = path));
  process.env.PATH = bin;
  const install = (/** @type {string} */ name, /** @type {string} */ version) => {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "Debian LLVM version ${version}"\n`);
    chmodSync(join(bin, name), 0o755);
    return join(bin, name);
  };

  assert.equal(await findLlvmTool('clang-tidy'), undefined);
  const plain = install('clang-tidy', '14.0.6');
  assert.equal(await findLlvmTool('clang-tidy'), undefined);
  install('clang-tidy', '20.1.0');
  assert.equal(await findLlvmTool('clang-tidy'), plain);
  const versioned = install('clang-tidy-19', '19.1.7');
  assert.equal(await findLlvmTool('clang-tidy'), versioned);
});
