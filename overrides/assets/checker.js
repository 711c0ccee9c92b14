// The checker. Without this script the form leads from a passport to its page, where every case stands in words; with it, the answers
// narrow in place. Nothing is sent or stored. The address can be shared: it names the passport, the length of stay, the route and where
// one is, and nothing about health.
import "./frame.js";

/** The questions whose answers may stand in the address, by the ids of their lists. */
const SHARED = ["ask-where", "ask-stay", "ask-route"];
/** The questions that the reader must answer herself: they begin with an empty choice. */
const OPEN = ["ask-stay", "ask-purpose", "ask-who"];

/**
 * The place of a case in the table, or -1 while a question is open: each question counts more slowly than the one after it.
 * @param {HTMLSelectElement[]} lists
 */
export function place(lists) {
  if (lists.some((list) => !list.value)) return -1;
  const answers = lists.map((list) => [...list.options].filter((option) => option.value));
  return answers.reduce((number, options, index) => number * options.length + options.indexOf(lists[index].selectedOptions[0]), 0);
}

/** Holds the form, the outcomes as sections, in data-cases one row of letters for each passport, in data-letters what a letter means. */
class AtlasChecker extends HTMLElement {
  connectedCallback() {
    const asks = this.querySelector(".filters");
    const form = this.querySelector("form");
    if (!asks || !form) return;
    /** @type {HTMLSelectElement[]} */
    this.questions = [...asks.querySelectorAll("select")];
    this.rows = (this.dataset.cases ?? "").split(" ");
    this.outcomes = new Map((this.dataset.letters ?? "").split(" ").map((pair) => [pair[0], pair.slice(1)]));
    this.passport = this.list(form);
    if (this.passport) asks.prepend(this.passport.parentElement ?? "");
    for (const list of this.questions) {
      if (OPEN.includes(list.id)) list.prepend(new Option(this.dataset.choose, "", true, true));
    }
    asks.toggleAttribute("hidden", false);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      this.pointed = null;
      this.write();
      this.show();
    });
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** Does what the address says: answers of a case, or a link that points to one outcome. */
  follow() {
    const card = document.getElementById(location.hash.slice(1));
    if (card?.matches(".outcome")) this.pointed = card.id;
    if (this.read()) this.pointed = null;
    this.show();
    if (card && card.id === this.pointed) {
      const heading = card.querySelector("h3");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
      card.scrollIntoView();
    }
  }

  /** Turns the buttons, which lead to pages, into one list to choose from. @param {HTMLFormElement} form */
  list(form) {
    const passports = form.querySelector(".passports");
    if (!passports) return null;
    const select = document.createElement("select");
    select.id = "ask-passport";
    select.append(new Option(this.dataset.choose, ""));
    for (const button of passports.querySelectorAll("button")) {
      const option = new Option(button.firstChild?.textContent?.trim(), button.value);
      option.dataset.table = button.dataset.table;
      option.dataset.page = button.formAction;
      select.append(option);
    }
    const label = document.createElement("label");
    label.htmlFor = select.id;
    label.textContent = this.dataset.passport ?? "";
    const line = document.createElement("p");
    line.append(label, select);
    passports.remove();
    return select;
  }

  /** The outcome of what is chosen, or none while something is not. */
  get outcome() {
    const chosen = this.passport?.selectedOptions[0];
    if (chosen && !chosen.value) return null;
    const row = this.rows?.[Number(chosen?.dataset.table ?? 0)] ?? "";
    return this.outcomes?.get(row[place(this.questions ?? [])]) ?? null;
  }

  /** Shows the one outcome, or the one that the address points to, and of the page only what belongs to it. */
  show() {
    const outcome = this.pointed ?? this.outcome;
    const where = this.questions?.find((question) => question.id === "ask-where");
    const route = this.questions?.find((question) => question.id === "ask-route");
    route?.closest("p")?.toggleAttribute("hidden", where?.value === "korea");
    for (const card of this.querySelectorAll(".outcome")) {
      card.toggleAttribute("hidden", card.id !== outcome);
    }
    this.classList.toggle("chosen", outcome !== null);
    const needs = document.getElementById(outcome ?? "")?.dataset.needs?.split(" ") ?? [];
    for (const part of this.passport ? [] : document.querySelectorAll(".checklist, details[id]")) {
      part.toggleAttribute("hidden", outcome !== null && !needs.includes(part.id));
    }
    const rules = document.getElementById("rules")?.closest("section");
    rules?.toggleAttribute("hidden", !rules.querySelector("details:not([hidden])"));
    const heading = document.getElementById(outcome ?? "")?.querySelector("h3");
    const status = this.querySelector("[role=status]");
    if (status && this.asked) status.textContent = heading ? heading.textContent : "";
    const link = this.querySelector(".go a");
    const page = this.passport?.selectedOptions[0]?.dataset.page;
    if (link instanceof HTMLAnchorElement) {
      link.closest("p")?.toggleAttribute("hidden", !page);
      if (page) {
        link.href = page + location.hash;
        link.textContent = `${this.dataset.all} ${this.passport?.selectedOptions[0]?.text}`;
      }
    }
    this.querySelector("[data-list]")?.toggleAttribute("hidden", true);
    for (const language of document.querySelectorAll(".langs a")) {
      if (language instanceof HTMLAnchorElement) language.hash = location.hash;
    }
    this.asked = true;
  }

  /** Takes the answers that the address holds. */
  read() {
    const parts = location.hash.slice(1).split("-");
    if (parts[0] !== "case") return false;
    const lists = [this.passport, ...SHARED.map((id) => this.questions?.find((question) => question.id === id))];
    parts.slice(1).forEach((value, index) => {
      const list = lists[index];
      if (list && [...list.options].some((option) => option.value === value)) list.value = value;
    });
    return true;
  }

  /** Writes into the address what may stand there. */
  write() {
    const shared = SHARED.map((id) => this.questions?.find((question) => question.id === id)?.value || "0");
    const code = this.passport ? this.passport.value : location.pathname.split("/").at(-2);
    history.replaceState(null, "", code ? `#case-${[code, ...shared].join("-")}` : location.pathname);
  }
}

customElements.define("atlas-checker", AtlasChecker);
