// Debian packages: installed system-wide where a command needs them, or fetched from a newer suite into the cache
// by a private apt configuration that leaves the system as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../common/failure.mjs';
import { downloads } from '../common/paths.mjs';
import { aptProgress } from '../common/progress.mjs';
import { ask, run } from '../common/run.mjs';
import { debianArchive, formatSource, readSources } from './sources.mjs';
import { which } from './needs.mjs';

/** @typedef {import('../common/say.mjs').Steps} Steps */

// Another apt (unattended upgrades) may be at work: wait for it rather than fail.
const kSystemOptions = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'APT::Status-Fd=3', '-o', 'Dpkg::Use-Pty=0'];
const kQuestionsOff = {
  DEBIAN_FRONTEND: 'noninteractive',
  APT_LISTCHANGES_FRONTEND: 'none',
  NEEDRESTART_MODE: 'a',
};

/**
 * @param {string[]} packages
 * @param {Steps} steps
 */
export async function installPackages(packages, steps) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const elevate = await elevation(packages);
  /** @param {string[]} args @param {boolean} tolerant */
  const apt = (args, tolerant) => {
    const [program, ...rest] = [...elevate, 'apt-get', ...kSystemOptions, ...args];
    return run(program, rest, {
      step: `installing ${packages.join(' ')}`,
      log: 'apt',
      append: true,
      tolerant,
      env: { ...process.env, ...kQuestionsOff, LC_ALL: 'C' },
      hint: `To see more, run it by hand:\n${['apt-get', ...install].join(' ')}`,
      onStatus: (line) => {
        const progress = aptProgress(line);
        if (progress) steps.progress(progress);
      },
    });
  };
  // The package lists may be missing or name versions that have left the archive: then, and only then, renew them.
  const known = await ask('apt-get', ['--simulate', ...install]);
  if (known !== undefined && (await apt(install, true)).code === 0) return;
  steps.progress('renewing the package lists');
  await apt(['update'], false);
  await apt(install, false);
}

/**
 * The prefix that makes apt-get run as root without asking anything.
 * @param {string[]} packages
 * @returns {Promise<string[]>}
 */
async function elevation(packages) {
  if (process.getuid?.() === 0) return [];
  if (which('sudo') && (await ask('sudo', ['-n', 'true'])) !== undefined) {
    const kept = Object.entries(kQuestionsOff).map(([name, value]) => `${name}=${value}`);
    // sudo closes descriptors above 2; apt's status goes there.
    return ['sudo', '-n', '-C', '4', 'env', ...kept];
  }
  const line = `apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  throw new Failure('System packages are missing, and installing them needs root.', {
    hint: `Run this once, then the same command again:\n\n  sudo ${line}\n`,
  });
}

/** apt on another suite of the same archive, with its lists and downloads in the cache. No root needed. */
export class PrivateApt {
  /**
   * @param {string} suite
   * @param {Steps} steps
   */
  constructor(suite, steps) {
    const archive = debianArchive(readSources());
    if (!archive) {
      throw new Failure("No Debian archive found in this machine's apt sources.", {
        hint: 'Expected an entry for "main" of a Debian suite in /etc/apt/sources.list or /etc/apt/sources.list.d/.',
      });
    }
    this.suite = suite;
    this.steps = steps;
    this.folder = join(downloads, 'apt');
    this.files = join(downloads, 'files');
    for (const part of ['lists/partial', 'cache/archives/partial', 'sources']) {
      mkdirSync(join(this.folder, part), { recursive: true });
    }
    mkdirSync(this.files, { recursive: true });
    writeFileSync(join(this.folder, 'sources', 'archive.sources'), formatSource(archive, suite));
  }

  async update() {
    await this.#apt(['update'], 'the package lists');
  }

  /**
   * @param {string[]} packages
   * @returns {Promise<string[]>} the .deb files: these, not whatever an earlier, interrupted run has left beside them
   */
  async download(packages) {
    /** @type {string[]} */
    const names = [];
    const onLine = (/** @type {string} */ line) => {
      const name = /^'[^']*' (\S+\.deb) /.exec(line)?.[1];
      if (name) names.push(name);
    };
    // Asked from another folder: apt does not name files that are there already.
    await this.#apt(['download', '--print-uris', ...packages], packages[0], { cwd: this.folder, onLine });
    await this.#apt(['download', ...packages], packages[0]);
    return names.map((name) => join(this.files, name));
  }

  /** @param {string} name @returns {Promise<string>} the folder the source archive is in */
  async downloadSource(name) {
    await this.#apt(['source', '--download-only', name], name);
    return this.files;
  }

  /**
   * @param {string[]} args
   * @param {string} what
   * @param {{ cwd?: string, onLine?: (line: string) => void }} [options]
   */
  async #apt(args, what, { cwd = this.files, onLine } = {}) {
    const { folder } = this;
    const settings = {
      'Dir::Etc::sourcelist': '/dev/null',
      'Dir::Etc::sourceparts': join(folder, 'sources'),
      'Dir::Etc::preferences': '/dev/null',
      'Dir::Etc::preferencesparts': join(folder, 'sources'),
      'Dir::State::Lists': join(folder, 'lists'),
      'Dir::Cache': join(folder, 'cache'),
      'Dir::Cache::archives': 'archives',
      // The files lie in the person's own folder, which apt's sandbox user may not read.
      'APT::Sandbox::User': 'root',
      'APT::Status-Fd': '3',
      'Acquire::Languages': 'none',
      'Acquire::Retries': '3',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    // When this process is killed outright apt goes too: the next call must find no second writer in the folder.
    const leash = which('setpriv') ? ['setpriv', '--pdeathsig', 'TERM'] : [];
    const [program, ...rest] = [...leash, 'apt-get', ...flags, ...args];
    await run(program, rest, {
      step: `fetching ${what} from Debian ${this.suite}`,
      log: 'apt-private',
      append: true,
      cwd,
      onLine,
      env: { ...process.env, ...kQuestionsOff, LC_ALL: 'C' },
      hint: "Check the network and try again: what has been fetched is kept. A missing signature key means the machine's\npackage debian-archive-keyring is too old: update it first.",
      onStatus: (line) => {
        const progress = aptProgress(line);
        if (progress) this.steps.progress(`${what}: ${progress}`);
      },
    });
  }
}
