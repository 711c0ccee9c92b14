// A statement that ends. After its last day, by the reader's clock, the page says that it is not confirmed any more,
// even when the site has not been built again since. Without this script the dates stand there in words.

/** Holds a statement and, hidden, the sentence that takes over after the day in data-until (YYYY-MM-DD, Korean time). */
class AtlasPeriod extends HTMLElement {
  connectedCallback() {
    const until = this.dataset.until;
    const after = this.querySelector("[hidden]");
    if (!until || !after) return;
    const over = Date.now() > Date.parse(`${until}T23:59:59.999+09:00`);
    after.toggleAttribute("hidden", !over);
    this.toggleAttribute("ended", over);
    this.closest("li, dd")?.classList.toggle("ended", over);
  }
}

customElements.define("atlas-period", AtlasPeriod);
