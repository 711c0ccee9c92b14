"""axe-core on a page in the browser: what it finds, and nothing else, since the list of what is well is a hundred times longer."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours: of all of them, those that dark and light can answer differently."""
OF_LIGHTHOUSE = ("label-content-name-mismatch", "table-fake-caption", "td-has-header", "identical-links-same-purpose")
"""What Lighthouse asks beside the tags: with these, all that it can say of accessibility is asked here."""

_RUN = """async ([options, seen]) => {
    if (typeof axe !== "object") return null;
    const known = new Set(seen), fresh = new Map();
    const looks = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "textShadow", "textDecorationLine", "position",
        "fontSize", "fontWeight"];
    const styled = (style) => looks.map((name) => style[name]).join(" ");
    const named = (one) => `${one.localName} ${[...one.attributes].map(({ name, value }) =>
        /^(class|role|type|disabled|aria-disabled|hidden|aria-hidden)$/.test(name) ? `${name}=${value}` : "").join(" ")}`;
    const hashed = (text) => {
        let [high, low] = [0xdeadbeef, 0x41c6ce57];
        for (let place = 0; place < text.length; place++) {
            const letter = text.charCodeAt(place);
            high = Math.imul(high ^ letter, 2654435761);
            low = Math.imul(low ^ letter, 1597334677);
        }
        return 4294967296 * (2097151 & low) + (high >>> 0);
    };
    const walk = (parent, place) => {
        for (const child of parent.children) {
            const form = hashed(`${place} ${named(child)} ${styled(getComputedStyle(child))}`);
            const text = [...child.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data.trim()).join("");
            if ((text || child.matches("a, input, select, textarea")) && child.checkVisibility({ visibilityProperty: true })) {
                const whole = text.length > 1 ? form : -form;
                if (!known.has(whole)) fresh.set(child, whole);
                known.add(whole);
            }
            walk(child, form);
        }
    };
    const told = (found) => found.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
    if (!seen) return [told((await axe.run(document, options)).violations), []];
    walk(document, innerWidth);
    if (!fresh.size) return [[], []];
    const { violations, incomplete } = await axe.run({ include: [...fresh.keys()] }, options);
    for (const { element } of incomplete.flatMap(({ nodes }) => nodes)) fresh.delete(element);
    return [told(violations), [...fresh.values()]];
}"""


def violations(page: Page) -> list[str]:
    """The rules that a page breaks, each with the first element that does. The policy of the page does not bind the debugger."""
    return _asked(page, _all(colours=True), None)[0]


def violations_but_of_colours(page: Page) -> list[str]:
    """The rules that a page breaks, without those that look at colours."""
    return _asked(page, _all(colours=False), None)[0]


def violations_of_colours(page: Page, seen: set[int]) -> list[str]:
    """The rules on colours that a page breaks, asked of each form of text that is not in ``seen``, which is added to.

    Two texts are of one form where they and all that they stand in have the same element, class, colours, size and place, and the window
    is as wide. Such texts differ in nothing that the rules look at. What axe cannot decide of one text is asked of the next one.
    """
    told, fresh = _asked(page, {"resultTypes": ["violations", "incomplete"], "runOnly": COLOURS, "elementRef": True}, sorted(seen))
    seen.update(fresh)
    return told


def _all(*, colours: bool) -> dict[str, Any]:
    rules = {rule: {"enabled": True} for rule in OF_LIGHTHOUSE} | {rule: {"enabled": colours} for rule in COLOURS}
    return {"resultTypes": ["violations"], "runOnly": TAGS, "rules": rules}


def _asked(page: Page, options: dict[str, Any], seen: list[int] | None) -> tuple[list[str], list[int]]:
    answer = page.evaluate(_RUN, [options, seen])
    if answer is None:
        page.evaluate(AXE_SCRIPT)
        answer = page.evaluate(_RUN, [options, seen])
    told, fresh = answer
    return told, fresh
