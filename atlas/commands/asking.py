"""What a new file is made of: asked for where it is not given, and refused where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from atlas.commands.command import FailedError
from atlas.commands.exitcode import DONE
from atlas.commands.report import ROOT, report
from atlas.drafting.draft import Draft
from atlas.message import said


class Form:
    """Asks for what is not given, and refuses what cannot be."""

    def __init__(self, ask: bool | None) -> None:
        from atlas.loading import languages_of, raw_records

        self.asks = sys.stdin.isatty() if ask is None else ask
        self.raw = raw_records(ROOT)
        self.languages: tuple[str, ...] = languages_of(ROOT)

    def names(self, given: Mapping[str, Any]) -> dict[str, str]:
        found = {"ko": self.text("Korean name", given["name_ko"]), "en": self.text("English name", given["name_en"])}
        return {code: name for code, name in found.items() if name}

    def text(self, label: str, given: str) -> str:
        """What was given, or is answered; empty: left open."""
        if given or not self.asks:
            return given.strip()
        answer: str = click.prompt(said(label), default="", show_default=False, err=True)
        return answer.strip()

    def choice(self, label: str, values: Sequence[str]) -> str:
        while (answer := self.text(f"{said(label)} ({', '.join(values)})", "")) and answer not in values:
            report().warn(f"Use one of: {', '.join(values)}.")
        return answer

    def one_of(self, label: str, given: str, kind: str) -> str:
        """An id of a kind of record; asked for again until there is such a record."""
        answer = given or self.text(label, "")
        while answer and answer not in self.raw[kind]:
            message = self._unknown(answer, kind)
            if given or not self.asks:
                raise click.UsageError(message)
            report().warn(message)
            answer = self.text(label, "")
        return answer

    def district(self, given: str, province: str) -> str:
        """A district of the province."""
        answer = self.one_of("District", given, "district")
        if answer and province and (home := self.raw["district"][answer].get("province")) != province:
            raise click.UsageError(f"The district {answer} lies in {home}, not in {province}. Correct one of the two.")
        return answer

    def some_of(self, label: str, given: Sequence[str], kind: str) -> tuple[str, ...]:
        answers = list(given) or self.text(label, "").replace(",", " ").split()
        return tuple(found for one in answers if (found := self._sure(label, one, kind, asked=not given)))

    def _sure(self, label: str, answer: str, kind: str, *, asked: bool) -> str:
        if answer in self.raw[kind]:
            return answer
        if not asked:
            raise click.UsageError(self._unknown(answer, kind))
        report().warn(self._unknown(answer, kind))
        return self.one_of(label, "", kind)

    def _unknown(self, answer: str, kind: str) -> str:
        from atlas.drafting.likely import likely, name_of

        near = [
            f"{key} ({name})" if (name := name_of(self.raw[kind][key])) and name != key else key for key in likely(answer, self.raw[kind])
        ]
        if near:
            return f'There is no {kind} "{answer}". Did you mean {", ".join(near)}?'
        ids = list(self.raw[kind])
        listed = ", ".join(ids[:30]) + (" …" if len(ids) > 30 else "")
        return f'There is no {kind} "{answer}". There are: {listed}'

    def new_id(self, given: str, kind: str, folder: str, names: Mapping[str, str]) -> str:
        """An id that nothing has yet."""
        from atlas.drafting.likely import slug
        from atlas.intake.names import name_trouble

        suggested = slug(names.get("en", ""))
        answer = given
        if not answer and self.asks:
            answer = click.prompt(said("Id"), default=suggested or None, err=True)
        if not answer:
            raise click.UsageError(f"Give it an id, such as {suggested or 'example-clinic'}.")
        if (ROOT / "data" / folder / f"{answer}.yaml").exists() or answer in self.raw[kind]:
            raise FailedError(f"data/{folder}/{answer}.yaml exists already. Change that file, or choose another id.")
        if trouble := name_trouble(answer):
            raise click.UsageError(
                f'"{answer}" cannot be an id: {trouble[0]}. Write {slug(answer) or "lower-case letters, digits and single hyphens"}.'
            )
        return answer

    def new_country(self, given: str) -> str:
        """The code of a country that is not in the table yet."""
        from babel import Locale

        names = Locale("en").territories
        answer = given or self.text("Code", "")
        if answer in self.raw["country"]:
            raise FailedError(f"{answer} ({names.get(answer, answer)}) is in data/entry/countries.yaml already. Change its row.")
        if answer not in names or len(answer) != 2:
            near = [code for code, name in names.items() if len(code) == 2 and answer.casefold() in {name.casefold(), code.casefold()}]
            if near:
                raise click.UsageError(f'"{answer}" is no ISO 3166-1 code. Did you mean {near[0]} ({names[near[0]]})?')
            raise click.UsageError(f'"{answer}" is no ISO 3166-1 code. Write two capital letters, such as GL.')
        return answer

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
        if kind and not homes:
            raise click.UsageError(self._unknown(kind, "experience-kind"))
        raise click.UsageError("Say which it is: --of wellness (selected by the Korea Tourism Organization) or --of experiences.")

    def records_page(self, address: str) -> bool:
        """Whether a record has its page at an address; where the records cannot be read now, it is taken for a page of its own."""
        from atlas.fault import FaultyInputError
        from atlas.loading import load
        from atlas.staging import record_paths

        try:
            return address in record_paths(load(ROOT))
        except FaultyInputError:
            return False

    def language(self, given: str) -> str:
        if given and given not in self.languages:
            raise click.UsageError(f'"{given}" is not a language of this site. Use one of: {", ".join(self.languages)}.')
        return given or self.languages[0]

    def new_path(self, given: str, language: str) -> str:
        """The path of a page that is not there yet in this language."""
        from atlas.drafting.likely import slug
        from atlas.intake.names import name_trouble

        answer = (given or self.text("Path below the language, such as rights/consent", "")).strip("/").removesuffix(".md")
        if not answer:
            raise click.UsageError("Give it a path below the language, such as rights/consent.")
        for part in answer.split("/"):
            if part != "index" and (trouble := name_trouble(part)):
                raise click.UsageError(
                    f'"{part}" cannot be part of a path: {trouble[0]}. Write {slug(part) or "English words with hyphens"}.'
                )
        if (ROOT / "docs" / language / f"{answer}.md").exists():
            raise FailedError(f"docs/{language}/{answer}.md exists already. Change that file.")
        return answer

    def write(self, kind: str, draft: Draft, whole: str | None = None) -> int:
        """Writes a record, if nothing that was given is wrong."""
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
        if faults:
            report().warn("Nothing was written: something that was given is wrong.")
            return report().found(faults)
        return self._written(draft, text)

    def write_page(self, draft: Draft) -> int:
        """Writes a page."""
        return self._written(draft, draft.text)

    def _written(self, draft: Draft, text: str) -> int:
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
        told.say("Then: ${commands}", commands=said(", then ").join(draft.then))
        return DONE


def _write(path: Path, text: str) -> None:
    """Writes a file in one step, so that nobody ever sees half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
