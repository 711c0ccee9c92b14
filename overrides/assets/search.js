// What search shows: under the field of every page while one types, and as a list on the page of search. Nothing is sent but requests for
// files of the index, and nothing is kept.

import { Index } from "./searching.js";
import { marked, marks, why } from "./why.js";

const UNDER_FIELD = 6;
const ON_PAGE = 8;
/** Milliseconds without a key before the search begins: files for half-typed words are not fetched for nothing. */
const PAUSE = 30;
/** A name that stands there in Latin letters alone is the English one. */
const ONLY_LATIN = /^[\P{L}\p{Script=Latin}]*$/u;

/**
 * @param {string} name
 * @param {string} [text]
 * @param {string} [style]
 */
function element(name, text = "", style = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (style) made.className = style;
  return made;
}

/** @param {HTMLElement} host */
export function attach(host) {
  const form = host.querySelector("form");
  const input = host.querySelector("input");
  if (!form || !input) return;
  const load = async (/** @type {string} */ name) => {
    const answer = await fetch(new URL(name, form.action), { cache: name === "index.json" ? "no-cache" : "default" });
    if (!answer.ok) throw new Error(`${answer.status} ${name}`);
    return answer.json();
  };
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("search.css", import.meta.url).href;
  document.head.append(style);
  new Results(host, form, input, new Index(load)).start();
}

class Results {
  /**
   * @param {HTMLElement} host
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   * @param {Index} index
   */
  constructor(host, form, input, index) {
    this.turn = 0;
    this.kind = "";
    this.most = ON_PAGE;
    /** The query that was sent last. */
    this.asked = "";
    this.host = host;
    this.form = form;
    this.input = input;
    this.index = index;
    this.onPage = host.hasAttribute("data-page");
    this.status = element("p", "", this.onPage ? "muted" : "sr");
    this.status.setAttribute("role", "status");
    this.panel = element("div", "", this.onPage ? "results" : "hits");
    this.panel.hidden = true;
  }

