// The page where a reader chooses what her browser keeps. Before she asks, nothing is fetched, stored or registered. Without this script the
// page explains, and offers the zip file.
import "./frame.js";
import { forget, keep, listed, Place, plan, register } from "./keeping.js";

/** @typedef {import("./keeping.js").List} List */
/** @typedef {import("./keeping.js").Copy} Copy */

const { lang } = document.documentElement;

/** Holds the choice, the sum, what is kept and what is told. */
class AtlasOffline extends HTMLElement {
  connectedCallback() {
    /** @type {any} */
    this.say = JSON.parse(this.dataset.say ?? "{}");
    this.place = new Place(this.dataset.root ?? "./");
    /** @type {Promise<List> | null} */
    this.list = null;
    /** @type {Copy | null} */
    this.copy = null;
    this.start();
  }

  /** @param {string} part @returns {HTMLElement} */
  part(part) {
    const found = this.querySelector(`[data-${part}]`);
    if (!(found instanceof HTMLElement)) throw new Error(part);
    return found;
  }

  async start() {
    try {
      if (!navigator.serviceWorker) throw new Error("no workers");
      this.copy = await this.place.copy(lang.slice(0, 2));
    } catch {
      this.part("unsafe").hidden = false;
      return;
    }
    this.missing();
    this.show();
    for (const box of this.querySelectorAll("input")) box.checked = false; // a browser may bring back what was ticked before a reload
    const asked = new URLSearchParams(location.search).get("add");
    const chosen = this.copy?.kept.chosen ?? [];
    await Promise.all([...new Set([...chosen, asked ?? ""])].map((name) => this.offer(name)));
    if (this.querySelector("[data-open]")) this.show(); // now with the names of those
    const choose = this.part("choose");
    choose.hidden = false;
    for (const name of chosen) this.tick(name);
    if (asked && this.tick(asked)) this.count();
    choose.addEventListener("change", () => this.count());
    this.querySelector("#part")?.addEventListener("input", (event) => {
      event.stopPropagation();
      this.sift(/** @type {HTMLInputElement} */ (event.target).value);
    });
    this.part("keep").addEventListener("click", () => this.keep(this.chosen()));
    this.part("look").addEventListener("click", () => this.look());
    this.part("delete").addEventListener("click", () => this.forget());
    this.part("stop").addEventListener("click", () => this.stopping?.abort());
    this.toggleAttribute("ready", true);
  }

  /** Says which page was not at hand, when the worker sends a reader here. */
  missing() {
    const path = new URLSearchParams(location.search).get("missing");
    if (path === null) return;
    const to = new URL(path, this.place.root);
    if (!to.href.startsWith(this.place.root.href)) return;
    this.part("missing").hidden = false;
    /** @type {HTMLAnchorElement} */ (this.part("retry")).href = to.href;
    this.querySelector("details")?.setAttribute("open", "");
    this.querySelector("h2")?.focus();
  }

  /** Ticks a box or chooses a passport, and opens the province that it stands in. @param {string} name */
  tick(name) {
    const select = this.querySelector("select");
    if (select && name && [...select.options].some((one) => one.value === name)) select.value = name;
    const box = [...this.querySelectorAll("input")].find((one) => one.value === name && one.type === "checkbox");
    if (box) box.checked = true;
    box?.closest("details")?.setAttribute("open", "");
    return Boolean(box) || Boolean(select && select.value === name);
  }

  /** Adds a box for the page of an institution, which says its name, where there are too many to offer all. @param {string} name */
  async offer(name) {
    const list = this.querySelector("[data-open]");
    if (!list || !/^hospitals\/[a-z0-9-]+\/$/.test(name)) return;
    const address = this.place.at(`${this.dataset.base}${name}`);
    const answer = (await this.copy?.cache.match(address)) ?? (await fetch(address).catch(() => null));
    if (answer?.status === 404) return;
    const page = new DOMParser().parseFromString((await answer?.text().catch(() => "")) ?? "", "text/html");
    const [row, label, box, said] = ["li", "label", "input", "span"].map((one) => document.createElement(one));
    label.className = "check";
    Object.assign(box, { type: "checkbox", value: name });
    said.append(...(page.querySelector("main h1")?.childNodes ?? [name]));
    label.append(box, said);
    row.append(label);
    list.append(row);
  }

