// The search index of one language, as the browser reads it: which files hold the terms of a query, and which pages fit best.
// What counts as a word, a pair of letters or a code is said in atlas/search/analysis.py; both must cut a text in the same way.

const TOKEN = /[a-z0-9]+(?:-[a-z0-9]+)*|[\u0400-\u052f]+(?:-[\u0400-\u052f]+)*|[\uac00-\ud7a3]+|[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]+|[\p{L}]+/gu;
const RUN = /^[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
const CYRILLIC = "авсегкмнортх";
const LATIN = "abcegkmhoptx";
/** Keys that stand in order: words and whole names. */
const ORDERED = /^[=a-z0-9\u0080-\u2fff]/;
/** What Korean puts behind a noun. */
const PARTICLE = /(?:에서는|에서도|으로는|이라도|까지|부터|에서|에게|한테|으로|이나|하고|처럼|보다|은|는|이|가|을|를|에|의|로|와|과|도|만|나|요)$/;
/** A stem with a vowel that other forms drop: клеток and клетка. */
const BARE = /^(.{2,}[бвгджзйклмнпрстфхцчшщ])[ое]([кнцлтр])$/;
/** The adjective of a place: пусанский and Пусан. */
const OF_PLACE = /^(.{4,}?)ь?ск$/;
const LEAST = 3;
const END = "\uffff";
/** The weight of a word in a name; a page that only mentions it answers half of it. */
const NAMED = 10;
/** The share of a query from which on a page is named by it. */
const WHOLLY = 0.98;
/** Words of one query that are looked up, and letters of its Korean and Chinese runs. */
const TERMS = 7;
const LONGEST = 12;
/** Words of a question that are read at all. */
const READ = 24;
/** Korean letters of a syllable that is not put together yet. */
const HALF = /[\u1100-\u11ff\u3131-\u318e]+$/;

/** @param {string} text */
export function normalised(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[\u2010-\u2015\u2212\ufe63]/g, "-")
    .replaceAll("\u00ad", "")
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize("NFD")[0])
    .replace(/['\u2019\u02bc]s?(?![a-z])|['\u2019\u02bc]/g, "")
    .replace(/(?<![\u0400-\u052f])[авсегкмнортх](?=-?[0-9])/g, (letter) => LATIN[CYRILLIC.indexOf(letter)]);
}

/** @param {string} text normalised */
export function tokens(text) {
  return text.match(TOKEN) ?? [];
}

/** @param {string} token */
export function isRun(token) {
  return RUN.test(token);
}

/** @param {string} run */
function pairs(run) {
  return run.length < 2 ? [run] : [...run].slice(1).map((_, place) => run.slice(place, place + 2));
}

/**
 * Whether one letter is wrong, missing, too many, or two have changed places.
 * @param {string} one
 * @param {string} other
 */
export function isSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let [a, b] = [one.length, other.length];
  while (a > start && b > start && one[a - 1] === other[b - 1]) [a, b] = [a - 1, b - 1];
  const [left, right] = [one.slice(start, a), other.slice(start, b)];
  return left.length + right.length <= 2 && left.length < 2 && right.length < 2 ? true : left.length === 2 && left === right[1] + right[0] && right.length === 2;
}

