// The comparison: puts the institutions that the address names side by side. The facts of each come from this site, from a file that was
// made with its own page. Without this script the page says how to choose, and the pages of the institutions stand for themselves.
import "./frame.js";

/** @typedef {import("./passage.js").Passage} Passage */
/** @typedef {{ text: string, name?: Passage, href?: string, refs?: number[], small?: (string | Passage)[], weak?: boolean, none?: boolean, state?: string, until?: string, then?: string }} Line */
/** @typedef {{ id: string, name: Passage, path: string, cells: Record<string, Line[]> }} Facts */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {string} className
 * @param {(Node | string)[]} inside
 */
function made(name, className, ...inside) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

/** What the parts of a table are, said again: on a phone they are drawn as blocks, and then some browsers no longer take them for a table. */
const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };

/** Holds the table, with a row for each fact, and the template of the head of a column. */
class AtlasCompare extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words ?? "{}");
    this.turn = 0;
    this.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (button) this.drop(button.value);
    });
    window.addEventListener("popstate", () => this.show());
    this.show();
  }

  /** The institutions that the address names. */
  named() {
    const ids = (new URLSearchParams(location.search).get("with") ?? "").split(",").filter((id) => /^[a-z0-9-]+$/.test(id));
    return [...new Set(ids)].slice(0, Number(this.dataset.most));
  }

  /** Takes an institution away. @param {string} id */
  drop(id) {
    const left = this.named().filter((one) => one !== id);
    history.pushState(null, "", location.pathname + (left.length ? `?with=${left.join(",")}` : ""));
    return this.show().then(() => /** @type {HTMLElement | null} */ (this.querySelector("[data-shown]:not([hidden]) thead a, [data-empty]:not([hidden]) a"))?.focus());
  }

  /** What is known of an institution; a copy that the browser kept is only used when it still holds. @param {string} id @returns {Promise<Facts | null>} */
  async facts(id) {
    try {
      const answer = await fetch(`${this.dataset.data}${id}.json`, { cache: "no-cache" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async show() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const named = this.named();
    for (const link of document.querySelectorAll(".langs a")) if (link instanceof HTMLAnchorElement) link.search = location.search;
    const [drawn, ...found] = await Promise.all([named.length > 0 && import("./passage.js"), ...named.map((id) => this.facts(id))]);
    if (turn !== this.turn) return;
    const shown = /** @type {Facts[]} */ (found.filter(Boolean));
    for (const cell of this.querySelectorAll("td, th ~ th")) cell.remove();
    if (drawn) for (const one of shown) this.column(one, drawn);
    for (const [parts, role] of Object.entries(ROLES)) for (const part of this.querySelectorAll(parts)) part.setAttribute("role", role);
    this.querySelector("[data-shown]")?.toggleAttribute("hidden", shown.length === 0);
    this.querySelector("[data-empty]")?.toggleAttribute("hidden", shown.length > 0);
    const others = this.querySelector("[data-others]");
    if (others instanceof HTMLAnchorElement) others.search = location.search;
    const lost = named.filter((_, at) => !found[at]).map((id) => this.words.failed.replace("{id}", id));
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = [...(shown.length ? [this.count(shown.length)] : []), ...lost].join(" ");
  }

  /** How many are shown. @param {number} count */
  count(count) {
    const { lang } = document.documentElement;
    const forms = this.words.shown;
    return (forms[new Intl.PluralRules(lang).select(count)] ?? forms.other).replace("{count}", count.toLocaleString(lang));
  }

  /** Adds a column. @param {Facts} one @param {typeof import("./passage.js")} drawn */
  column(one, { fill, passage }) {
    const page = (this.dataset.here ?? "") + one.path;
    const head = this.querySelector("template")?.content.firstElementChild?.cloneNode(true);
    if (!(head instanceof HTMLElement)) return;
    fill(head, { ...one, path: page, remove: this.words.remove.replace("{name}", one.name.text) });
    this.querySelector("thead tr")?.append(head);
    for (const row of this.querySelectorAll("tr[data-row]")) {
      const lines = one.cells[/** @type {HTMLElement} */ (row).dataset.row ?? ""];
      const cell = made("td", "", made("b", "who", passage(one.name)), ...lines.map((line) => this.line(line, page, one.name.text, passage)));
      row.append(cell);
    }
  }

  /** One line of a cell, with the marks of its sources, which stand on the page of the institution. @param {Line} line @param {string} page @param {string} name @param {typeof import("./passage.js").passage} passage */
  line(line, page, name, passage) {
    const text = passage(line.name ?? line.text);
    const what = line.href ? made("a", "", text) : line.state ? made("b", "", text) : text;
    if (what instanceof HTMLAnchorElement) what.href = line.href ?? "";
    const refs = (line.refs ?? []).map((number) => {
      const mark = made("a", "ref", String(number));
      mark.href = `${page}#s${number}`;
      mark.setAttribute("aria-label", `${this.words.source} ${number}: ${name}`);
      return mark;
    });
    const small = (line.small ?? []).flatMap((one) => [" ", made("small", "", passage(one))]);
    if (line.weak) small.push(" ", made("small", "weak", this.words.weak));
    const last = small.at(-1);
    if (line.state && last instanceof HTMLElement) last.append(...refs.splice(0));
    const box = made("div", line.none ? "line none" : line.state ? `line level ${line.state}` : "line", what, ...refs, ...small);
    if (!line.until) return box;
    const ended = made("p", "ends", line.then ?? "");
    ended.hidden = true;
    ended.dataset.after = "";
    const period = document.createElement("atlas-period");
    period.dataset.until = line.until;
    period.append(box, ended);
    return period;
  }
}

customElements.define("atlas-compare", AtlasCompare);