  /** What is chosen: the basics, and what was ticked. */
  chosen() {
    const boxes = [...this.querySelectorAll("input")].filter((one) => one.type === "checkbox" && one.checked).map((one) => one.value);
    const passport = this.querySelector("select")?.value;
    return ["core", ...(passport ? [passport] : []), ...boxes];
  }

  /** The list of what can be kept, fetched when it is first needed. */
  listing() {
    this.list ??= listed(this.address()).catch((error) => {
      this.list = null;
      throw error;
    });
    return this.list;
  }

  address() {
    return this.place.at(this.dataset.list ?? "");
  }

  /** Says how much the choice weighs. */
  async count() {
    try {
      const list = await this.listing();
      const found = plan(list, this.chosen(), this.copy?.kept);
      this.part("sum").textContent = this.text(found.same ? this.say["sum-kept"] : this.say.sum, { pages: this.pages(found.pages), load: this.kilobytes(found.load), room: this.kilobytes(found.room) });
    } catch {
      this.tell(this.say.failed);
    }
  }

  /** Shows the names that hold some letters. @param {string} typed */
  sift(typed) {
    const letters = typed.trim().toLocaleLowerCase(lang);
    let shown = 0;
    for (const province of this.querySelectorAll("[data-hospitals] details")) {
      let here = 0;
      for (const row of province.querySelectorAll("li")) {
        row.hidden = !row.textContent?.toLocaleLowerCase(lang).includes(letters);
        if (!row.hidden) here += 1;
      }
      province.toggleAttribute("hidden", here === 0);
      province.toggleAttribute("open", letters !== "" && here > 0);
      shown += here;
    }
    const forms = this.say.shown;
    this.part("shown").textContent = letters === "" ? "" : shown === 0 ? this.say.none : this.counted(forms, shown);
  }

