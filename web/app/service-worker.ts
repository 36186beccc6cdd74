/**
 * Keeps the app's own files, so that it opens without network and says what it waits for. The document comes from
 * the network where there is one; calls of the API are never touched.
 */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = globalThis as unknown as Worker;
const documentPath = '/';
const cacheName = `app ${precachedFiles.join(' ')}`;

worker.addEventListener('install', (event) => {
  (event as ExtendableEvent).waitUntil(install());
});
worker.addEventListener('activate', (event) => {
  (event as ExtendableEvent).waitUntil(activate());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event as FetchEvent;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') return;
  if (request.mode === 'navigate') (event as FetchEvent).respondWith(answerDocument(request));
  else if (/^\/(app|assets)\//.test(pathname)) (event as FetchEvent).respondWith(answerFile(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([documentPath, ...precachedFiles]);
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answerDocument(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = isApp(request.url) && (await caches.match(documentPath));
    if (!kept) throw error;
    return kept;
  }
}

/** Other pages of the listener, such as **Ce n'est pas moi**, need the network. */
const isApp = (url: string) => ['/', '/activation'].includes(new URL(url).pathname);

async function answerFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(cacheName)).put(request, answer.clone());
  return answer;
}
