"""``search/``: the field, and, for readers without scripts, the topics and an index from A to Z."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from atlas import address
from atlas.views.initial import OTHER, initial
from atlas.views.page import Page
from atlas.views.paging import fits, is_further
from atlas.views.reader import Reader

PATH = address.SEARCH
TOPICS = (
    ("nav-hospitals", "hospitals/"),
    ("nav-treatments", "treatments/"),
    ("nav-visa", "visa/"),
    ("from-all-title", "from/"),
    ("nav-regions", "regions/"),
    ("clusters-title", "clusters/"),
    ("wellness-title", "wellness/"),
    ("culture-title", "k-culture/"),
    ("gentle-title", "gentle-days/"),
    ("nav-plan", "plan/"),
    ("nav-rights", "rights/"),
    ("foot-remote-care", "remote-care/"),
    ("foot-programmes", "programmes/"),
    ("foot-numbers", "numbers/"),
    ("foot-north", "north-korea/"),
    ("foot-status", "status/"),
    ("nav-about", "about/"),
)
KINDS = ("hospital", "treatment", "visa", "country", "list", "place", "rest", "guide")
"""The kinds of page, in the order in which results are grouped."""
LISTED = (
    "hospitals/",
    "treatments/",
    "visa/",
    "plan/",
    "rights/",
    "remote-care/",
    "programmes/",
    "numbers/",
    "north-korea/",
    "about/",
    "data/",
)
"""Sections whose pages stand in the index one by one; countries and places have lists of their own, which the topics name."""


def search_page(reader: Reader, pages: Iterable[Page]) -> Page:
    """The page of search in one language; ``pages`` are all others."""
    words = reader.words
    title = words.say("search-title")
    return Page(
        path=PATH,
        language=reader.language,
        template="search.html",
        title=title,
        description=words.say("search-description"),
        view={
            "heading": title,
            "topics": [{"text": words.say(key), "path": path} for key, path in TOPICS],
            "letters": _letters(reader, pages),
        },
        crumbs=((words.say("nav-home"), ""),),
        changed_on=reader.atlas.site.released,
        feedback="search",
    )


def _letters(reader: Reader, pages: Iterable[Page]) -> list[dict[str, Any]]:
    """The names of pages by letter, in the order of the language; of more institutions than a page lists, those have lists of their own."""
    institutions = reader.atlas.institutions
    apart = set[str]() if fits(institutions) else {f"hospitals/{key}/" for key in institutions}
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        if page.path in apart or is_further(page.path):
            continue
        if page.path.startswith(LISTED) and not page.path.startswith(("hospitals/in/", "hospitals/speaking/")):
            name = _name(reader, page)
            found.setdefault(initial(name, reader.site), []).append((name, page.path))
    groups = []
    for letter in sorted(found, key=lambda letter: (letter == OTHER, reader.collated(letter))):
        ordered = sorted(found[letter], key=lambda one: reader.collated(one[0]))
        groups.append({"letter": letter, "links": [{**reader.line(name), "path": path} for name, path in ordered]})
    return groups


def _name(reader: Reader, page: Page) -> str:
    """What a page is called in an index: an institution by its name alone."""
    key = page.path.removeprefix("hospitals/").rstrip("/")
    if key in reader.atlas.institutions:
        return reader.bare_name(reader.atlas.institutions[key])
    return heading_of(reader, page)


def heading_of(reader: Reader, page: Page) -> str:
    """What stands at the top of a page, for a line that is put together from many."""
    return reader.quoted(str(page.view.get("heading", page.title)), page.written_in or page.language)


def says(reader: Reader) -> dict[str, Any]:
    """What the script says that shows results."""
    words = reader.words
    lines = sorted((line for line in reader.atlas.helplines.values() if line.footer), key=lambda line: line.order)
    plain = ("nothing", "try", "call", "more", "all", "groups", "every", "by")
    return {
        **{key: words.say(f"search-{key}") for key in plain},
        "count": words.forms("search-count"),
        "letters": [(reader.tag_of(code), form.pattern) for code, form in reader.tongues.runs(reader.language)],
        "latin": _latin(reader),
        "kinds": {kind: words.say(f"search-kind-{kind}") for kind in KINDS},
        "helplines": [{"number": line.number, "tel": line.number.replace("-", ""), "name": reader.text(line.name)} for line in lines],
    }


def _latin(reader: Reader) -> str:
    """The tag of the language that Latin letters are taken for, where this one is written in others."""
    known = reader.atlas.known_in(reader.language).values()
    return "" if reader.site.script == "Latn" else next((site.tag for site in known if site.script == "Latn"), "")
