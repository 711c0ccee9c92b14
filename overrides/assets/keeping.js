// Keeps pages in this browser, in caches of its own, for the worker (sw.js) that gives them out when there is no connection. Nothing happens
// before a reader asks. A new copy is filled beside the old one and takes its place only when it is whole: the list of what is kept, which
// is written last, marks a copy that is whole.

/** @typedef {{ digest: string, language: string, base: string, released: string, date: string, sets: Record<string, string[]>, assets: [string, string, number, number][], bundles: number[][], pages: Record<string, [string, number, number, number]> }} List What can be kept; see atlas/offline/keeping.py. */
/** @typedef {{ language: string, base: string, list: string, digest: string, date: string, chosen: string[], files: Record<string, string>, pages: string[], bytes: number, looked: number, changed: string[], says: Record<string, string> }} Kept What is kept in one language. */
/** @typedef {{ name: string, cache: Cache, kept: Kept }} Copy */

/** How many files are fetched at once. */
const AT_ONCE = 4;

/** The site that this page belongs to, with the names that its caches have. */
export class Place {
  /** @param {string} root the address of the root of the site, with a slash at the end */
  constructor(root) {
    this.root = new URL(root, location.href);
    this.mark = `atlas ${this.root.pathname} `;
  }

  /** The address of a file of the site. @param {string} path */
  at(path) {
    return new URL(path, this.root).href;
  }

  /** Under which the list of what is kept lies in each cache. */
  get list() {
    return this.at("offline/kept.json");
  }

  /** All caches of this site, of any language. */
  async caches() {
    return (await caches.keys()).filter((name) => name.startsWith(this.mark)).sort();
  }

  /** The newest whole copy in a language. @param {string} language @returns {Promise<Copy | null>} */
  async copy(language) {
    for (const name of (await this.caches()).reverse()) {
      if (!name.startsWith(`${this.mark}${language} `)) continue;
      const cache = await caches.open(name);
      const found = await cache.match(this.list);
      if (found) return { name, cache, kept: await found.json() };
    }
    return null;
  }
}

/** What can be kept, as it is online now. @param {string} address @returns {Promise<List>} */
export async function listed(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const list = await answer.json(); // the page of a hotel or an airport, which asks for a password first, is no list
  if (!list.digest || !list.pages) throw new Error("no list");
  return list;
}

/**
 * The files of a choice: address below the root → hash, bytes that travel, bytes.
 * @param {List} list
 * @param {string[]} chosen names of sets, and pages
 */
export function files(list, chosen) {
  /** @type {Map<string, [string, number, number]>} */
  const found = new Map();
  for (const page of chosen.flatMap((one) => list.sets[one] ?? [one])) {
    if (!list.pages[page]) continue; // a page that the site no longer has
    const [hash, load, room, bundle] = list.pages[page];
    found.set(list.base + page, [hash, load, room]);
    for (const place of list.bundles[bundle]) {
      const [name, ...asset] = list.assets[place];
      found.set(name, asset);
    }
  }
  return found;
}

/**
 * What keeping a choice means, given what is kept already.
 * @param {List} list
 * @param {string[]} chosen
 * @param {Kept | undefined} kept
 */
export function plan(list, chosen, kept) {
  const wanted = files(list, chosen);
  const lacking = [...wanted].filter(([name, [hash]]) => kept?.files[name] !== hash);
  const page = ([/** @type {string} */ name]) => name === "" || name.endsWith("/");
  return {
    pages: [...wanted].filter(page).length,
    room: [...wanted.values()].reduce((sum, [, , room]) => sum + room, 0),
    changed: lacking.filter(page).length,
    lacking: lacking.length,
    load: lacking.reduce((sum, [, [, load]]) => sum + load, 0),
    same: lacking.length === 0 && wanted.size === Object.keys(kept?.files ?? {}).length,
  };
}

/** A file as it is online now, if it is what was asked for. @param {string} address @param {boolean} page @param {AbortSignal} signal */
async function fetched(address, page, signal) {
  const answer = await fetch(address, { cache: "no-cache", signal });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const body = await answer.blob();
  if (page && !(await body.text()).includes('<main id="main"')) throw new Error(`not a page of this site: ${address}`);
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name); // the body is unpacked
  return new Response(body, { headers }); // anew: a browser does not open a kept answer that came by a redirect
}

/**
 * Fills a new copy and puts it in the place of the old one. When it fails or is stopped, the old one stays as it was.
 * @param {Place} place
 * @param {string} address of the list
 * @param {List} list
 * @param {string[]} chosen
 * @param {Record<string, string>} says what the worker says on pages
 * @param {AbortSignal} signal
 * @param {(done: number, all: number) => void} tell
 */
export async function keep(place, address, list, chosen, says, signal, tell) {
  const old = await place.copy(list.language);
  const wanted = files(list, chosen);
  const name = `${place.mark}${list.language} ${String(Date.now()).padStart(16, "0")}`;
  const cache = await caches.open(name);
  const failing = new AbortController();
  const either = () => failing.abort();
  signal.addEventListener("abort", either);
  try {
    signal.throwIfAborted();
    const waiting = [...wanted];
    let done = 0;
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [file, [hash]] = next;
        const url = place.at(file);
        const had = old && old.kept.files[file] === hash ? await old.cache.match(url) : undefined;
        await cache.put(url, had ?? (await fetched(url, file === "" || file.endsWith("/"), failing.signal)));
        failing.signal.throwIfAborted(); // one of the others failed, or the reader has had enough
        tell((done += 1), wanted.size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if ((await listed(address)).digest !== list.digest) throw new Error("the site was published anew meanwhile");
    signal.throwIfAborted();
    /** @type {Kept} */
    const kept = {
      language: list.language,
      base: list.base,
      list: address,
      digest: list.digest,
      date: list.date,
      chosen,
      files: Object.fromEntries([...wanted].map(([file, [hash]]) => [file, hash])),
      pages: [...wanted.keys()].filter((file) => file === "" || file.endsWith("/")),
      bytes: [...wanted.values()].reduce((sum, [, , room]) => sum + room, 0),
      looked: Date.now(),
      changed: [],
      says,
    };
    await cache.put(place.list, new Response(JSON.stringify(kept), { headers: { "content-type": "application/json" } }));
  } catch (error) {
    failing.abort();
    await caches.delete(name);
    throw error;
  } finally {
    signal.removeEventListener("abort", either);
  }
  for (const other of await place.caches()) if (other.startsWith(`${place.mark}${list.language} `) && other !== name) await caches.delete(other);
}

/** Has the worker give out what is kept. @param {Place} place */
export function register(place) {
  return navigator.serviceWorker.register(place.at("sw.js"), { scope: place.root.pathname, updateViaCache: "none" });
}

/** Deletes what is kept in every language, and the worker. @param {Place} place */
export async function forget(place) {
  for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope === place.root.href) await one.unregister();
  for (const name of await place.caches()) await caches.delete(name);
}