  start() {
    const { host, input, form } = this;
    this.panel.tabIndex = -1; // a press beside a link does not take the focus out of the search
    host.append(this.status, this.panel);
    let waiting = 0;
    const soon = () => {
      this.busy(true);
      clearTimeout(waiting);
      waiting = window.setTimeout(() => this.show({ kind: "", most: ON_PAGE }), PAUSE);
    };
    input.addEventListener("input", (event) => {
      // Pinyin is not a query yet; Korean letters are searched while they are put together.
      if (!(event instanceof InputEvent && event.isComposing && /[a-z]/i.test(event.data ?? ""))) soon();
    });
    input.addEventListener("compositionend", soon);
    host.addEventListener("keydown", (event) => this.move(event));
    if (this.onPage) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.show({ push: true });
      });
      window.addEventListener("popstate", () => this.read());
      this.read();
      return;
    }
    host.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && host.contains(event.relatedTarget))) this.close();
    });
    input.addEventListener("focus", () => this.show());
    if (input.value) this.show();
  }

  /** Takes the query from the address; what was narrowed and how much was shown, from the entry of the history. */
  read() {
    this.input.value = this.asked = new URLSearchParams(location.search).get("q") ?? "";
    this.show({ kind: history.state?.kind ?? "", most: history.state?.most ?? ON_PAGE });
  }

  /** @param {boolean} busy */
  busy(busy) {
    for (const part of [this.panel, this.form]) {
      if (busy) part.setAttribute("aria-busy", "true");
      else part.removeAttribute("aria-busy");
    }
  }

  close() {
    this.turn += 1;
    this.busy(false);
    this.panel.hidden = true;
    this.status.textContent = "";
  }

  /** Arrow keys go from the field to the results and back; Escape closes them. @param {KeyboardEvent} event */
  move(event) {
    const links = [...this.panel.querySelectorAll("a")];
    const place = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    if (event.key === "Escape" && !this.onPage && !this.panel.hidden) {
      event.preventDefault();
      this.close();
      this.input.focus();
      this.close();
    } else if (event.key === "ArrowDown" && links[place + 1]) {
      event.preventDefault();
      links[place + 1].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (links[place - 1] ?? this.input).focus();
    }
  }

  /**
   * Shows what the field asks for.
   * @param {{ kind?: string, most?: number, push?: boolean }} [change] the kind of page to narrow to, how many to show, whether Back leads here
   */
  async show({ kind = this.kind, most = this.most, push = false } = {}) {
    this.turn += 1;
    const { turn } = this;
    const query = this.input.value;
    Object.assign(this, { kind, most });
    if (this.onPage) this.write(query, push);
    if (!query.trim()) {
      this.close();
      return;
    }
    this.busy(true);
    try {
      await this.answer(query, turn).catch(async () => {
        await this.index.open({ anew: true }); // the files are gone, because the site has been published again
        await this.answer(query, turn);
      });
    } catch {
      if (turn === this.turn) this.failed();
    }
    if (turn === this.turn) this.busy(false);
  }

  /**
   * Writes the query into the address and the links to other languages.
   * @param {string} query
   * @param {boolean} push
   */
  write(query, push) {
    const address = new URL(location.href);
    if (query.trim()) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    const state = { kind: this.kind, most: this.most };
    // What is being typed takes the place of what was typed before it; a query that was sent keeps its own entry.
    if (push && query !== this.asked) history.replaceState(null, "", `?q=${encodeURIComponent(this.asked ?? "")}`);
    if (push && query !== this.asked) history.pushState(state, "", address);
    else history.replaceState(state, "", address);
    if (push) this.asked = query;
    for (const link of document.querySelectorAll(".langs a")) if (link instanceof HTMLAnchorElement) link.search = address.search;
  }

  /**
   * @param {string} query
   * @param {number} turn
   */
  async answer(query, turn) {
    await this.index.open();
    const found = await this.index.search(query);
    const counts = new Map();
    for (const { page } of found) counts.set(this.index.kinds?.[page], (counts.get(this.index.kinds?.[page]) ?? 0) + 1);
    if (!counts.has(this.kind)) this.kind = "";
    const fitting = this.kind ? found.filter(({ page }) => this.index.kinds?.[page] === this.kind) : found;
    const pages = await Promise.all(fitting.slice(0, this.onPage ? this.most : UNDER_FIELD).map(({ page }) => this.index.page(page)));
    if (turn === this.turn) this.draw(query, pages, fitting.length, counts);
  }

  /** Says that nothing could be loaded, where the results would stand. */
  failed() {
    this.status.textContent = this.host.dataset.failed ?? "";
    this.panel.replaceChildren(...(this.onPage ? [] : [element("p", this.host.dataset.failed)]));
    this.panel.hidden = false;
    this.lists(false);
  }

  /** Hides or shows the topics and the index from A to Z. @param {boolean} hidden */
  lists(hidden) {
    document.querySelectorAll("[data-index]").forEach((part) => part.toggleAttribute("hidden", hidden));
  }

  get says() {
    return this.index.says;
  }

  /**
   * @param {string} query
   * @param {any[]} pages those to show
   * @param {number} number how many fit
   * @param {Map<string, number>} counts of all that was found, by kind
   */
  draw(query, pages, number, counts) {
    const asked = this.index.asked(query);
    this.panel.hidden = false;
    this.lists(true);
    if (!number) {
      this.panel.replaceChildren(...this.nothing());
      this.status.textContent = this.says.nothing;
      return;
    }
    const list = element("ol");
    if (this.onPage) list.dataset.searchResults = "";
    list.append(...pages.map((page) => this.row(page, asked)));
    const parts = [list];
    if (this.onPage) {
      if (counts.size > 1) parts.unshift(this.groups(counts));
      if (number > pages.length) {
        const more = element("button", this.says.more, "button");
        more.setAttribute("type", "button");
        more.addEventListener("click", async () => {
          await this.show({ most: this.most + ON_PAGE });
          this.panel.querySelectorAll("li a")[pages.length]?.focus();
        });
        parts.push(more);
      }
    } else {
      const all = element("a", this.says.all, "go");
      all.setAttribute("href", `${this.form.action}?q=${encodeURIComponent(query.trim())}`);
      parts.push(all);
    }
    this.panel.replaceChildren(...parts);
    const { lang } = document.documentElement;
    const said = this.says.count[new Intl.PluralRules(lang).select(number)] ?? this.says.count.other;
    this.status.textContent = said.replace("{count}", number.toLocaleString(lang));
  }

  /**
   * One button for each kind of page; the pressed one narrows the list.
   * @param {Map<string, number>} counts
   */
  groups(counts) {
    const group = element("div", "", "kinds");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.says.groups);
    const every = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const kinds = [["", every], ...Object.keys(this.says.kinds).filter((kind) => counts.has(kind)).map((kind) => [kind, counts.get(kind)])];
    for (const [kind, count] of kinds) {
      const button = element("button", kind ? this.says.kinds[kind] : this.says.every);
      button.setAttribute("type", "button");
      button.setAttribute("aria-pressed", String(kind === this.kind));
      button.append(" ", element("span", String(count), "num"));
      button.addEventListener("click", async () => {
        await this.show({ kind: String(kind), most: ON_PAGE });
        /** @type {HTMLElement | null} */ (this.panel.querySelector("[aria-pressed=true]"))?.focus();
      });
      group.append(button);
    }
    return group;
  }

  /**
   * @param {{ t: string, u?: string, k: string, p?: string, d?: string, n?: string[], w?: string[], b?: string }} page
   * @param {string[]} asked
   */
  row(page, asked) {
    const row = element("li");
    const link = element("a");
    link.setAttribute("href", new URL(`../${page.u ?? ""}`, this.form.action).href);
    link.append(...marked(page.t, marks(page.t, asked), this.says.letters));
    if (this.says.latin && page.k === "hospital" && ONLY_LATIN.test(page.t)) link.lang = this.says.latin;
    const kind = element("span", [this.says.kinds[page.k], page.p].filter(Boolean).join(" · "), "muted");
    const reason = why(page, asked, this.says.by);
    const line = element("p");
    line.append(...marked(reason.text, reason.marks, this.says.letters));
    if (this.says.latin && ONLY_LATIN.test(reason.text)) line.lang = this.says.latin;
    if (reason.before) line.prepend("…");
    if (reason.after) line.append("…");
    row.append(link, " ", kind, line);
    return row;
  }

  /** What to try, and whom to call. */
  nothing() {
    const list = element("ul", "", "plain");
    for (const line of this.says.helplines) {
      const row = element("li");
      const link = element("a", line.number, "tel num");
      link.setAttribute("href", `tel:${line.tel}`);
      row.append(link, ` ${line.name}`);
      list.append(row);
    }
    return [...(this.onPage ? [] : [element("p", this.says.nothing)]), element("p", this.says.try), element("p", this.says.call), list];
  }
}
