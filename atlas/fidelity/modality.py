"""*Must*, *may*, *need not* and *must not*: where a sentence says one of them and its translation another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Force = Literal["must", "may", "need not", "must not"]
GROUPS: Mapping[str, Force | None] = {"other": None, "need_not": "need not", "must_not": "must not", "must": "must", "may": "may"}
"""The groups of forms in ``data/modality.yaml``, in the order in which they are looked for, and what each says."""


_DUTIES: frozenset[Force] = frozenset({"must", "must not"})


class Forms(Protocol):
    """The forms of one language: regular expressions by group, and whether each begins where a word begins."""

    @property
    def begins_words(self) -> bool: ...
    @property
    def other(self) -> tuple[str, ...]: ...
    @property
    def need_not(self) -> tuple[str, ...]: ...
    @property
    def must_not(self) -> tuple[str, ...]: ...
    @property
    def must(self) -> tuple[str, ...]: ...
    @property
    def may(self) -> tuple[str, ...]: ...
    @property
    def strong(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Marker:
    """A form that says what one must, may, need not or must not do, and its place in the text."""

    force: Force
    start: int
    text: str


@dataclass(frozen=True)
class Exchange:
    """A translation says ``said`` where its source says ``meant``."""

    meant: Marker
    said: Marker
    alone: bool
    """Whether each of the two texts says one of the four and no other."""


class Modality:
    """The forms of each language."""

    def __init__(self, forms: Mapping[str, Forms]) -> None:
        self._forms = {language: _pattern(one) for language, one in forms.items()}
        self._strong = {language: re.compile("|".join(one.strong)) for language, one in forms.items() if one.strong}

    def markers(self, text: str, language: str) -> Iterator[Marker]:
        """Each form in a text, in its order; none in a language of which no forms are known."""
        pattern = self._forms.get(language)
        for match in pattern.finditer(text.lower()) if pattern else ():
            if force := GROUPS[match.lastgroup or "other"]:
                yield Marker(force, match.start(), text[match.start() : match.end()])

    def exchange(self, source: str, source_language: str, text: str, language: str, *, counted: bool = False) -> Exchange | None:
        """What the source says and the translation does not, where the translation says what the source does not.

        ``counted``: how often each says it matters, as it does in one sentence and not in a paragraph, which repeats as it likes.
        """
        meant = list(self.markers(source, source_language))
        if not meant:
            return None
        said = list(self.markers(text, language))
        theirs, ours = Counter(marker.force for marker in meant), Counter(marker.force for marker in said)
        if not counted:
            theirs, ours = Counter(theirs.keys()), Counter(ours.keys())
        lost, new = theirs - ours, ours - theirs
        if not lost or not new:
            return None
        first, last = (next(one for one in found if one.force == min(forces)) for found, forces in ((meant, lost), (said, new)))
        return Exchange(first, last, alone=len(theirs) == len(ours) == 1)

    def vanished(self, source: str, source_language: str, text: str, language: str) -> Marker | None:
        """A plain *must* or *must not* of the source that the translation does not have, without saying anything else instead.

        Only the strong forms of the source are looked for: what one *needs* or *cannot* do is said in too many ways.
        """
        strong = self._strong.get(source_language)
        if strong is None or language not in self._forms:
            return None
        meant = list(self.markers(source, source_language))
        if not meant:
            return None
        low = source.lower()
        said = {marker.force for marker in self.markers(text, language)}
        if said - {marker.force for marker in meant}:
            return None
        return next((one for one in meant if one.force in _DUTIES - said and strong.match(low, one.start)), None)


def _pattern(forms: Forms) -> re.Pattern[str]:
    """One expression for all forms; the name of the group that has matched is that of what it says."""
    groups = {group: getattr(forms, group) for group in GROUPS}
    found = "|".join(f"(?P<{group}>{'|'.join(those)})" for group, those in groups.items() if those) or "(?!)"
    return re.compile(rf"\b(?=\w)(?:{found})" if forms.begins_words else found)
