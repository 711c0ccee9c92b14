// What the finder does: narrows a list by what one chooses, says beside each choice what it would leave, orders by name or distance, and
// shows a map. All that is chosen stands in the address. What it reads comes from this site, when the reader turns to it or the address
// asks for it; nothing is stored or sent elsewhere. finder.js fetches this script when it is wanted.

import { address, asked, bounds } from "./choice.js";
import { fill } from "./passage.js";
import { byChoice, metres, sift } from "./sift.js";

/** @typedef {import("./sift.js").Column} Column */
/** @typedef {{ lat: (number | null)[], lon: (number | null)[] }} Points */
/** @typedef {import("./choice.js").State} State */

/** How many rows stand there at first, and how many more each time. */
const SHOWN = 20;
/** How many rows a file holds. */
const BLOCK = 40;
/** How many institutions can be compared. */
const MOST = 3;
/** Within so many metres two places are at the same place. */
const SAME = 50;

/** Holds the panel, what was found, and the templates of a row and of a chip. The list that needs no script is #whole. */
class AtlasFinder extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words ?? "{}");
    this.numbers = new Intl.NumberFormat(document.documentElement.lang);
    this.plurals = new Intl.PluralRules(document.documentElement.lang);
    const selects = [...this.querySelectorAll("select")];
    this.facets = selects.filter((select) => select.name !== "from");
    this.order = selects.find((select) => select.name === "from");
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    this.turn = 0;
    this.one = this.template("row").querySelector("li");
    this.list = /** @type {HTMLElement} */ (this.one?.parentElement?.cloneNode());
    this.part("[data-list]").append(this.list);
    this.addEventListener("change", (event) => this.changed(/** @type {HTMLInputElement} */ (event.target)));
    this.addEventListener("click", (event) => this.clicked(event, /** @type {Element} */ (event.target)));
    window.addEventListener("popstate", () => this.show());
    this.facts().catch(() => {});
    if (selects.some((select) => select.value)) this.adopt();
    this.show();
  }

  /** Writes into the address what the reader chose before this script was there. */
  adopt() {
    const chosen = (this.facets ?? []).filter((select) => select.value).map((select) => [select.name, select.value]);
    history.pushState(null, "", address({ ...this.state(), choice: new Map(/** @type {[string, string][]} */ (chosen)), from: this.order?.value ?? "" }));
  }

  /** @param {string} selector @returns {any} */
  part(selector) {
    return this.querySelector(selector);
  }

  /** @param {string} name @returns {DocumentFragment} */
  template(name) {
    return this.part(`template[data-${name}]`).content;
  }

  /**
   * A text of this language, with its names filled in; `count` chooses the plural form.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const entry = this.words[key];
    const text = typeof entry === "string" ? entry : entry[this.plurals?.select(Number(values.count)) ?? "other"];
    return text.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => {
      const value = values[name];
      return typeof value === "number" ? this.numbers?.format(value) : value;
    });
  }

  // What is chosen, and the address

  /** What the address asks for. */
  state() {
    return asked(this.facets ?? [], this.order, { map: "korea" in this.dataset, most: this.part(".tray") ? MOST : 0 });
  }

  /** @param {Partial<State>} change */
  go(change) {
    history.pushState(null, "", address({ ...this.state(), ...change }));
    return this.show();
  }

  // What the reader does

  /** @param {HTMLInputElement} target */
  changed(target) {
    const { choice, picked, view } = this.state();
    if (target.type === "checkbox") {
      const now = picked.filter((id) => id !== target.value).concat(target.checked ? [target.value] : []);
      history.replaceState(history.state, "", address({ ...this.state(), picked: now, view: view || (now.length || choice.size ? "" : "list") }));
      this.tell();
    } else if (target.name === "from") this.go({ from: target.value });
    else if (target.value) this.go({ choice: choice.set(target.name, target.value) });
    else {
      choice.delete(target.name);
      this.go({ choice });
    }
  }

  /** @param {MouseEvent} event @param {Element} target */
  clicked(event, target) {
    const button = target.closest("button, a[data-area]");
    if (!(button instanceof HTMLElement || button instanceof SVGElement)) return;
    const { chip, view, area } = button.dataset;
    if (area !== undefined) {
      event.preventDefault();
      this.go({ area });
      this.part(".map").focus();
    } else if (view) this.go({ view });
    else if (chip === "area") {
      this.go({ area: "" });
      (this.part(".map").hidden ? this.facets?.[0] : this.part(".map"))?.focus();
    } else if (chip) {
      const { choice } = this.state();
      choice.delete(chip);
      this.go({ choice });
      this.facets?.find((select) => select.name === chip)?.focus();
    } else if (button.matches("[data-all]")) {
      this.go({ choice: new Map(), from: "", area: "", view: "" });
      this.facets?.[0].focus();
    } else if (button.matches("[data-clear]")) {
      history.replaceState(history.state, "", address({ ...this.state(), picked: [], view: "list" }));
      this.tell();
      this.list?.querySelector("input")?.focus();
    } else if (button.matches("[data-more]")) this.more();
  }

  // What is read

  /**
   * A file, read once; one that cannot be read is asked for again next time.
   * @param {string} address
   * @param {"json" | "text"} [kind]
   * @returns {Promise<any>}
   */
  file(address, kind = "json") {
    const known = this.files?.get(address);
    if (known) return known;
    const asked = fetch(address).then((answer) => (answer.ok ? answer[kind]() : Promise.reject(new Error(address))));
    this.files?.set(address, asked);
    asked.catch(() => this.files?.delete(address));
    return asked;
  }

  /** The columns in the order of the panel, and the number of rows. @returns {Promise<{ count: number, columns: Column[] }>} */
  async facts() {
    const { rows, facets } = await this.file(`${this.dataset.data}facets.json`);
    const columns = (this.facets ?? []).map(({ name }) => ({ sets: facets[name].sets, rows: facets[name].rows ?? facets[facets[name].like].rows }));
    return { count: rows, columns };
  }

  /** @param {number} number @returns {Promise<any>} */
  async row(number) {
    return (await this.file(`${this.dataset.data}rows-${Math.floor(number / BLOCK)}.json`))[number % BLOCK];
  }

  // What is shown

  /** Shows what the address asks for. */
  async show() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const state = this.state();
    const active = state.choice.size > 0 || Boolean(state.from || state.area || state.view || state.picked.length);
    for (const select of this.facets ?? []) select.value = state.choice.get(select.name) ?? "";
    if (this.order) this.order.value = state.from;
    this.stand(active);
    this.tell();
    this.chips(state);
    try {
      if (active) await this.find(state, turn);
      else this.counts(null);
    } catch {
      if (turn === this.turn) {
        this.stand(false);
        this.part("[role=status]").textContent = this.say("failed");
      }
    }
  }

  /** Puts what was found in the place of the whole list, or the other way round. @param {boolean} found */
  stand(found) {
    document.getElementById("whole")?.toggleAttribute("hidden", found);
    this.part(".found").hidden = !found;
    this.part("[data-all]").hidden = !found;
    if (!found) this.part("[role=status]").textContent = "";
  }

  /** @param {State} state @param {number} turn */
  async find(state, turn) {
    const { count, columns } = await this.facts();
    /** @type {Points | null} */
    const points = state.from || state.area || state.view === "map" ? await this.file(`${this.dataset.data}points.json`) : null;
    if (turn !== this.turn) return;
    const wanted = (this.facets ?? []).map((select, at) => (select.value ? columns[at].sets.map((set) => set.includes(select.selectedIndex - 1)) : null));
    const sides = points && bounds(state.area);
    const inside = (/** @type {number} */ row) => {
      if (!sides || !points) return true;
      const [lat, lon] = [points.lat[row], points.lon[row]];
      return lat !== null && lon !== null && lat >= sides[0] && lon >= sides[1] && lat <= sides[2] && lon <= sides[3];
    };
    const { found, tallies } = sift(columns, wanted, count, inside);
    this.found = found;
    this.far = points && state.from ? this.distances(points) : null;
    if (this.far) {
      const far = this.far;
      found.sort((a, b) => far[a] - far[b] || a - b);
    }
    this.counts(columns.map(({ sets }, at) => byChoice(sets, tallies[at])));
    this.part("[role=status]").textContent = found.length ? this.say("found", { count: found.length, total: count }) : this.say("none");
    this.notes(points);
    const map = state.view === "map" && points;
    this.part(".map")?.toggleAttribute("hidden", !map);
    this.part(".found").classList.toggle("side", Boolean(map));
    await Promise.all([this.rows(turn, 0, history.state?.shown ?? SHOWN), map && this.map(turn, points, columns, sides)]);
  }

  /** How far every row is from where the reader measures; those without a point come last. @param {Points} points */
  distances(points) {
    const [lat, lon] = (this.order?.selectedOptions[0].dataset.at ?? "").split(" ").map(Number);
    return Float64Array.from(points.lat, (north, row) => (north === null ? Infinity : metres(lat, lon, north, points.lon[row] ?? 0)));
  }

  /** Says beside each choice how many rows it leaves; what leaves none cannot be chosen. @param {number[][] | null} found */
  counts(found) {
    (this.facets ?? []).forEach((select, at) => {
      for (const option of [...select.options].slice(1)) {
        const count = found ? (found[at][option.index - 1] ?? 0) : Number(option.dataset.n);
        const text = this.say("option", { text: option.dataset.text ?? "", count });
        if (option.text !== text) option.text = text;
        option.disabled = count === 0 && !option.selected;
      }
    });
  }

  /** What a reader must know of a list that was narrowed so. @param {Points | null} points */
  notes(points) {
    const notes = (this.facets ?? []).filter((select) => select.value && select.dataset.note).map((select) => select.dataset.note ?? "");
    this.part(".notes").replaceChildren(
      ...notes.map((text) => {
        const note = document.createElement("p");
        note.className = "doubt";
        note.textContent = text;
        return note;
      }),
    );
    const missing = points ? (this.found ?? []).filter((row) => points.lat[row] === null).length : 0;
    const said = this.querySelector(".map figcaption span");
    if (said) said.textContent = missing ? this.say("missing", { count: missing }) : "";
  }

  /** The choices, each with a button that takes it away. @param {State} state */
  chips({ choice, area, view }) {
    const chosen = (this.facets ?? []).filter(({ name }) => choice.has(name)).map((select) => [select.name, this.label(select)]);
    if (area) chosen.push(["area", this.say("area")]);
    this.part(".picked ul").replaceChildren(
      ...chosen.map(([chip, text]) => {
        const item = this.template("chip").cloneNode(true);
        const button = /** @type {DocumentFragment} */ (item).querySelector("button");
        if (button) {
          fill(button, { text, remove: this.say("remove", { text }) });
          button.dataset.chip = chip;
        }
        return item;
      }),
    );
    const active = !this.part(".found").hidden;
    for (const button of this.querySelectorAll("[data-view]")) {
      const map = /** @type {HTMLElement} */ (button).dataset.view === "map";
      button.setAttribute("aria-pressed", String(active && map === (view === "map")));
    }
  }

  /** What is chosen in a list, with the name of the list. @param {HTMLSelectElement} select */
  label(select) {
    return this.say("label", { label: select.labels[0].textContent ?? "", value: select.selectedOptions[0].dataset.text ?? "" });
  }

  /** Draws some of the rows that were found. @param {number} turn @param {number} start @param {number} end */
  async rows(turn, start, end) {
    const numbers = (this.found ?? []).slice(start, end);
    const rows = await Promise.all(numbers.map((number) => this.row(number)));
    if (turn !== this.turn) return;
    const items = rows.map((row, at) => {
      const item = /** @type {Element} */ (this.one?.cloneNode(true));
      fill(item, this.far ? { ...row, distance: this.distance(this.far[numbers[at]]) } : row);
      return item;
    });
    if (start) this.list?.append(...items);
    else this.list?.replaceChildren(...items);
    const left = (this.found?.length ?? 0) - start - items.length;
    const more = this.part("[data-more]");
    more.hidden = left <= 0;
    if (left > 0) more.textContent = this.say("more", { count: Math.min(left, SHOWN) });
    this.tell();
  }

  /** More rows; the first of them takes the focus. */
  async more() {
    if (this.adding) return;
    this.adding = true;
    const shown = this.list?.children.length ?? 0;
    history.replaceState({ shown: shown + SHOWN }, "");
    await this.rows(this.turn ?? 0, shown, shown + SHOWN).finally(() => {
      this.adding = false;
    });
    this.list?.children[shown]?.querySelector("a")?.focus();
  }

  /** A distance as the pages write it. @param {number} far */
  distance(far) {
    if (far === Infinity) return this.say("pointless");
    if (far < SAME) return this.say("same");
    const km = far / 1000;
    return this.say("km", { km: km.toLocaleString(document.documentElement.lang, { maximumFractionDigits: km < 10 ? 1 : 0 }) });
  }

  /** Says in the boxes, the bar and the links to other languages what stands in the address. */
  tell() {
    for (const link of document.querySelectorAll(".langs a")) if (link instanceof HTMLAnchorElement) link.search = location.search;
    const tray = this.part(".tray");
    if (!tray) return;
    const { picked } = this.state();
    for (const box of this.list?.querySelectorAll("input") ?? []) {
      box.checked = picked.includes(box.value);
      box.disabled = !box.checked && picked.length === MOST;
    }
    tray.hidden = picked.length === 0;
    tray.firstElementChild.textContent = this.say("picked", { count: picked.length, most: MOST });
    tray.querySelector("a").search = `?with=${picked.join(",")}`;
  }

  /** @param {number} turn @param {Points} points @param {Column[]} columns @param {number[] | null} sides */
  async map(turn, points, columns, sides) {
    const [{ draw }, land] = await Promise.all([import("./findmap.js"), this.file(this.dataset.korea ?? "", "text")]);
    const at = (this.facets ?? []).findIndex((select) => select.name === "in");
    const places = [...(this.facets?.[at].options ?? [])].slice(1).map((option) => option.dataset.text ?? "");
    const drawn = await draw(land, this.found ?? [], points, sides, {
      label: this.say("map"),
      name: (/** @type {number[]} */ rows) => {
        const here = [...new Set(rows.flatMap((row) => columns[at].sets[columns[at].rows[row]]))].sort((a, b) => a - b);
        return this.say("dot", { place: here.map((place) => places[place]).join(this.say("comma")), count: rows.length });
      },
      link: (/** @type {string} */ area) => address({ ...this.state(), area }),
      page: async (/** @type {number} */ row) => {
        const { name, path } = await this.row(row);
        return { name: name.text, href: this.dataset.here + path };
      },
    });
    if (turn === this.turn) {
      this.querySelector(".map > svg")?.remove();
      this.part(".map").prepend(drawn);
    }
  }
}

customElements.define("atlas-finder", AtlasFinder);
