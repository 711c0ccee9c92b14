// The map of the finder: dots for what was found on the outlines of Korea. What stands close together shares a dot with a number, which
// leads to that part of the map; a dot by itself leads to its page.

/** @typedef {{ x: number, y: number, rows: number[] }} Dot */
/** @typedef {{ lat: (number | null)[], lon: (number | null)[] }} Points */
/** @typedef {{ label: string, name: (rows: number[]) => string, link: (area: string) => string, page: (row: number) => Promise<{ name: string, href: string }> }} About */

/** How far apart two dots must be on a map as wide as WIDTH: a finger has room between them. Both as in atlas/views/map.py. */
const APART = 29;
const WIDTH = 360;
/** The least width of the part of the map that is shown, in the same units. */
const CLOSEST = 8;
/** How much larger than what was found that part is. */
const ROOM = 1.4;
/** The digits of a degree in an address: about ten metres. */
const DIGITS = 1e4;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Joins dots that lie closer than `apart` into one in their middle, until none do.
 * @param {Dot[]} dots
 * @param {number} apart
 * @returns {Dot[]}
 */
export function joined(dots, apart) {
  /** @type {Dot[]} */
  const found = [];
  for (const dot of dots) {
    const near = found.find((other) => Math.hypot(other.x - dot.x, other.y - dot.y) < apart);
    if (near) {
      const [many, more] = [near.rows.length, dot.rows.length];
      near.x = (near.x * many + dot.x * more) / (many + more);
      near.y = (near.y * many + dot.y * more) / (many + more);
      near.rows.push(...dot.rows);
    } else found.push({ ...dot, rows: [...dot.rows] });
  }
  return found.length < dots.length ? joined(found, apart) : found;
}

/** The styles of maps, fetched once, before the first map is shown: most readers of a list never ask for one. */
function styles() {
  const there = document.querySelector("link[data-map]");
  if (there) return there;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./drawing.css", import.meta.url).href });
  style.toggleAttribute("data-map", true);
  return new Promise((resolve) => {
    for (const event of ["load", "error"]) style.addEventListener(event, () => resolve(style));
    document.head.append(style);
  });
}

/**
 * The map with its dots.
 * @param {string} land the file of the outlines
 * @param {number[]} found
 * @param {Points} points
 * @param {number[] | null} sides south, west, north and east of the part that is shown; null: the whole country
 * @param {About} about
 */
export async function draw(land, found, points, sides, about) {
  const styled = styles();
  const svg = /** @type {SVGSVGElement} */ (document.importNode(new DOMParser().parseFromString(land, "image/svg+xml").documentElement, true));
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", about.label);
  const [xTimes, xPlus] = numbers(svg.dataset.x);
  const [yTimes, yPlus] = numbers(svg.dataset.y);
  const [east, boxX, boxY] = numbers(svg.dataset.east);
  const at = (/** @type {number} */ lat, /** @type {number} */ lon) => (lon > east ? [boxX, boxY] : [lon * xTimes + xPlus, lat * yTimes + yPlus]);
  let scale = 1;
  if (sides) {
    const [, , width, height] = numbers(svg.getAttribute("viewBox"));
    const [left, bottom] = at(sides[0], sides[1]);
    const [right, top] = at(sides[2], sides[3]);
    const wide = Math.min(width, Math.max(CLOSEST, (right - left) * ROOM, (bottom - top) * ROOM * (width / height)));
    const high = (wide * height) / width;
    scale = wide / width;
    svg.setAttribute("viewBox", [(left + right - wide) / 2, (top + bottom - high) / 2, wide, high].join(" "));
  }
  const dots = found.flatMap((row) => {
    const [lat, lon] = [points.lat[row], points.lon[row]];
    if (lat === null || lon === null) return [];
    const [x, y] = at(lat, lon);
    return [{ x, y, rows: [row] }];
  });
  const whole = sides?.join(",");
  svg.append(...(await Promise.all(joined(dots, APART * scale).map((dot) => marked(dot, scale, points, about, whole)))));
  await styled;
  return svg;
}

/** @param {Dot} dot @param {number} scale @param {Points} points @param {About} about @param {string} [whole] */
async function marked({ x, y, rows }, scale, points, about, whole) {
  const alone = rows.length === 1;
  const link = made("a", { transform: `translate(${x} ${y}) scale(${scale})` });
  const area = around(rows, points);
  if (alone) {
    const { name, href } = await about.page(rows[0]);
    link.setAttribute("href", href);
    link.setAttribute("aria-label", name);
  } else {
    link.setAttribute("href", area === whole ? "#found" : about.link(area));
    link.setAttribute("aria-label", about.name(rows));
    if (area !== whole) link.dataset.area = area;
  }
  const title = made("title", {});
  title.textContent = link.getAttribute("aria-label");
  link.append(title, made("circle", { class: "hit", r: APART / 2 }), made("circle", { class: "dot", r: alone ? 7 : 12 }));
  if (!alone) {
    const text = made("text", { class: "n", y: 4.5 });
    text.textContent = String(rows.length);
    link.append(text);
  }
  return link;
}

/** The part of the map that holds some rows, for the address. @param {number[]} rows @param {Points} points */
function around(rows, points) {
  const [lats, lons] = [points.lat, points.lon].map((degrees) => rows.map((row) => (degrees[row] ?? 0) * DIGITS));
  const low = (/** @type {number[]} */ values) => Math.floor(values.reduce((a, b) => Math.min(a, b))) / DIGITS;
  const high = (/** @type {number[]} */ values) => Math.ceil(values.reduce((a, b) => Math.max(a, b))) / DIGITS;
  return [low(lats), low(lons), high(lats), high(lons)].join(",");
}

/** @param {string | null | undefined} text */
function numbers(text) {
  return (text ?? "").split(" ").map(Number);
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function made(name, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