/** The place of the last of some cuts, which are in order, that a key reaches. @param {string[]} cuts @param {string} key */
function reached(cuts, key) {
  let [low, high] = [0, cuts.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * @typedef {{ page: number, score: number }} Found
 * @typedef {{ idf: number, pages: Map<number, number> }} Slot what one part of a query finds: how rare it is, and pages with their weights
 */

export class Index {
  /** @param {(name: string) => Promise<any>} load fetches a file of the index */
  constructor(load) {
    this.load = load;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** Reads what the index is made of, once. */
  open({ anew = false } = {}) {
    if (anew || !this.opening) {
      this.opening = this.read();
      this.opening.catch(() => {
        this.opening = null;
      });
    }
    return this.opening;
  }

  async read() {
    const manifest = await this.load("index.json");
    this.files.clear();
    this.version = manifest.version;
    /** @type {string[]} */
    this.cuts = manifest.cuts;
    /** @type {number | undefined} how many cuts each file of cuts has, of which the manifest has the first only */
    this.group = manifest.group;
    this.heaps = manifest.heaps;
    this.says = manifest.says;
    /** @type {string[]} */
    this.kinds = manifest.kinds.flatMap((/** @type {[string, number]} */ [kind, count]) => Array(count).fill(kind));
    this.endings = new Set(manifest.endings);
    this.stop = new Set(manifest.stop);
    const phrases = manifest.stop.filter((/** @type {string} */ word) => word.includes("_")).map((/** @type {string} */ word) => word.replaceAll("_", " "));
    this.phrases = phrases.length ? new RegExp(`(?<!\\p{L})(?:${phrases.join("|")})(?!\\p{L})`, "gu") : null;
    const runs = manifest.stop.filter((/** @type {string} */ word) => isRun(word) && (word.length > 1 || word < "가"));
    this.empty = runs.length ? new RegExp(runs.sort((/** @type {string} */ one, /** @type {string} */ other) => other.length - one.length).join("|")) : null;
    /** @type {Record<string, string>} */
    this.others = manifest.others;
    return this;
  }

  /** @param {string} name */
  file(name) {
    let found = this.files.get(name);
    if (!found) {
      found = this.load(`${this.version}/${name}.json`);
      found.catch(() => this.files.delete(name));
      this.files.set(name, found);
    }
    return found;
  }

  /** @param {number} number */
  page(number) {
    return this.file(`p${number}`);
  }

  /** The number of the file that would hold a key. @param {string} key */
  async at(key) {
    const place = reached(this.cuts ?? [], key);
    return this.group ? place * this.group + reached(await this.file(`c${place}`), key) : place;
  }

  /** The number of the file that holds a key which stands in no order. @param {string} key */
  heap(key) {
    let number = 0;
    for (const letter of key[0] === "&" ? key.slice(0, 3) : key) number = (number * 31 + letter.charCodeAt(0)) & 0xffffff;
    return number % (this.heaps ?? 1);
  }

  /** What stands under each of the keys that there are. @param {string[]} keys */
  async under(keys) {
    const found = new Map();
    await Promise.all(
      [...new Set(keys)].map(async (key) => {
        const terms = await this.file(ORDERED.test(key) ? `t${await this.at(key)}` : `h${this.heap(key)}`);
        if (Object.hasOwn(terms, key)) found.set(key, terms[key]);
      }),
    );
    return found;
  }

  /** The keys that begin so, from at most two files. @param {string} start */
  beginning(start) {
    return this.between(start, start + END);
  }

  /** The keys from one to another, from at most two files. @param {string} from @param {string} to */
  async between(from, to) {
    const first = await this.at(from);
    const last = Math.min(await this.at(to), first + 1);
    const found = [];
    for (const terms of await Promise.all(first === last ? [this.file(`t${first}`)] : [this.file(`t${first}`), this.file(`t${last}`)])) {
      for (const key of Object.keys(terms)) if (key >= from && key <= to && !key.endsWith("@")) found.push(/** @type {[string, number[]]} */ ([key, terms[key]]));
    }
    return found;
  }

  /** The beginnings that a word may stand under, longest first. @param {string} word */
  stems(word) {
    const found = [];
    for (let length = word.length; length >= Math.min(LEAST, word.length); length -= 1) {
      if (length < word.length && !this.endings?.has(word.slice(length))) continue;
      const stem = word.slice(0, length);
      const bare = BARE.exec(stem);
      const place = OF_PLACE.exec(stem);
      found.push(stem, ...(bare ? [bare[1] + bare[2]] : []), ...(place ? [place[1]] : []));
    }
    return found;
  }

  /** What stands under a word. @param {string} word */
  async standing(word) {
    const stems = this.stems(word);
    const found = await this.under([`${word}@`, ...stems]);
    const key = found.get(`${word}@`) ?? stems.find((stem) => found.has(stem));
    return { key, list: found.get(key) ?? (await this.under([key ?? ""])).get(key) };
  }

  /**
   * What a word finds; while it is being typed also what begins so.
   * @param {string} word
   * @param {boolean} open
   * @returns {Promise<Slot>}
   */
  async word(word, open) {
    const slot = { idf: 0, pages: new Map() };
    const { key, list: own } = await this.standing(word);
    if (own) gather(slot, own, 1);
    if (open && word.length >= LEAST) {
      const longer = (await this.beginning(word)).filter(([other]) => other !== key);
      longer.sort((one, other) => one[0].length - other[0].length);
      for (const [other, list] of longer.slice(0, 12)) gather(slot, list, (key ? 0.35 : 0.75) * (word.length / other.length));
    }
    if (slot.pages.size === 0 && word.length > LEAST && !/\d/.test(word)) {
      for (const right of await this.slips(word)) {
        const { list } = await this.standing(right);
        if (list) gather(slot, list, 0.7);
      }
    }
    return slot;
  }

  /** Words of names from which this one differs by one slip. @param {string} word */
  async slips(word) {
    const turned = [...word].reverse().join("");
    const sizes = isRun(word) ? [1, 2, LEAST] : [2, LEAST, LEAST + 1];
    const found = new Set();
    for (const words of (await this.under(sizes.flatMap((size) => [`~${word.slice(0, size)}`, `<${turned.slice(0, size)}`]))).values()) for (const one of words) if (one !== word && (isSlip(word, one) || (isRun(word) && word.length > LEAST && isSlip(word, one.slice(0, word.length))))) found.add(one);
    return [...found].slice(0, 4);
  }

  /**
   * What the pairs of a run of Korean or Chinese letters find, each by itself.
   * @param {string} run
   * @param {boolean} alone whether it is the whole query
   * @returns {Promise<Slot[]>}
   */
  async run(run, alone) {
    const list = pairs(run);
    const ending = /^[가-힣]/.test(run) ? (PARTICLE.exec(run)?.[0].length ?? 0) : 0;
    const bare = run.length - ending >= 2 ? run.length - ending : run.length;
    const share = (1 + 0.35 * (list.length - 1)) / list.length;
    const found = await this.under(list);
    const known = run.length > 1 || alone || (await this.under([`=${run}`])).size > 0;
    /** @type {Slot[]} */
    const whole = [];
    if (run.length >= LEAST && found.size <= list.length / 2) {
      const slot = { idf: 0, pages: new Map() };
      for (const right of await this.slips(run)) {
        const name = (await this.under([`=${right}`])).get(`=${right}`);
        if (name) gather(slot, name, 0.7);
      }
      if (slot.pages.size && !found.size) return [slot];
      if (slot.pages.size) whole.push(slot);
    }
    const slots = list.flatMap((pair, place) => {
      const slot = { idf: 0, pages: new Map() };
      if (found.has(pair)) gather(slot, found.get(pair), 1);
      const weight = (place + pair.length > bare ? share * 0.2 : share) * (known ? 1 : 0.3);
      slot.idf *= weight;
      for (const [page, value] of slot.pages) slot.pages.set(page, value * weight);
      return slot.idf ? [slot] : [];
    });
    return [...whole, ...slots];
  }

  /**
   * The pages that fit, best first.
   * @param {string} text what was typed
   * @returns {Promise<Found[]>}
   */
  async search(text) {
    const all = this.said(text);
    if (!all.length) return [];
    const asked = (await Promise.all(this.asked(text).map((token) => this.parted(token)))).flat();
    const open = !/\s$/.test(text);
    /** @type {Map<number, number>} */
    const scores = new Map();
    const ways = [asked, ...(await this.equals(asked))];
    await Promise.all(
      ways.map(async (way, place) => {
        for (const [page, score] of await this.scored(way, open && place === 0)) scores.set(page, Math.max(scores.get(page) ?? 0, score * (place ? 0.9 : 1)));
      }),
    );
    const whole = all.join("").replaceAll("-", "");
    const name = isRun(whole) && whole.length > 3 ? whole.replace(PARTICLE, "") : whole;
    for (const [page, score] of await this.named(name, open)) scores.set(page, (scores.get(page) ?? 0) + score);
    const found = [...scores].map(([page, score]) => ({ page, score })).sort((one, other) => other.score - one.score || one.page - other.page);
    return found.filter(({ score }) => score > found[0].score * 0.06);
  }

  /** The words and runs of what was typed, as far as a query goes. @param {string} text */
  said(text) {
    const whole = normalised([...text.normalize("NFKC").replace(HALF, "")].map((letter) => this.others?.[letter] ?? letter).join(""));
    const bare = this.phrases ? whole.replace(this.phrases, " ") : whole;
    const all = tokens(bare);
    let room = LONGEST;
    return (all.length ? all : tokens(whole)).slice(0, READ).flatMap((token) => {
      const kept = isRun(token) ? token.slice(0, Math.max(0, room)) : token;
      if (isRun(token)) room -= token.length;
      return kept ? [kept] : [];
    });
  }

  /** The same without what says nothing, unless nothing else was said. @param {string} text */
  asked(text) {
    const all = this.said(text);
    const telling = all.flatMap((token) => this.telling(token));
    return (telling.length ? telling : all).slice(0, TERMS);
  }

  /** A token without what says nothing; runs fall apart there. @param {string} token */
  telling(token) {
    if (this.stop?.has(token) || token === PARTICLE.exec(token)?.[0]) return [];
    if (!isRun(token) || !this.empty?.test(token)) return [token];
    return token.split(this.empty).filter((part) => part && !this.stop?.has(part));
  }

  /** A run that begins with a name, cut behind the longest: 釜山医院 is 釜山 and 医院, not 山医. @param {string} token @returns {Promise<string[]>} */
  async parted(token) {
    if (!isRun(token) || token.length < 4) return [token];
    const lengths = [...token].map((_, place) => place + 1).filter((length) => length > 1 && length < token.length - 1);
    const known = await this.under(lengths.map((length) => `=${token.slice(0, length)}`));
    const length = lengths.reverse().find((one) => known.has(`=${token.slice(0, one)}`));
    if (!length) return [token];
    return [token.slice(0, length), ...(await this.parted(token.slice(length)))];
  }

  /**
   * The same query in the words of the site, where the term base knows what was typed.
   * @param {string[]} asked
   */
  async equals(asked) {
    const spans = [];
    for (let size = Math.min(3, asked.length); size > 0; size -= 1) {
      for (let from = 0; from + size <= asked.length; from += 1) spans.push({ list: asked, from, size, key: `&${asked.slice(from, from + size).join("").replaceAll("-", "")}` });
    }
    const found = await this.under(spans.map((span) => span.key));
    const ways = spans.filter((span) => found.has(span.key)).map(({ list, from, size, key }) => [...list.slice(0, from), ...tokens(normalised(found.get(key))), ...list.slice(from + size)]);
    const seen = new Set([asked.join(" ")]);
    return ways.map((way) => way.filter((token) => !this.stop?.has(token))).filter((way) => way.length && !seen.has(way.join(" ")) && seen.add(way.join(" "))).slice(0, 3);
  }

  /**
   * @param {string[]} asked
   * @param {boolean} open whether the last word may go on
   * @returns {Promise<Map<number, number>>}
   */
  async scored(asked, open) {
    const slots = (
      await Promise.all(
        asked.map(async (token, place) => {
          const last = open && place === asked.length - 1;
          if (isRun(token)) return this.run(token, asked.length === 1);
          if (!token.includes("-")) return [await this.word(token, last)];
          const whole = await this.word(token.replaceAll("-", ""), last);
          return whole.pages.size ? [whole] : Promise.all(token.split("-").map((part) => this.word(part, false)));
        }),
      )
    ).flat().filter((slot) => slot.pages.size);
    const sum = slots.reduce((total, slot) => total + slot.idf, 0);
    const scores = new Map();
    const covered = new Map();
    for (const slot of slots) {
      for (const [page, value] of slot.pages) {
        scores.set(page, (scores.get(page) ?? 0) + value);
        covered.set(page, (covered.get(page) ?? 0) + slot.idf / 2 + Math.min(slot.idf, value / NAMED) / 2);
      }
    }
    for (const [page, score] of scores) {
      const share = covered.get(page) / sum;
      scores.set(page, score * share ** 2 * (share > WHOLLY ? 1.3 : 1));
    }
    return scores;
  }

  /**
   * Pages whose name is the query or begins with it.
   * @param {string} whole the query written as one
   * @param {boolean} open whether it may go on
   * @returns {Promise<Map<number, number>>}
   */
  async named(whole, open) {
    const scores = new Map();
    const add = (/** @type {number[]} */ list, /** @type {number} */ share) => {
      for (let place = 1; place < list.length; place += 2) scores.set(list[place], Math.max(scores.get(list[place]) ?? 0, (share * list[place + 1]) / 40));
    };
    const short = whole.length <= LEAST && !(isRun(whole) && whole.length > 1);
    for (const [key, list] of short ? await this.under([`=${whole}`]) : (await this.beginning(`=${whole}`)).slice(0, 60)) {
      const share = (whole.length + 1) / key.length;
      add(list, share === 1 ? 250 : 110 * share);
    }
    if (open && whole.length > 1 && isOpen(whole)) {
      for (const [key, list] of await this.between(`=${closed(whole, 1)}`, `=${closed(whole, 27)}${END}`)) add(list, (110 * (whole.length + 1)) / key.length);
    }
    if (short) for (const [, pages] of await this.under([`^${whole}`])) pages.forEach((/** @type {number} */ page, /** @type {number} */ place) => scores.set(page, Math.max(scores.get(page) ?? 0, 30 - place)));
    return scores;
  }
}

/** Whether the last Korean syllable has no final consonant yet. @param {string} run */
function isOpen(run) {
  const code = run.charCodeAt(run.length - 1) - 0xac00;
  return code >= 0 && code < 11172 && code % 28 === 0;
}

/** The run with a final consonant. @param {string} run @param {number} final */
function closed(run, final) {
  return run.slice(0, -1) + String.fromCharCode(run.charCodeAt(run.length - 1) + final);
}

/**
 * Adds what stands under a key to a slot: the better of two weights for each page.
 * @param {Slot} slot
 * @param {number[]} list tenths of idf, page, weight, page, weight, …
 * @param {number} share
 */
function gather(slot, list, share) {
  const idf = list[0] / 10;
  slot.idf = Math.max(slot.idf, idf);
  for (let place = 1; place < list.length; place += 2) {
    const value = idf * list[place + 1] * share;
    if (value > (slot.pages.get(list[place]) ?? 0)) slot.pages.set(list[place], value);
  }
}
