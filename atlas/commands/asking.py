"""What a new file is made of: asked for where it is not given, and refused where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from atlas.commands import answer
from atlas.commands.answer import Trouble
from atlas.commands.exitcode import DONE, FAULTS
from atlas.commands.report import ROOT, report
from atlas.commands.today import today_in_korea
from atlas.drafting.draft import Draft
from atlas.fault import Fault
from atlas.message import said


class Form:
    """Asks for what is not given, and refuses what cannot be: at once, so that no answer is lost; where it asks, it asks again."""

    def __init__(self, ask: bool | None) -> None:
        from atlas.loading import languages_of, raw_records

        self.asks = sys.stdin.isatty() if ask is None else ask
        self.raw = raw_records(ROOT)
        self.languages: tuple[str, ...] = languages_of(ROOT)

    def _answered(self, label: str, given: str, trouble: Trouble, *, needed: bool = False, suggested: str = "") -> str:
        """What was given, or is answered; empty: left open, unless it is ``needed``. Raises the trouble where nobody can be asked."""
        found = given.strip() or self._asked(label, suggested)
        while (found or needed) and (error := trouble(found)):
            if not self.asks:
                raise error
            report().warn(error.message)
            found = self._asked(label, suggested)
        return found

    def _asked(self, label: str, suggested: str = "") -> str:
        if not self.asks:
            return ""
        found: str = click.prompt(said(label), default=suggested, show_default=bool(suggested), err=True)
        return found.strip()

    def names(self, given: Mapping[str, Any]) -> dict[str, str]:
        labels = {"ko": "Korean name", "en": "English name"}
        found = {code: self._answered(label, given[f"name_{code}"], answer.text(label)) for code, label in labels.items()}
        return {code: name for code, name in found.items() if name}

    def phone(self, given: str) -> str:
        return self._answered("Telephone", given, answer.phone("Telephone"))

    def website(self, given: str) -> str:
        return self._answered("Website", given, answer.website("Website"))

    def as_of(self, given: str) -> str:
        """The date of the newest source."""
        label = "Date of the newest source"
        return self._answered(label, given, answer.date(label))

    def checked_on(self, given: str) -> str:
        """The day of the comparison with the sources: today, unless another is given."""
        label = "Day on which it was compared with its sources"
        return self._answered(label, given or today_in_korea(), answer.date(label, whole=True), needed=True)

    def choice(self, label: str, values: Sequence[str]) -> str:
        wrong = click.UsageError(f"Use one of: {', '.join(values)}.")
        return self._answered(f"{said(label)} ({', '.join(values)})", "", lambda found: None if found in values else wrong)

    def one_of(self, label: str, given: str, kind: str) -> str:
        """An id of a kind of record."""
        return self._answered(label, given, answer.known(kind, self.raw[kind]))

    def district(self, given: str, province: str) -> str:
        """A district of the province."""
        known = answer.known("district", self.raw["district"])

        def trouble(found: str) -> click.ClickException | None:
            if (error := known(found)) or not province:
                return error
            if (home := self.raw["district"][found].get("province")) == province:
                return None
            return click.UsageError(f"The district {found} lies in {home}, not in {province}. Correct one of the two.")

        return self._answered("District", given, trouble)

    def some_of(self, label: str, given: Sequence[str], kind: str) -> tuple[str, ...]:
        """Ids of a kind of record."""
        found = list(given) or self._asked(label).replace(",", " ").split()
        return tuple(filter(None, (self.one_of(label, one, kind) for one in found)))

    def new_id(self, given: str, kind: str, folder: str, names: Mapping[str, str]) -> str:
        """An id that nothing has yet."""
        from atlas.drafting.likely import slug

        def taken(found: str) -> bool:
            return (ROOT / "data" / folder / f"{found}.yaml").exists() or found in self.raw[kind]

        suggested = slug(names.get("en", ""))
        return self._answered("Id", given, answer.new_name(folder, suggested, taken), needed=True, suggested=suggested)

    def new_country(self, given: str) -> str:
        """The code of a country that is not in the table yet."""
        return self._answered("Code", given, answer.new_country(self.raw["country"]), needed=True)

    def folder(self, given: str | None, kind: str) -> str:
        """Whether a place is a wellness site or an experience."""
        if given:
            return given
        homes = [name for name, kinds in (("wellness", "wellness-kind"), ("experiences", "experience-kind")) if kind in self.raw[kinds]]
        if len(homes) == 1:
            return homes[0]
        if self.asks:
            return (
                self.choice(
                    "Selected by the Korea Tourism Organization as a wellness site, or another experience", ("wellness", "experiences")
                )
                or "experiences"
            )
        if kind and not homes and (error := answer.known("experience-kind", self.raw["experience-kind"])(kind)):
            raise error
        raise click.UsageError("Say which it is: --of wellness (selected by the Korea Tourism Organization) or --of experiences.")

    def records_page(self, address: str) -> bool:
        """Whether a record has its page at an address; where the records cannot be read now, it is taken for a page of its own."""
        from atlas.address import record_paths
        from atlas.fault import FaultyInputError
        from atlas.loading import load

        try:
            return address in record_paths(load(ROOT))
        except FaultyInputError:
            return False

    def language(self, given: str) -> str:
        def trouble(found: str) -> click.UsageError | None:
            if found in self.languages:
                return None
            return click.UsageError(f'"{found}" is not a language of this site. Use one of: {", ".join(self.languages)}.')

        return self._answered("Language", given or self.languages[0], trouble, needed=True)

    def new_path(self, given: str, language: str) -> str:
        """The path of a page that is not there yet in this language."""
        trouble = answer.new_path(language, lambda path: (ROOT / "docs" / language / f"{path}.md").exists())
        return answer.bare_path(self._answered("Path below the language, such as rights/consent", given, trouble, needed=True))

    def write(self, kind: str, draft: Draft, whole: str | None = None) -> int:
        """Writes a record. What is wrong all the same is told; what was answered is kept, what was given can be given again."""
        from atlas.kinds import KINDS
        from atlas.loading import known_of, record_faults

        one = next(found for found in KINDS if found.name == kind)
        text = draft.text if whole is None else whole
        lines = range(draft.first, draft.first + len(draft.lines))
        gaps = tuple(gap.field for gap in draft.gaps)
        faults = [
            fault
            for fault in record_faults(one, text, draft.path, known_of(ROOT))
            if fault.line in lines and not fault.field.endswith(gaps)
        ]
        if faults and not self.asks:
            report().warn("Nothing was written: something that was given is wrong.")
            return report().found(faults)
        return self._written(draft, text, faults)

    def write_page(self, draft: Draft) -> int:
        """Writes a page."""
        return self._written(draft, draft.text)

    def _written(self, draft: Draft, text: str, faults: Sequence[Fault] = ()) -> int:
        path = ROOT / draft.path
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)
        told = report()
        told.result = {
            "file": draft.path,
            "missing": [{"line": gap.line, "field": gap.field, "what": gap.what} for gap in draft.gaps],
            "then": draft.then,
        }
        told.say("${file} is written.", file=draft.path)
        if draft.gaps:
            told.say("Still missing, in this order:")
            for gap in draft.gaps:
                told.say("  ${place}  ${field}: ${what}", place=f"{draft.path}:{gap.line}", field=gap.field, what=said(gap.what))
        if faults:
            told.say("Your answers are kept, but something in the file is wrong. Mend it there:")
            told.found(faults)
        told.say("Then: ${commands}", commands=said(", then ").join(draft.then))
        return FAULTS if faults else DONE


def _write(path: Path, text: str) -> None:
    """Writes a file in one step, so that nobody ever sees half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
