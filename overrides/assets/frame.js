// What the frame of every page needs, and what ends, which most kinds of page show. These modules are published in one file, and a kind
// of page that has a script of its own takes this one into it: a page asks for one script.
import "./menu.js";
import "./searchbox.js";
import "./ending.js";
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, () => import("./ahead.js").catch(() => {}), { once: true });
