// Draws what the pages print by macros: texts with the marks of their languages, and rows from a template.

/** @typedef {{ text: string, lang?: string, ours?: boolean, whole?: boolean, parts?: Passage[] }} Passage */

/** The name of a field in braces, such as {place} or {sure.level}. */
const FIELD = /\{([\w.]+)\}/;

/**
 * A text, marked where it is in another language, a name of our own, or must not break.
 * @param {Passage | string} one
 * @returns {Node}
 */
export function passage(one) {
  if (typeof one === "string") return document.createTextNode(one);
  const plain = !one.lang && !one.ours && !one.whole;
  const node = plain ? document.createDocumentFragment() : document.createElement("span");
  node.append(...(one.parts ? one.parts.map(passage) : [one.text]));
  if (node instanceof HTMLElement) {
    if (one.lang) node.lang = one.lang;
    if (one.ours) node.className = "ours";
    if (one.whole) node.className = "nowrap";
  }
  return node;
}

/** @param {any} row @param {string} path */
const field = (row, path) => path.split(".").reduce((value, key) => value?.[key], row);

/**
 * Fills the fields of a row into a copy of its template. What a row does not have is left out, with the dot that follows it; an element
 * whose text names a field of a list stands once for each of the list.
 * @param {Element} element
 * @param {any} row
 * @returns {boolean} whether the row has all that this element itself names
 */
export function fill(element, row) {
  for (const { name, value } of [...element.attributes]) {
    if (FIELD.test(value)) element.setAttribute(name, value.replaceAll(new RegExp(FIELD, "g"), (_, path) => field(row, path) ?? ""));
  }
  let left = false;
  for (const child of [...element.childNodes]) {
    if (child instanceof Text) {
      const parts = child.data.split(FIELD);
      const nodes = parts.map((part, index) => (index % 2 ? field(row, part) : part));
      if (nodes.some((part) => part == null)) return false;
      if (parts.length > 1) child.replaceWith(...nodes.map(passage));
    } else if (child instanceof Element) {
      const list = listed(child);
      const items = list && Array.isArray(row[list]) ? row[list] : null;
      if (items) {
        for (const item of items) {
          const copy = /** @type {Element} */ (child.cloneNode(true));
          fill(copy, { ...row, [list]: item });
          child.before(copy);
        }
        child.remove();
        left = true;
      } else if (!fill(child, row)) {
        if (child.nextSibling instanceof Text) child.nextSibling.data = child.nextSibling.data.replace(/^ · /, "");
        child.remove();
        left = true;
      }
    }
  }
  return !left || element.childElementCount > 0 || element.textContent?.trim() !== "";
}

/** The list that the own text of an element names a field of. @param {Element} element */
function listed(element) {
  const own = [...element.childNodes].find((node) => node instanceof Text && node.data.startsWith("{") && node.data.includes("."));
  return own?.textContent?.slice(1).split(".")[0] ?? "";
}
