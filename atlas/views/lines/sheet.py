"""A sheet on which a record writes what it says, one line after another, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from atlas.changes.line import Line
from atlas.records.figure import Figures
from atlas.records.institution import Address, Name
from atlas.records.institution import Line as PhoneLine
from atlas.records.localised import Localised, Passage
from atlas.records.period import Period
from atlas.records.point import Point
from atlas.records.statement import Doubt, Statement
from atlas.views.figure import figure_text, term
from atlas.views.institution import phone_view
from atlas.views.reader import Citations, Reader


class Sheet:
    """Lines for one reader. ``contact``: whether contact details may be told to this reader; ``keys``: a name for each period."""

    def __init__(self, reader: Reader, *, contact: bool = True, keys: Sequence[str] = ()) -> None:
        self.reader = reader
        self.contact = contact
        self.keys = keys
        self.lines: list[Line] = []

    def word(self, key: str, **values: object) -> str:
        """A text of the interface."""
        return self.reader.words.say(key, **values)

    def put(self, path: str, label: str, said: str | Passage | None, sources: Iterable[str] = (), **more: Any) -> None:
        """One line; a bare text is in the reader's language."""
        passage = Passage(said, self.reader.language) if isinstance(said, str) else said
        self.lines.append(Line(path, label, passage, tuple(sources), **more))

    def held(self, path: str, label: str, said: str | Passage, sources: Iterable[str] = ()) -> None:
        """A line of contact details: withheld from readers whom the page does not give them."""
        self.put(path, label, said if self.contact else None, sources)

    def text(self, path: str, label: str, text: Localised, sources: Iterable[str] = (), values: Figures | None = None) -> None:
        """A text in words, with its figures filled in."""
        self.put(path, label, self.passage(text, values), sources)

    def passage(self, text: Localised, values: Figures | None = None) -> Passage:
        """A text with its figures filled in and without the marks of quoted languages."""
        found = text.passage(self.reader.language)
        said = found.text
        if values:
            own = self.reader.speaking(found.language)
            said = said.format(**{name: figure_text(own, value) for name, value in values.items()})
        return Passage(str(self.reader.marked(said, found.language)["text"]), found.language)

    def plain(self, text: Localised) -> str:
        """The bare text, as a part of a line."""
        return self.passage(text).text

    def doubt(self, path: str, text: Localised | None, sources: Iterable[str] = (), values: Figures | None = None) -> None:
        """What is not sure."""
        if text:
            self.text(path, self.word("status-doubt"), text, sources, values)

    def statements(self, path: str, label: str, found: Iterable[Statement | Doubt]) -> None:
        """Sourced sentences, one line each."""
        for one in found:
            self.text(path, label, one.text, one.sources)

    def members(self, path: str, label: str, found: Mapping[str, str], sources: Iterable[str] = (), *, countries: bool = False) -> None:
        """Many things by id, of which only those are told that came or went; ``countries``: they are passports."""
        for key, said in found.items():
            self.put(path, label, said, sources, member=key, **({"countries": (key,)} if countries else {}))

    def names(self, names: Mapping[str, Name]) -> None:
        """The names in every language."""
        for code, name in names.items():
            label = self.word("change-name-in", language=self.reader.words.language(code))
            self.put(f"names.{code}", label, Passage(name.text, code), name.sources)

    def address(self, address: Address | None) -> None:
        """The address in each language in which a source prints it."""
        if address:
            for code, text in address.text.root.items():
                self.put(f"address.{code}", self.word("about-address"), Passage(text, code), address.sources)

    def point(self, path: str, point: Point | None) -> None:
        """Degrees of latitude and longitude."""
        if point:
            said = self.word("change-degrees", latitude=f"{point.lat:.6f}", longitude=f"{point.lon:.6f}")
            self.put(path, self.word("change-point"), said, (point.source,))

    def phone(self, path: str, label: str, line: PhoneLine) -> None:
        """A telephone line with what it is for."""
        said = str(phone_view(self.reader, line, Citations(self.reader))["text"])
        self.held(path, label, self.noted(said, self.plain(line.purpose) if line.purpose else ""), line.sources)

    def noted(self, said: str, note: str) -> str:
        """A text with a note in brackets behind it."""
        return f"{said}{self.word('bracket-open')}{note}{self.word('bracket-close')}" if note else said

    def term(self, key: str, period: Period, *, followed: bool) -> None:
        """Since when and until when a period holds."""
        found = term(self.reader, period, followed=followed)
        if found:
            self.put(f"{key}.term", self.word("change-term"), str(found["text"]), period.sources)
