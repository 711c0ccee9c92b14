"""What is made of all pages of a language: the two that list the others, the index of search, and what readers take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from atlas.building.kept import Edition, Language, read_language
from atlas.building.making import Making
from atlas.building.pages import make_page
from atlas.building.share import Made
from atlas.offline.publishing import write_offline
from atlas.publishing.manifest import Written
from atlas.publishing.writing import Writing
from atlas.search.entry import entry_of
from atlas.search.index import Index
from atlas.staging import Stage, search_vocabulary
from atlas.views.offline import PATH as OFFLINE
from atlas.views.page import Page
from atlas.views.quoting import bare
from atlas.views.search import PATH as SEARCH
from atlas.views.searchable import searched


def finish_language(
    making: Making,
    staged: Stage,
    language: str,
    found: Mapping[str, Made],
    lists: Sequence[Page],
    files: Mapping[str, Written],
    site: Path | None,
    before: Edition | None,
    stale: frozenset[str] | None,
) -> tuple[Language, dict[str, bytes]]:
    ...
