// The menu on a phone. Without this script the link "#menu" opens it (:target); with it, a real button does.

/** Turns the link inside into a button that opens and closes the main menu. */
class AtlasMenu extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    const menu = document.getElementById("menu");
    if (!link || !menu) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.childNodes);
    button.setAttribute("aria-controls", "menu");
    link.replaceWith(button);
    /** @param {boolean} open */
    const set = (open) => {
      menu.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    const linked = location.hash === "#menu";
    if (linked) history.replaceState(null, "", location.pathname);
    set(linked);
    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
  }
}

customElements.define("atlas-menu", AtlasMenu);
