// Shows the panel of the finder, and fetches the rest of it when the reader turns to it or the address already asks for something. Without
// this script the same lists stand on pages of their own.
import "./frame.js";

const finder = document.querySelector("atlas-finder");

/** What finds; once it is there, it does what was clicked before. @param {Event} [event] */
async function turn(event) {
  const waited = !customElements.get("atlas-finder");
  await Promise.all([import("./finding.js"), import("./choice.js"), import("./sift.js"), import("./passage.js")]);
  if (waited && event?.type === "click" && event.target instanceof HTMLElement) event.target.click();
}

if (finder instanceof HTMLElement) {
  const { option } = JSON.parse(finder.dataset.words ?? "{}");
  for (const one of finder.querySelectorAll("option")) {
    const { n } = one.dataset;
    if (n === undefined) continue;
    one.dataset.text = one.text;
    one.text = option.replace("{text}", one.text).replace("{count}", Number(n).toLocaleString(document.documentElement.lang));
    one.disabled = n === "0";
  }
  for (const part of finder.querySelectorAll(".filters, .picked")) part.toggleAttribute("hidden", false);
  if (location.search) turn();
  else for (const turned of ["focusin", "pointerover", "click", "change"]) finder.addEventListener(turned, turn, { once: true });
}
