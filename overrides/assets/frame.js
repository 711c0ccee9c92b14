// What the frame of every page needs. These modules are published in one file: a page asks for one script less, and they pack better together.
import "./menu.js";
import "./searchbox.js";
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, () => import("./ahead.js").catch(() => {}), { once: true });
