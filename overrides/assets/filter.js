// Narrows a long list in place: by kind, province, month, indoors or outdoors, effort. Without this script the list stands there in groups.

/** Holds the form; the list is #list. data-found says how many are left, with {count} in it, data-none that there is nothing. */
class AtlasFilter extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector(".filters");
    const list = document.getElementById("list");
    const status = this.querySelector("[role=status]");
    if (!(form instanceof HTMLElement) || !list || !status) return;
    form.hidden = false;
    form.addEventListener("change", () => this.narrow(form, list, status));
    this.narrow(form, list, status);
  }

  /**
   * @param {HTMLElement} form
   * @param {HTMLElement} list
   * @param {Element} status
   */
  narrow(form, list, status) {
    const asked = [...form.querySelectorAll("select")].filter((select) => select.value).map((select) => [select.name, select.value]);
    let count = 0;
    for (const group of list.querySelectorAll("section")) {
      let here = 0;
      for (const row of group.querySelectorAll("li")) {
        const fits = asked.every(([key, value]) => (row.dataset[key] ?? "").split(" ").includes(value));
        row.hidden = !fits;
        here += Number(fits);
      }
      group.hidden = here === 0;
      const number = group.querySelector("h2 .num");
      if (number) number.textContent = String(here);
      count += here;
    }
    const { found = "", none = "" } = this.dataset;
    status.textContent = count ? found.replace("{count}", String(count)) : none;
  }
}

customElements.define("atlas-filter", AtlasFilter);