  /** Keeps a choice. @param {string[]} chosen */
  async keep(chosen) {
    const stopping = (this.stopping = new AbortController());
    const busy = this.part("busy");
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector("progress"));
    const first = !this.copy;
    this.locked(true);
    this.tell("");
    busy.hidden = false;
    busy.querySelector("button")?.focus();
    try {
      const list = await this.listing();
      await register(this.place);
      const says = { notice: this.say.notice, newer: this.say.newer, look: this.say.look };
      await keep(this.place, this.address(), list, chosen, says, stopping.signal, (done, all) => {
        bar.max = all;
        bar.value = done;
        this.part("doing").textContent = this.text(this.say.doing, { done: done.toLocaleString(lang), all: all.toLocaleString(lang) });
      });
      this.copy = await this.place.copy(list.language);
      this.tell(this.say.done);
    } catch (error) {
      this.list = null;
      if (first && (await this.place.caches()).length === 0) await forget(this.place);
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.tell(stopping.signal.aborted ? this.say.stopped : full ? this.say.full : this.say.failed);
    }
    busy.hidden = true;
    this.locked(false);
    this.show();
    if (this.copy) this.count();
    this.querySelector(".told")?.focus();
  }

  /** Compares the copy with the site, and offers to fetch what has changed. */
  async look() {
    if (!this.copy) return;
    this.list = null;
    try {
      const list = await this.listing();
      const { chosen } = this.copy.kept;
      const found = plan(list, chosen, this.copy.kept);
      if (found.same) {
        await this.looked(list);
        this.tell(this.say.fresh);
      } else {
        this.tell(this.text(this.say.changed, { date: list.date, pages: this.pages(found.changed), load: this.kilobytes(found.load) }));
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.textContent = this.say.fetch;
        button.addEventListener("click", () => this.keep(chosen), { once: true });
        this.querySelector(".told")?.append(document.createElement("br"), button);
      }
    } catch {
      this.tell(this.say.failed);
    }
    this.querySelector(".told")?.focus();
  }

  /** Notes that the copy is as new as the site. @param {List} list */
  async looked(list) {
    if (!this.copy) return;
    const { cache, kept } = this.copy;
    Object.assign(kept, { date: list.date, digest: list.digest, looked: Date.now(), changed: [] });
    await cache.put(this.place.list, new Response(JSON.stringify(kept), { headers: { "content-type": "application/json" } }));
    this.show();
  }

  async forget() {
    await forget(this.place);
    this.copy = null;
    this.show();
    this.part("sum").textContent = "";
    this.tell(this.say.gone);
    this.querySelector(".told")?.focus();
  }

  /** Shows what is kept. */
  show() {
    const kept = this.copy?.kept;
    this.part("kept").hidden = !kept;
    this.part("keep").textContent = kept ? this.say.again : this.say.keep;
    if (!kept) return;
    this.part("copy").textContent = this.text(this.say.copy, { pages: this.pages(kept.pages.length), size: this.kilobytes(kept.bytes), date: kept.date });
    const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(kept.looked);
    this.part("looked").textContent = this.text(this.say.looked, { date: day });
    const names = this.names();
    this.part("pages").replaceChildren(
      ...kept.pages.map((page) => {
        const row = document.createElement("li");
        const link = document.createElement("a");
        const to = this.place.at(page);
        link.href = to;
        link.append(...(names.get(to) ?? [page]));
        row.append(link);
        return row;
      }),
    );
  }

  /** The names of pages, as this page has them. @returns {Map<string, Node[]>} */
  names() {
    const base = this.place.at(this.dataset.base ?? "");
    const found = new Map();
    const copied = (/** @type {Element} */ from) => [...from.childNodes].filter((one) => !(one instanceof HTMLInputElement)).map((one) => one.cloneNode(true));
    for (const link of document.querySelectorAll("[data-names] a, h1")) found.set(link instanceof HTMLAnchorElement ? link.href : this.place.at(`${this.dataset.base}offline/`), copied(link));
    for (const box of this.querySelectorAll("label > input[type=checkbox]")) {
      const group = box.closest("[data-hospitals]") ? "" : `${box.closest("fieldset")?.querySelector("legend")?.textContent ?? ""}: `;
      if (box.parentElement) found.set(base + /** @type {HTMLInputElement} */ (box).value, [document.createTextNode(group), ...copied(box.parentElement)]);
    }
    const passport = this.querySelector("label[for=passport]")?.textContent;
    for (const one of this.querySelectorAll("option")) found.set(base + one.value, found.get(base + one.value) ?? [document.createTextNode(`${passport}: ${one.text}`)]);
    return found;
  }

  /** While files are fetched nothing else is done. @param {boolean} locked */
  locked(locked) {
    for (const name of ["keep", "look", "delete"]) /** @type {HTMLButtonElement} */ (this.part(name)).disabled = locked;
  }

  /** @param {string} text */
  tell(text) {
    const told = this.querySelector(".told");
    if (told) told.textContent = text;
  }

  /** @param {string} text @param {Record<string, string>} values */
  text(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** @param {Record<string, string>} forms @param {number} count */
  counted(forms, count) {
    return this.text(forms[new Intl.PluralRules(lang).select(count)] ?? forms.other, { count: count.toLocaleString(lang) });
  }

  /** @param {number} count */
  pages(count) {
    return this.counted(this.say.pages, count);
  }

  /** @param {number} bytes */
  kilobytes(bytes) {
    return this.text(this.say.kilobytes, { size: Math.ceil(bytes / 1000).toLocaleString(lang) });
  }
}

customElements.define("atlas-offline", AtlasOffline);
