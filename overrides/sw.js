// Gives out the pages that a reader has kept (offline/, assets/keeping.js). Registered only when she asks for it, and gone when she deletes them.
//
// A kept page is answered from the copy at once, and not first asked for online: behind a slow or filtering network a request that never ends
// is more likely than one that fails. Once a day the copy is compared with the list of the site; a page that has changed there is then asked
// for online first, and the copy takes its place only when no answer comes in some seconds. A page from the copy always says so and of which
// day it is. What was not kept is asked for online as without a worker; without a connection the reader is sent to the page that says what is
// kept. Nothing is ever added to the copy here.

const ROOT = new URL("./", self.location.href);
const MARK = `atlas ${ROOT.pathname} `;
const LIST = new URL("offline/kept.json", ROOT).href;
const DAY = 86_400_000;
/** How long a changed page may take before the copy is shown, in milliseconds. */
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // What a script reads by itself (lists, the index of search) is none of the copy's.
  if (request.method !== "GET" || !request.destination || url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return;
  event.respondWith(request.mode === "navigate" ? page(event, url) : file(request, url));
});

/** The whole copies, the newest of a language first. */
async function copies() {
  const found = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith(MARK)).sort().reverse()) {
    const cache = await caches.open(name);
    const kept = await (await cache.match(LIST))?.json();
    if (kept) found.push({ cache, kept });
  }
  return found;
}

/** The address of a page or file without question, mark and `index.html`. */
function plain(url) {
  return ROOT.origin + url.pathname.replace(/(^|\/)index\.html$/, "$1");
}

async function file(request, url) {
  for (const { cache } of await copies()) {
    const found = await cache.match(plain(url));
    if (found) return found;
  }
  return fetch(request);
}

async function page(event, url) {
  const kept = await copies();
  for (const copy of kept) {
    const found = await copy.cache.match(plain(url));
    if (found) return shown(event, copy, found, plain(url));
    if (!url.pathname.endsWith("/") && (await copy.cache.match(`${plain(url)}/`))) return Response.redirect(`${plain(url)}/${url.search}`);
  }
  try {
    return await fetch(event.request);
  } catch {
    return lost(kept, url);
  }
}

/** A kept page, or how it stands on the site when it is known to have changed there. */
async function shown(event, { cache, kept }, found, address) {
  const path = address.slice(ROOT.href.length);
  const changed = kept.changed.includes(path);
  if (changed) {
    const asked = fetch(event.request.url, { cache: "no-cache", redirect: "manual" }); // what the browser itself has kept may be old
    const online = await Promise.race([asked.catch(() => null), new Promise((done) => setTimeout(done, PATIENCE))]);
    if (online?.ok || online?.type === "opaqueredirect") return online;
  }
  if (Date.now() - kept.looked > DAY) event.waitUntil(looked(cache, kept).catch(() => {}));
  if (path === `${kept.base}offline/`) return found;
  const text = (changed ? kept.says.newer : kept.says.notice).replace("{date}", kept.date);
  const notice = `<div class="wrap"><p class="${changed ? "ends" : "small muted"}">${safe(text)} <a href="${ROOT.pathname}${kept.base}offline/">${safe(kept.says.look)}</a></p></div>`;
  const body = (await found.text()).replace(/<main id="main"[^>]*>/, (start) => start + notice);
  return new Response(body, { headers: found.headers });
}

/** Compares the copy with the list of the site, once a day at most. */
async function looked(cache, kept) {
  const list = await (await fetch(kept.list, { cache: "no-cache" })).json();
  const assets = new Map(list.assets);
  const now = (path) => (path.startsWith(kept.base) && list.pages[path.slice(kept.base.length)]?.[0]) || assets.get(path);
  const changed = Object.keys(kept.files).filter((path) => now(path) !== kept.files[path]);
  if (changed.length === 0) kept.date = list.date;
  Object.assign(kept, { changed, looked: Date.now() });
  await cache.put(LIST, new Response(JSON.stringify(kept), { headers: { "content-type": "application/json" } }));
}

/** Sends the reader to the page that says what is kept, in her language if it is among them. */
function lost(kept, url) {
  const path = url.href.slice(ROOT.href.length);
  const own = kept.filter(({ kept: { base } }) => path.startsWith(base)).sort((one, other) => other.kept.base.length - one.kept.base.length);
  const copy = own[0] ?? kept[0];
  if (!copy) return Response.error();
  return Response.redirect(`${ROOT.href}${copy.kept.base}offline/?missing=${encodeURIComponent(path)}`);
}

function safe(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
