// The line under a result that shows why it is there: the part of the page, or the name, in which the words of the query stand.

import { isRun, normalised, tokens } from "./searching.js";

const WORD = /[\p{L}\p{N}]+(?:[-'’‑][\p{L}\p{N}]+)*/gu;
const CJK = /[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
/** Letters around what was found. */
const AROUND = 130;

/** @typedef {{ start: number, end: number, asked: number }} Mark */

/**
 * Whether a word of a text is a form of a word that was typed.
 * @param {string} word
 * @param {string} asked
 */
function isForm(word, asked) {
  if (word === asked || (asked.length > 2 && word.startsWith(asked))) return true;
  let same = 0;
  while (same < word.length && word[same] === asked[same]) same += 1;
  return same > 3 && asked.length - same <= 3 && word.length - same <= 3;
}

/**
 * Where the words of a query stand in a text.
 * @param {string} text
 * @param {string[]} asked normalised words and runs
 * @returns {Mark[]}
 */
export function marks(text, asked) {
  /** @type {Mark[]} */
  const found = [];
  const low = text.toLowerCase();
  asked.forEach((token, place) => {
    if (!isRun(token)) return;
    const parts = low.includes(token) ? [token] : [...token].slice(1).map((_, at) => token.slice(at, at + 2));
    for (const part of parts) {
      for (let at = low.indexOf(part); at >= 0; at = low.indexOf(part, at + 1)) found.push({ start: at, end: at + part.length, asked: place });
    }
  });
  for (const match of text.matchAll(WORD)) {
    if (CJK.test(match[0][0])) continue;
    const said = normalised(match[0]);
    const words = [said.replaceAll("-", ""), ...tokens(said).flatMap((token) => token.split("-"))];
    const place = asked.findIndex((token) => !isRun(token) && words.some((word) => isForm(word, token.replaceAll("-", ""))));
    if (place >= 0) found.push({ start: match.index, end: match.index + match[0].length, asked: place });
  }
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** @param {Mark[]} found */
function answered(found) {
  return new Set(found.map((mark) => mark.asked)).size;
}

/**
 * A piece of a text with the most of the query in it, and where the words stand.
 * @param {string} text
 * @param {string[]} asked
 */
function piece(text, asked) {
  const found = marks(text, asked);
  const size = CJK.test(text) ? AROUND / 2 : AROUND;
  let best = { count: 0, from: 0 };
  for (const { start } of found) {
    const count = answered(found.filter((mark) => mark.start >= start && mark.end <= start + size));
    if (count > best.count) best = { count, from: start };
  }
  let from = Math.max(0, best.from - size / 4);
  if (from) from = text.indexOf(" ", from) + 1 || from;
  if (from > best.from) from = best.from;
  let to = Math.min(text.length, from + size);
  if (to < text.length && !CJK.test(text[to])) to = Math.max(text.lastIndexOf(" ", to), from + size / 2);
  const inside = found.filter((mark) => mark.start >= from && mark.end <= to);
  return { text: text.slice(from, to).trimEnd(), before: from > 0, after: to < text.length, marks: inside.map((mark) => ({ ...mark, start: mark.start - from, end: mark.end - from })), count: answered(inside) };
}

/**
 * A text as nodes, with what is in the letters of another language marked as such.
 * @param {string} text
 * @param {[string, string][]} letters languages, each with the form of its runs of letters, as the pages mark them (atlas/views/marking.py)
 */
function inTongues(text, letters) {
  /** @type {(string | Node)[]} */
  let nodes = [text];
  for (const [language, form] of letters) {
    nodes = nodes.flatMap((node) => {
      if (typeof node !== "string") return [node];
      return node.split(new RegExp(`(${form})`)).map((part, place) => {
        if (place % 2 === 0) return part;
        const span = document.createElement("span");
        span.lang = language;
        span.textContent = part;
        return span;
      });
    });
  }
  return nodes.filter((node) => node !== "");
}

/**
 * The text with its marks, as nodes.
 * @param {string} text
 * @param {Mark[]} found
 * @param {[string, string][]} letters of other languages
 */
export function marked(text, found, letters) {
  /** @type {(string | Node)[]} */
  const nodes = [];
  let end = 0;
  for (const mark of found) {
    if (mark.end <= end) continue;
    const start = Math.max(mark.start, end);
    nodes.push(...inTongues(text.slice(end, start), letters));
    const element = document.createElement("mark");
    element.append(...inTongues(text.slice(start, mark.end), letters));
    nodes.push(element);
    end = mark.end;
  }
  return [...nodes, ...inTongues(text.slice(end), letters)];
}

/**
 * The line for a page: its description where that holds as much of the query as anything; else a name, the text, or the words that it is known by.
 * @param {{ d?: string, n?: string[], w?: string[], b?: string, t: string }} page
 * @param {string[]} asked
 * @param {string} by what stands before words that people type
 */
export function why(page, asked, by) {
  const told = piece(page.d ?? "", asked);
  const title = answered(marks(page.t, asked));
  const names = (page.n ?? []).filter((name) => name !== page.t).map((name) => piece(name, asked)).sort((one, other) => other.count - one.count)[0];
  if (names && names.count > Math.max(title, told.count)) return names;
  const said = piece(page.b ?? "", asked);
  if (said.count > Math.max(title, told.count)) return said;
  if (told.count === 0 && title === 0) {
    const typed = (page.w ?? []).map((word) => piece(word, asked)).sort((one, other) => other.count - one.count)[0];
    if (typed?.count) return { ...typed, text: by + typed.text, marks: typed.marks.map((mark) => ({ ...mark, start: mark.start + by.length, end: mark.end + by.length })) };
  }
  return told;
}
