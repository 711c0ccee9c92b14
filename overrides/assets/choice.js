// What is chosen in the finder, as it stands in the address.

/** @typedef {{ choice: Map<string, string>, from: string, area: string, view: string, picked: string[] }} State */

/** The part of the map that an address names: south, west, north, east; null where it names none. @param {string} text */
export function bounds(text) {
  const sides = text.split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) && sides[0] <= sides[2] && sides[1] <= sides[3] ? sides : null;
}

/**
 * What the address asks for; what is not known here is passed over.
 * @param {HTMLSelectElement[]} facets
 * @param {HTMLSelectElement | undefined} order
 * @param {{ map: boolean, most: number }} has whether there is a map, and how many can be compared
 * @returns {State}
 */
export function asked(facets, order, { map, most }) {
  const query = new URLSearchParams(location.search);
  const known = (/** @type {HTMLSelectElement | undefined} */ select, /** @type {string | null} */ value) => [...(select?.options ?? [])].some((option) => option.value === value);
  const choice = new Map();
  for (const select of facets) {
    const value = query.get(select.name);
    if (value && known(select, value)) choice.set(select.name, value);
  }
  const from = query.get("order") === "distance" ? (query.get("from") ?? "") : "";
  const area = query.get("area") ?? "";
  const view = query.get("view") ?? "";
  const picked = (query.get("with") ?? "").split(",").filter((id) => /^[a-z0-9-]+$/.test(id));
  return {
    choice,
    from: known(order, from) ? from : "",
    area: map && bounds(area) ? area : "",
    view: map && ["list", "map"].includes(view) ? view : "",
    picked: [...new Set(picked)].slice(0, most),
  };
}

/** The address of a state. @param {State} state */
export function address({ choice, from, area, view, picked }) {
  const query = new URLSearchParams([...choice]);
  if (from) query.set("order", "distance");
  for (const [name, value] of Object.entries({ from, area, view, with: picked.join(",") })) if (value) query.set(name, value);
  const text = String(query).replaceAll("%2C", ",");
  return location.pathname + (text && `?${text}`);
}
