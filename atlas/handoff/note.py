"""What a translator is told beside a segment: where it stands, what its references print, what may be written instead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.handoff.code import marks, tokens
from atlas.handoff.parcel import Passage, Segment
from atlas.linking import link
from atlas.reference import Named, NotFoundError, look_up, named_records, references
from atlas.translation.digest import digest
from atlas.translation.state import PAGE
from atlas.views.figure import Said, figure_text
from atlas.views.prose import Prose
from atlas.views.reader import Citations, Reader
from atlas.wording import Wording

EXPORTED = "exported"
"""The category of the note that holds the digest of the translation as it stood there when it was exported."""
_TAG = re.compile(r"<[^<>]*>")
_STATES = {
    "missing": "There is no translation yet.",
    "stale": "The source has changed since it was translated.",
    "unreviewed": "Translated; no specialist has reviewed it.",
    "current": "Translated; the source has not changed since.",
}


@dataclass
class Notes:
    """Makes the notes of one hand-off; ``prints`` keeps what was looked up once."""

    atlas: Atlas
    articles: Mapping[str, Mapping[str, Article]]
    source: str
    target: str
    _prints: dict[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        site = self.atlas.site_languages[self.source]
        words = Wording(self.source, site.locale, self.atlas.wordings[self.source], myriads=site.myriads)
        self._reader = Reader(self.source, self.atlas, link(self.atlas, self.articles), words)
        self._named: Mapping[str, Named] = named_records(self.atlas)

    def of_passage(self, passage: Passage) -> Iterator[tuple[str, str]]:
        """Notes on a section or text as a whole, each with its category."""
        unit = passage.unit
        yield "state", _STATES[unit.state]
        if unit.critical:
            yield "class", "Class A: visa, medicine, law, money or emergency. A wrong word is a wrong fact; no machine text may stand here."
        if passage.loose:
            yield "translation", f"What stands there now is built otherwise than the source:\n{passage.loose.strip()}"
        if unit.kind == PAGE:
            yield "address", f"/{unit.path}" + (f"#{unit.key}" if unit.key != "top" else "")
        yield "file", f"{unit.file}:{unit.line}"

    def of_segment(self, passage: Passage, segment: Segment) -> Iterator[tuple[str, str]]:
        """Notes on one segment, each with its category."""
        yield EXPORTED, digest(segment.target or "")
        yield "place", segment.kind
        if segment.limit and passage.unit.kind == PAGE:
            yield "length", f"At most {segment.limit} characters."
        for data in dict.fromkeys(mark.data for mark in marks(tokens(segment.source)) if mark.data.startswith("{{")):
            if said := " | ".join(self._said(data, passage)):
                yield "reference", f"{data} prints: {said}"
        for pair in segment.terms:
            yield "term", f"{pair.term} = {pair.translation}" + "".join(f"; not {form}: {why}" for form, why in pair.avoid)
        if segment.earlier:
            was, translation = segment.earlier
            yield "previous source", was
            if translation:
                yield "previous translation", translation

    def prints(self, data: str, passage: Passage) -> str:
        """What a reference prints now in the language of the source; ``""`` for other codes."""
        return next(iter(self._said(data, passage)), "") if data.startswith("{{") else ""

    def _said(self, data: str, passage: Passage) -> Sequence[str]:
        """What a reference prints now, in the language of the source and in that of the translation."""
        if data not in self._prints:
            [one] = references(data)
            said = []
            for language in (self.source, self.target):
                reader = self._reader.speaking(language)
                if one.kind in {"value", "cite"}:
                    try:
                        led = look_up(self.atlas, self._named, one)
                    except NotFoundError:
                        break
                    if one.kind == "cite" or led.value is None:
                        said.append("[sources]")
                        break
                    text = figure_text(reader, led.value)
                    forms = text.forms if isinstance(text, Said) and language == self.target else {}
                    said.append("; ".join([str(text), *(f":{form} → {other}" for form, other in forms.items() if other != text)]))
                elif one.kind in {"record", "count"}:
                    article = next(iter(self.articles[passage.unit.path].values()))
                    said.append(html.unescape(_TAG.sub("", Prose(reader, article, Citations(reader)).line(data))))
                elif one.kind == "literal":
                    said.append(one.name)
                    break
            self._prints[data] = said
        return self._prints[data]
