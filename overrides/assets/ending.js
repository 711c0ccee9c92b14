// What ends. From 30 days before its last day a statement warns, and after it the page says that it is not confirmed any more, by the
// reader's clock, even when the site has not been built again since. Without this script the dates stand there in words.

const DAY = 86_400_000;
/** How many days before the end a statement warns. */
const NOTICE = 30;

/**
 * @param {string} until the last day, YYYY-MM-DD, Korean time
 * @param {number} now
 * @returns {"before" | "soon" | "after"}
 */
export function phase(until, now) {
  const end = Date.parse(`${until}T23:59:59.999+09:00`);
  if (now > end) return "after";
  return now > end - NOTICE * DAY ? "soon" : "before";
}

/** Holds a statement with its last day in data-until, and inside, hidden, what to say soon before ([data-soon]) and after it ([data-after]). */
class AtlasPeriod extends HTMLElement {
  connectedCallback() {
    const { until } = this.dataset;
    if (!until) return;
    const at = phase(until, Date.now());
    this.querySelector("[data-soon]")?.toggleAttribute("hidden", at !== "soon");
    this.querySelector("[data-after]")?.toggleAttribute("hidden", at !== "after");
    this.querySelector("[data-before]")?.toggleAttribute("hidden", at === "after");
    this.toggleAttribute("ended", at === "after");
    this.closest("li, dd")?.classList.toggle("ended", at === "after");
  }
}

customElements.define("atlas-period", AtlasPeriod);
