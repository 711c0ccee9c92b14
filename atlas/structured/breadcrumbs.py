"""The way to a page from the home page, as it stands above its heading (schema.org ``BreadcrumbList``)."""

from __future__ import annotations

from atlas.structured.node import Addresses, Node, node
from atlas.views.page import Page


def breadcrumbs(page: Page, addresses: Addresses) -> Node | None:
    """The pages above with their addresses, and the page itself by its heading; nothing for the home page."""
    if not page.crumbs:
        return None
    steps: list[tuple[str, Node | None]] = [(text, {"@id": addresses.page(path)}) for text, path in page.crumbs]
    if own := heading(page):
        steps.append((own, None))
    items = [node("ListItem", position=place, name=name, item=item) for place, (name, item) in enumerate(steps, start=1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def heading(page: Page) -> str:
    """The heading of a page: that of its view, or the name of its record."""
    found = page.view.get("heading") or page.view.get("name", "")
    return str(found["text"]) if isinstance(found, dict) else str(found)
