"""What can be wrong with an answer, told as soon as it is given: numbers, addresses, dates and names by the same rules as in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from atlas.commands.command import FailedError
from atlas.message import said

Trouble = Callable[[str], click.ClickException | None]
"""What is wrong with an answer, if anything."""


def right(_: str) -> None:
    """Of an answer that can be anything."""


def phone(label: str) -> Trouble:
    """Of a telephone number, as :mod:`atlas.records.phone` has it."""
    from atlas.records.phone import Phone

    return _of_type(label, Phone)


def website(label: str) -> Trouble:
    """Of a web address, as :mod:`atlas.records.weblink` has it."""
    from atlas.records.weblink import WebLink

    return _of_type(label, WebLink)


def date(label: str, *, whole: bool = False) -> Trouble:
    """Of a date, as precise as a source gives it, or ``whole``: to the day."""
    from atlas.records.date import Date, PartialDate

    return _of_type(label, Date if whole else PartialDate)


def _of_type(label: str, form: Any) -> Trouble:
    from pydantic import TypeAdapter, ValidationError

    def trouble(answer: str) -> click.UsageError | None:
        try:
            TypeAdapter(form).validate_python(answer)
        except ValidationError as error:
            told = error.errors(include_url=False)[0]["ctx"]
            return _told(label, told["what"], answer, told["mend"])
        return None

    return trouble


def text(label: str) -> Trouble:
    """Of a name: no character that is not what it seems, and no markup."""
    from atlas.intake.characters import troubles
    from atlas.loading import FOREIGN

    def trouble(answer: str) -> click.UsageError | None:
        for _, what, _, mend in troubles(answer):
            return _told(label, what, answer, mend)
        if FOREIGN.search(answer):
            return _told(label, "HTML or a template stands in a text", answer, "Write plain text: records have no markup.")
        return None

    return trouble


def _told(label: str, what: str, answer: str, mend: str) -> click.UsageError:
    from atlas.fault import shown

    return click.UsageError(f"{said(label)}: {what} (got {shown(answer)}). {mend}")


def known(kind: str, records: Mapping[str, Mapping[str, Any]]) -> Trouble:
    """Of the id of a record that must be there: ``records`` are those of the kind."""
    from atlas.drafting.likely import likely, name_of

    def trouble(answer: str) -> click.UsageError | None:
        if answer in records:
            return None
        near = [f"{key} ({name})" if (name := name_of(records[key])) and name != key else key for key in likely(answer, records)]
        if near:
            return click.UsageError(f'There is no {kind} "{answer}". Did you mean {", ".join(near)}?')
        listed = ", ".join([*records][:30]) + (" …" if len(records) > 30 else "")
        return click.UsageError(f'There is no {kind} "{answer}". There are: {listed}')

    return trouble


def new_name(folder: str, suggested: str, taken: Callable[[str], bool]) -> Trouble:
    """Of the id of a record that is not there yet."""
    from atlas.drafting.likely import slug
    from atlas.intake.names import name_trouble

    def trouble(answer: str) -> click.ClickException | None:
        if not answer:
            return click.UsageError(f"Give it an id, such as {suggested or 'example-clinic'}.")
        if taken(answer):
            return FailedError(f"data/{folder}/{answer}.yaml exists already. Change that file, or choose another id.")
        if wrong := name_trouble(answer):
            form = slug(answer) or "lower-case letters, digits and single hyphens"
            return click.UsageError(f'"{answer}" cannot be an id: {wrong[0]}. Write {form}.')
        return None

    return trouble


def new_country(taken: Mapping[str, Any]) -> Trouble:
    """Of the code of a country that is not in the table yet."""
    from babel import Locale

    names = Locale("en").territories

    def trouble(answer: str) -> click.ClickException | None:
        if answer in taken:
            return FailedError(f"{answer} ({names.get(answer, answer)}) is in data/entry/countries.yaml already. Change its row.")
        if answer in names and len(answer) == 2:
            return None
        near = [code for code, name in names.items() if len(code) == 2 and answer.casefold() in {name.casefold(), code.casefold()}]
        if near:
            return click.UsageError(f'"{answer}" is no ISO 3166-1 code. Did you mean {near[0]} ({names[near[0]]})?')
        return click.UsageError(f'"{answer}" is no ISO 3166-1 code. Write two capital letters, such as GL.')

    return trouble


def new_path(language: str, taken: Callable[[str], bool]) -> Trouble:
    """Of the path of a page that is not there yet in this language."""
    from atlas.drafting.likely import slug
    from atlas.intake.names import name_trouble

    def trouble(answer: str) -> click.ClickException | None:
        path = bare_path(answer)
        if not path:
            return click.UsageError("Give it a path below the language, such as rights/consent.")
        for part in path.split("/"):
            if part != "index" and (wrong := name_trouble(part)):
                form = slug(part) or "English words with hyphens"
                return click.UsageError(f'"{part}" cannot be part of a path: {wrong[0]}. Write {form}.')
        if taken(path):
            return FailedError(f"docs/{language}/{path}.md exists already. Change that file.")
        return None

    return trouble


def bare_path(answer: str) -> str:
    """A path without what people put around it: ``/rights/consent.md`` → ``rights/consent``."""
    return answer.strip("/").removesuffix(".md")
