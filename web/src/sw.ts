// The service worker: keeps the files of one build, so that the page works without a network after the first visit. The build
// puts the list of those files, with their hashes, in place of __PRECACHE__. Nothing else is ever kept.
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { version: string; files: [path: string, integrity: string][] };

export {}; // a module to the compiler, whose `self` is a page's else; the build makes a plain script of it

const prefix = 'athanor-';
const { version, files } = __PRECACHE__;
const own = prefix + version;
/** Of the engine's variants the page says which one it uses; embeds use the reference. */
const variant = new URL(self.location.href).searchParams.get('engine') ?? 'simd';
const scope = new URL(self.registration.scope);

function isWanted(path: string): boolean {
  return !path.startsWith('engine/') || [variant, 'simd'].includes(path.split('/')[2] ?? '');
}

/** All of them or none: a hash that does not fit means that two builds would be mixed. */
async function fill(): Promise<void> {
  const cache = await caches.open(own);
  const wanted = files.filter(([path]) => isWanted(path));
  await Promise.all(
    wanted.map(async ([path, integrity]) => {
      const url = new URL(path, scope).href;
      const response = await fetch(url, { integrity, cache: 'no-cache' });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      // A redirected answer could not be given to a navigation.
      const { status, statusText, headers } = response;
      await cache.put(url, new Response(await response.blob(), { status, statusText, headers }));
    }),
  );
}

/** The build before this one stays: a tab that still shows it goes on. */
async function tidy(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.search = url.hash = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  const cache = await caches.open(own);
  return (await cache.match(url.href)) ?? (await caches.match(url.href)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener('message', ({ data }) => {
  if (data === 'activate') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOurs = request.method === 'GET' && request.url.startsWith(scope.href);
  if (isOurs && !request.headers.has('range')) event.respondWith(answer(request));
});
