// What the frame of every page needs, and what ends, which most kinds of page show. These modules are published in one file: a page asks for
// fewer scripts, the next page for none, and they pack better together.
import "./menu.js";
import "./searchbox.js";
import "./ending.js";
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, () => import("./ahead.js").catch(() => {}), { once: true });
