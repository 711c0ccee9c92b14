// Which rows fit what was chosen, how many each choice would leave, and how far places are apart. Nothing here knows the page.

/** @typedef {{ rows: number[], sets: number[][] }} Column for each row the place of its set; the sets of choices by their places */

/** The mean radius of the Earth in metres, as in atlas/distance.py. */
const EARTH = 6_371_008.8;

/**
 * The distance between two places in metres (haversine formula).
 * @param {number} lat
 * @param {number} lon
 * @param {number} toLat
 * @param {number} toLon
 */
export function metres(lat, lon, toLat, toLon) {
  const rad = Math.PI / 180;
  const part = Math.sin(((toLat - lat) * rad) / 2) ** 2 + Math.cos(lat * rad) * Math.cos(toLat * rad) * Math.sin(((toLon - lon) * rad) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(part));
}

/**
 * The rows that fit every choice, and for each column how many rows of each set fit all choices but its own.
 * @param {Column[]} columns
 * @param {(boolean[] | null)[]} wanted for each column which sets fit, or null where nothing is chosen
 * @param {number} count
 * @param {(row: number) => boolean} inside
 */
export function sift(columns, wanted, count, inside) {
  const tallies = columns.map((column) => new Uint32Array(column.sets.length));
  const found = [];
  for (let row = 0; row < count; row += 1) {
    if (!inside(row)) continue;
    let failed = -1;
    let failures = 0;
    for (let at = 0; at < columns.length && failures < 2; at += 1) {
      if (wanted[at]?.[columns[at].rows[row]] === false) {
        failed = at;
        failures += 1;
      }
    }
    if (failures === 0) {
      found.push(row);
      for (let at = 0; at < columns.length; at += 1) tallies[at][columns[at].rows[row]] += 1;
    } else if (failures === 1) tallies[failed][columns[failed].rows[row]] += 1;
  }
  return { found, tallies };
}

/** How many rows each choice of a facet leaves. @param {number[][]} sets @param {Uint32Array} tally */
export function byChoice(sets, tally) {
  /** @type {number[]} */
  const counts = [];
  sets.forEach((set, at) => set.forEach((choice) => (counts[choice] = (counts[choice] ?? 0) + tally[at])));
  return counts;
}
