// Puts dates to a plan: from the day of the treatment, which the reader gives, the date of every step and the public holidays on the way.
// What writes the plan as a calendar file is fetched once there is a date. Nothing is sent or stored. Without this script the plan stands
// there by days.
import "./frame.js";

const ONE_DAY = 86_400_000;
/** How many days beyond the last step public holidays still count. */
const AFTER = 14;

/**
 * @param {string} date YYYY-MM-DD
 * @param {number} days
 */
export function later(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * ONE_DAY).toISOString().slice(0, 10);
}

/** Holds the plan: sections with data-day, the list of days off, the date and the button. */
class AtlasPlan extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector(".filters");
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    if (!(form instanceof HTMLElement) || !input || !button) return;
    form.hidden = false;
    input.addEventListener("change", () => {
      this.date(input.value, button);
      import("./calendar.js").catch(() => {}); // asked for again when she wants the file
    });
    button.addEventListener("click", () => this.save(input.value));
  }

  /** The steps of the plan. */
  steps() {
    return [...this.querySelectorAll("section[data-day]")].map((section) => ({
      section,
      day: Number(/** @type {HTMLElement} */ (section).dataset.day),
      heading: section.querySelector("h2")?.firstChild?.textContent?.trim() ?? "",
      places: [...section.querySelectorAll("li")].map((row) => ({
        name: row.querySelector("a")?.textContent ?? "",
        korean: row.querySelector("[lang=ko]")?.textContent ?? "",
        months: row.querySelector("[data-months]")?.textContent ?? "",
      })),
    }));
  }

  /**
   * The days off from the treatment to some days after the last step.
   * @param {string} date
   */
  off(date) {
    const last = later(date, Math.max(0, ...this.steps().map((step) => step.day)) + AFTER);
    return [...this.querySelectorAll(".days-off li")].map((row) => {
      const on = row.querySelector("time")?.dateTime ?? "";
      return { row: /** @type {HTMLElement} */ (row), on, said: row.querySelector("time")?.textContent ?? "", name: row.querySelector("span")?.textContent ?? "", within: on >= date && on <= last };
    });
  }

  /**
   * @param {string} date
   * @param {HTMLButtonElement} button
   */
  date(date, button) {
    button.disabled = !date;
    const { lang } = document.documentElement;
    const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "full", timeZone: "UTC" });
    for (const { section, day } of this.steps()) {
      const heading = section.querySelector("h2");
      heading?.querySelector("time")?.remove();
      if (!date) continue;
      const time = document.createElement("time");
      time.className = "num";
      time.dateTime = later(date, day);
      time.textContent = words.format(Date.parse(`${time.dateTime}T00:00:00Z`));
      heading?.append(" ", time);
    }
    const status = this.querySelector("[role=status]");
    const within = (date ? this.off(date) : []).filter((one) => {
      one.row.hidden = !one.within;
      return one.within;
    });
    if (status) status.textContent = within.length ? `${this.dataset.holiday}${within.map((one) => `${one.name}, ${one.said}`).join(" · ")}` : "";
  }

  /** @param {string} date */
  async save(date) {
    const { calendar } = await import("./calendar.js");
    const { name = "", file = "plan.ics", zero = "", treatment = "", ask = "", holiday = "" } = this.dataset;
    const own = file.replace(".ics", "");
    const events = [{ uid: `${own}-${date}-0`, date, end: later(date, 1), summary: zero, description: `${ask}\n${location.href.split("#")[0]}` }];
    for (const { day, heading, places } of this.steps()) {
      const on = later(date, day);
      const list = places.map(({ name: place, korean, months }) => [korean ? `${place} (${korean})` : place, months].filter(Boolean).join(", ")).join("\n");
      events.push({ uid: `${own}-${date}-${day}`, date: on, end: later(on, 1), summary: `${heading} · ${treatment}`, description: `${ask}\n${list}` });
    }
    for (const one of this.off(date)) if (one.within) events.push({ uid: `holiday-${one.on}`, date: one.on, end: later(one.on, 1), summary: `${holiday}${one.name}`, description: "" });
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([calendar(name, events, stamp)], { type: "text/calendar" }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

customElements.define("atlas-plan", AtlasPlan);
