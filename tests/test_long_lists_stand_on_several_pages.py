"""A list of more institutions than a page has room for is cut into pages, so that no page grows with the guide: what a page lists, who
stands where, and how one gets from page to page, shown with less room than there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from atlas.contents import Contents
from atlas.views import paging
from atlas.views.page import Page
from atlas.views.paging import is_further
from tests.conftest import LANGUAGES, ROOT, checked

ORIGIN = "https://example.org/"
ROOM = 20
"""Institutions on a page; there are more in some province, of some kind, and at some base."""


def contents() -> Contents:
    return Contents(ROOT, ORIGIN, *checked())


def pages_of(found: Contents, language: str = "en") -> dict[str, Page]:
    """The lists and the cards, by address."""
    return {path: draft.page for path, draft in found.facts[language].items() if _is_list(path)}


def _is_list(path: str) -> bool:
    return "/cards/" in path or (path.startswith("hospitals/") and path.count("/") > 2)


def shown(page: Page) -> list[str]:
    """What a page lists, in order."""
    groups = page.view.get("groups", ())
    return [one["path"] for one in page.view.get("cards", ())] or [row["path"] for group in groups for row in group["rows"]]


@pytest.fixture(scope="module")
def whole() -> dict[str, Page]:
    return pages_of(contents())


@pytest.fixture(scope="module")
def short(whole: Mapping[str, Page]) -> Iterator[Contents]:
    """The guide with less room on a page, once the ``whole`` lists have been made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MOST", ROOM)
        yield contents()


def test_each_institution_stands_once_and_in_its_place(whole: Mapping[str, Page], short: Contents) -> None:
    cut = pages_of(short)
    assert whole.keys() == {path for path in cut if not is_further(path)}
    for path, page in whole.items():
        pages = [cut[path], *turned(cut, path)]
        listed = [one for part in pages for one in shown(part)]
        if "cards" in page.view:  # other places than institutions stand on the last page
            listed.sort(key=shown(page).index)
        assert listed == shown(page), path
        institutions = [sum(one.startswith("hospitals/") for one in shown(part)) for part in pages]
        assert max(institutions) <= ROOM
        assert all(count == ROOM for count in institutions[:-1]), path


def turned(pages: Mapping[str, Page], path: str) -> Iterator[Page]:
    """The further pages of a list, each from the one before, in so many steps as there are pages."""
    before = pages[path]
    while after := before.view.get("turn", {}).get("after"):
        page = pages[after]
        assert page.view["turn"]["before"] == before.path
        assert [one["path"] for one in page.view["turn"]["pages"] if "here" in one] == [after]
        assert {path, before.path, after} <= {one["path"] for one in page.view["turn"]["pages"]} <= pages.keys()
        yield page
        before = page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_further_page_can_be_told_from_the_others(short: Contents, language: str) -> None:
    pages = pages_of(short, language)
    further = [page for page in pages.values() if is_further(page.path)]
    assert len(further) > 20
    for name in ("title", "description"):
        assert len({getattr(page, name) for page in pages.values()}) == len(pages)
    for page in further:
        assert page.crumbs[-1][1] == page.path[: page.path.rstrip("/").rindex("/") + 1]


def test_a_heading_is_jumped_to_on_the_page_where_it_begins(short: Contents) -> None:
    pages = pages_of(short)
    jumps = [one for page in pages.values() for one in page.view.get("jumps", ())]
    assert any(is_further(one["path"]) for one in jumps)
    for one in jumps:
        ids = [group["id"] for group in pages[one["path"]].view["groups"]]
        assert one["id"] in ids
        assert one["id"] == ids[0] or one["id"] not in [group["id"] for group in _before(pages, one["path"])]


def _before(pages: Mapping[str, Page], path: str) -> list[dict[str, Any]]:
    before = pages[path].view["turn"].get("before")
    return list(pages[before].view["groups"]) if before else []


@pytest.mark.parametrize("path", ["hospitals/", "treatments/stomach-cancer-surgery/", "regions/seoul/", "search/", "offline/"])
def test_no_other_page_lists_more_either(short: Contents, path: str) -> None:
    draft = short.page("en", path)
    assert draft
    printed = {key: value for key, value in draft.page.view.items() if key not in ("keepable", "packed", "sets")}
    linked = set(_paths(printed)) & {f"hospitals/{key}/" for key in short.atlas.institutions}
    assert len(linked) <= ROOM


def _paths(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if key == "path":
                yield str(inside)
            yield from _paths(inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from _paths(inside)


def test_all_cards_of_a_base_are_kept_together(short: Contents) -> None:
    draft = short.page("en", "offline/")
    assert draft
    view = draft.page.view
    cards = [path for path in short.paths if path.startswith("regions/seoul/cards/")]
    assert len(cards) > 1
    assert sorted(view["sets"]["regions/seoul/cards/"]) == sorted(cards)
    assert set(cards) <= set(view["keepable"])
    assert "open" in view
