"""An index that was brought up to date is the index made anew."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.search.counted import Counted, counted
from atlas.search.entry import Entry
from atlas.search.index import Index
from atlas.search.vocabulary import Vocabulary

VOCABULARY = Vocabulary(stop=("the", "и", "的"), equal={"химия": "химиотерапия"}, others={"療": "疗", "癥": "症"})
TEXT = """
    accident accidental accidentally acciden surgery surgeries surgical check-up checkup pet-ct C-3-3 С-3-3 the visa visas price-list
    клетка клеток россиянин россияне Пусан пусанский Сеул сеульский химия онко-клиника врач врача врачей и
    위암 수술 암 서울의료원 병원에서 癌症 治疗 医院 的 手術後 위手 Größe ßabc Ελλάδα
"""
"""Words that stand under each other, forms that endings make, codes, runs, and letters of other scripts."""
texts = st.lists(st.sampled_from(TEXT.split()), max_size=12).map(" ".join)
names = st.lists(texts.filter(bool), max_size=2).map(tuple)
entries = st.builds(
    Entry,
    path=st.sampled_from(["", "a/", "a/b/", "a-b/", "b/", "b/c/d/"]),
    title=texts,
    kind=st.sampled_from(["guide", "list"]),
    place=texts,
    names=names,
    words=names,
    foreign=names,
    asked=names,
    headings=names,
    description=texts,
    text=texts,
    weight=st.sampled_from([1, 0.6, 1.15]),
)


@pytest.fixture(scope="module", autouse=True)
def small_files() -> Iterator[None]:
    """A few pages fill many files."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("filing.FILE", 60), ("filing.SPREAD", 90), ("slips.TOGETHER", 2), ("index.CUTS", 4), ("index.GROUP", 3)):
            patch.setattr(f"atlas.search.{name}", value)
        yield


def anew(pages: dict[str, Entry]) -> Index:
    index = Index(VOCABULARY)
    for page in pages.values():
        index.add(page)
    return index


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(entries, st.sampled_from(["", "a/b/", "b/"]), texts), max_size=4), max_size=4))
def test_whatever_was_added_changed_and_taken_away(rounds: list[list[Entry | str]]) -> None:
    """Also when it was put away between two builds; and it says which files are others than before."""
    index = Index(VOCABULARY)
    pages: dict[str, Entry] = {}
    last: dict[str, bytes] = {}
    for changes in rounds:
        for change in changes:
            if isinstance(change, Entry):
                pages[change.path] = change
                index.add(change)
            elif change in pages:
                del pages[change]
                index.drop(change)
            elif pages:  # an edit of a text
                path = min(pages)
                pages[path] = replace(pages[path], text=change)
                index.add(pages[path])
        index = pickle.loads(pickle.dumps(index))
        update = index.update()
        assert update.files == anew(pages).update().files
        now = {name.removeprefix(f"{update.version}/"): content for name, content in update.files.items() if name != "index.json"}
        assert update.differing == {name for name, content in now.items() if last.get(name) != content}
        last = now


@given(texts, texts, texts)
def test_what_is_counted_of_a_page_goes_through_json(title: str, heading: str, text: str) -> None:
    found = counted((title, (heading,), text), heading, whole=True)
    assert Counted.of_plain(json.loads(json.dumps(found.plain()))) == found
