// Which files of a build the service worker keeps: what the pages load, by the build's own graph, and not the dozens of
// kinds of diagrams that Mermaid could load and this page never does.
import { createHash } from 'node:crypto';
import type { Rollup } from 'vite';

type Bundle = Rollup.OutputBundle;

/** Of what Mermaid loads on demand, the flowchart and its layout. */
const usedByMermaid = /^assets\/(flowDiagram|dagre)-/;
const isMermaid = (chunk: Rollup.OutputChunk) =>
  chunk.moduleIds.some((id) => /node_modules\/mermaid\/dist\/mermaid\.core/.test(id));

/** Names of chunks that the entries load, at once or later. */
function loadedChunks(bundle: Bundle): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.add(name);
    chunk.imports.forEach(visit);
    chunk.dynamicImports.filter((later) => !isMermaid(chunk) || usedByMermaid.test(later)).forEach(visit);
  };
  for (const [name, file] of Object.entries(bundle)) if (file.type === 'chunk' && file.isEntry) visit(name);
  return found;
}

/** Paths in the built site, of chunks and of everything that is no chunk: pages, styles, workers. */
export function precachedFiles(bundle: Bundle): string[] {
  const chunks = loadedChunks(bundle);
  return Object.entries(bundle)
    .filter(([name, file]) => file.type === 'asset' || chunks.has(name))
    .map(([name]) => name);
}

/** What stands in place of __PRECACHE__: each file with its hash, and a version that changes with any of them. */
export function precacheList(read: (path: string) => Uint8Array, paths: readonly string[]) {
  const files = [...new Set(paths)].sort().map((path): [string, string] => {
    return [path, `sha256-${createHash('sha256').update(read(path)).digest('base64')}`];
  });
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  return { version, files };
}
