// What ends, on pages without the checker, which takes the same in: a page asks for one script less.
import "./ending.js";
