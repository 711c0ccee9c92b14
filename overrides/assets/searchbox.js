// The search field of every page. Without this script it is a form that leads to the page of search; with it, the search is loaded when
// the reader turns to the field, and what fits shows while she types.

class AtlasSearch extends HTMLElement {
  connectedCallback() {
    const start = () => {
      this.started ??= import("./search.js").then(
        ({ attach }) => attach(this),
        () => {
          this.started = null; // the next key tries again
          this.title = this.dataset.failed ?? "";
        },
      );
    };
    for (const event of ["focusin", "input"]) this.addEventListener(event, start);
    if (this.hasAttribute("data-page") && new URLSearchParams(location.search).get("q")) start();
  }
}

customElements.define("atlas-search", AtlasSearch);
