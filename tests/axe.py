"""axe-core on a page in the browser: what it finds, and nothing else, since the list of what is well is a hundred times longer."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours: of all of them, those that dark and light can answer differently."""
_RUN = """async (rules) => (await axe.run(document, { resultTypes: ["violations"], runOnly: rules })).violations
    .map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)"""


def violations(page: Page, rules: tuple[str, ...] = ALL) -> list[str]:
    """The rules that a page breaks, each with the first element that does. The policy of the page does not bind the debugger."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, rules)
    assert isinstance(found, list)
    return found
