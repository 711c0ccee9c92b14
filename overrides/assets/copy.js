// A button that copies a name, so that it can be shown, searched for or sent.
import "./frame.js";

/** Adds a button that copies data-text; it is labelled data-label, and data-done for two seconds after. */
class AtlasCopy extends HTMLElement {
  connectedCallback() {
    const { text, label, done } = this.dataset;
    if (!text || !label || !done || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    button.setAttribute("aria-live", "polite");
    this.append(button);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = done;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}

customElements.define("atlas-copy", AtlasCopy);
