// The C++ files of the project.
import { join } from 'node:path';
import { repo } from '../common/paths.mjs';
import { filesUnder } from '../common/stamp.mjs';

export function cppFiles() {
  return ['engine', 'bindings', 'tests'].flatMap((folder) =>
    filesUnder(join(repo, folder), (name) => /\.(cpp|h)$/.test(name)),
  );
}
