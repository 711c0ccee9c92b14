"""From the files in ``data/`` to an :class:`~atlas.atlas.Atlas`, or to every fault in them at once."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from atlas.atlas import Atlas
from atlas.crosschecks import (
    Trouble,
    decision_troubles,
    figure_troubles,
    language_troubles,
    naming_troubles,
    passport_troubles,
    place_troubles,
)
from atlas.fault import Fault, FaultyInputError, shown
from atlas.fidelity.table import FILES as TABLES
from atlas.intake.characters import escaped
from atlas.intake.encoding import read_again
from atlas.intake.limits import SECONDS
from atlas.intake.names import LEFTOVERS, name_trouble
from atlas.intake.patience import TooSlowError, patience, too_slow
from atlas.kept import is_keeping, made, written_out
from atlas.kinds import KINDS, Kind, plural
from atlas.memory import Memory, same
from atlas.outline import read_outline
from atlas.part import Part, part
from atlas.records.figure import FORMS
from atlas.records.record import Known, Record
from atlas.records.term import Term
from atlas.translation.memory import FILES as TRANSLATIONS
from atlas.translation.memory import Kept, leaf_sources, leaf_texts, stored
from atlas.translation.withheld import KINDS as WITHHELD
from atlas.translation.withheld import shown as shown_of
from atlas.usage import Usage, usage_by_language
from atlas.wording import wording_faults
from atlas.yamltext import Document, Loc, read_yaml

FOREIGN = re.compile(r"<[A-Za-z/!?]|\{\{|\{%|\{#")
"""HTML and templates, which no text of a record has: they would be printed as they stand."""
WORDINGS = "wordings/*.yaml"
OUTLINE = "outline.json"


def load(root: Path, memory: Memory | None = None) -> Atlas:
    """The records below ``root/data``; those of files that have not changed since ``memory`` last saw them are the same objects.

    Raises :class:`~atlas.fault.FaultyInputError` with all faults when there is any; nothing is returned then.
    """
    memory = memory or Memory()
    faults: list[Fault] = []
    documents = {kind: list(_documents(root, kind.files, faults, memory)) for kind in KINDS}
    entries = {kind: [entry for one in found for entry in _entries_again(kind, one, faults, memory)] for kind, found in documents.items()}
    raw = {
        kind.name: memory.settled(("raw", kind.name), {record_id: value for record_id, value, _, _ in found})
        for kind, found in entries.items()
    }
    known_now = (
        {kind.name: frozenset(record_id for record_id, _, _, _ in found) for kind, found in entries.items()},
        {key: value.get("province") for key, value in raw["district"].items()},
        {key: value.get("level") for key, value in raw["scheme"].items()},
        _site_languages(entries),
    )
    known = memory.made("known", known_now, lambda: Known(*known_now))
    current = {kind: _without_outdated(root, kind, found, known.languages, faults, memory) for kind, found in entries.items()}
    records = {
        kind.name: memory.settled(("kind", kind.name), _records(kind, found, known, faults, memory)) for kind, found in current.items()
    }
    wordings = list(_documents(root, WORDINGS, faults, memory))
    faults += _strangers(root)
    translated: dict[str, dict[str, Any]] = {}
    try:
        translated = memory.settled("translated", stored(root, memory))
    except FaultyInputError as error:
        faults += error.faults
    faults += memory.made("wording faults", (*wordings, known.languages), lambda: wording_faults(wordings, known.languages))
    tables = {Path(name).stem: _table(root, f"data/{name}", faults, memory) for name in TABLES}
    sites = list(records["site"].values())
    if not sites and not any(fault.path == "data/site.yaml" for fault in faults):
        faults.append(
            Fault(
                "data/site.yaml",
                1,
                1,
                "file",
                "there must be one site record",
                str(len(sites)),
                "Write data/site.yaml.",
            )
        )
    if faults:
        raise FaultyInputError(_first_at_each_place(faults))
    named: dict[str, Any] = {plural(name): found for name, found in records.items() if name != "site"}
    texts = memory.settled("wordings", {Path(document.path).stem: document.value for document in wordings})
    drawn = read_again(root, f"data/{OUTLINE}", memory, plain=True)
    outline = memory.made("outline", (*drawn[:1], tuple(records["province"])), lambda: read_outline(root, records["province"]))
    found = Atlas(site=sites[0], wordings=texts, outline=outline, written=raw, translated=translated, tables=tables, **named)
    atlas = memory.settled("records", found)
    by_kind = {kind.name: found for kind, found in entries.items()}
    faults += _cross_faults(atlas, by_kind, memory)
    faults += _usage_faults(atlas, by_kind, wordings, memory)
    if faults:
        raise FaultyInputError(faults)
    return atlas


def _table(root: Path, path: str, faults: list[Fault], memory: Memory) -> dict[str, Any]:
    """A table by language, as it is written; empty where there is none."""
    if not (root / path).is_file():
        return {}
    text, _ = read_again(root, path, memory)
    document, found = memory.made(("table", path), (text,), lambda: read_yaml(text or "", path))
    faults += found
    return document.value if isinstance(document.value, dict) else {}


def raw_records(root: Path, memory: Memory | None = None, *, only: Collection[str] | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """The records below ``root/data`` as they are written, by name of the kind and id, in the order of files and lines.

    ``only``: of these kinds. Raises :class:`~atlas.fault.FaultyInputError` where a file cannot be read; what the values say is not checked.
    """
    memory = memory or Memory()
    faults: list[Fault] = []
    found = {
        kind.name: {
            record_id: value
            for document in _documents(root, kind.files, faults, memory)
            for record_id, value, _, _ in _entries_again(kind, document, faults, memory)
        }
        for kind in KINDS
        if only is None or kind.name in only
    }
    if faults:
        raise FaultyInputError(faults)
    return found


def raw_wordings(root: Path) -> dict[str, dict[str, Any]]:
    """The texts of the interface as they are written, by language.

    Raises :class:`~atlas.fault.FaultyInputError` where a file cannot be read.
    """
    faults: list[Fault] = []
    found = {Path(document.path).stem: document.value for document in _documents(root, WORDINGS, faults, Memory())}
    if faults:
        raise FaultyInputError(faults)
    return found


def readable_terms(root: Path) -> dict[str, Term]:
    """The terms of the term base that can be read, whatever is wrong with the others or with other records.

    Raises :class:`~atlas.fault.FaultyInputError` where a file cannot be read.
    """
    found: dict[str, Term] = {}
    for term_id, value in raw_records(root, only={"term"})["term"].items():
        with suppress(ValidationError):
            found[term_id] = Term.model_validate(value)
    return found


@dataclass(frozen=True)
class Where:
    """Where a record stands: the document, and the way to it in there."""

    document: Document
    loc: Loc


def record_places(root: Path, memory: Memory) -> dict[tuple[str, str], Where]:
    """Where each record of a project without faults stands, by kind and id."""
    return {
        (kind.name, record_id): Where(document, loc)
        for kind in KINDS
        for file in _documents(root, kind.files, [], memory)
        for record_id, _, document, loc in _entries_again(kind, file, [], memory)
    }


def records_of(atlas: Atlas) -> Iterator[tuple[tuple[str, str], Record]]:
    """Every record, with its kind and id."""
    yield ("site", "site"), atlas.site
    for kind in KINDS:
        if kind.name != "site":
            records: Mapping[str, Record] = getattr(atlas, plural(kind.name))
            yield from (((kind.name, record_id), record) for record_id, record in records.items())


def known_of(root: Path) -> Known:
    """What a new record may refer to. Raises :class:`~atlas.fault.FaultyInputError` where a file cannot be read."""
    raw = raw_records(root)
    return Known(
        province_of={key: value.get("province") for key, value in raw["district"].items()},
        level_of={key: value.get("level") for key, value in raw["scheme"].items()},
        ids={kind: frozenset(found) for kind, found in raw.items()},
        languages=languages_of(root),
    )


def record_faults(kind: Kind, text: str, path: str, known: Known) -> list[Fault]:
    """What is wrong with the records in ``text`` by themselves, were it the file at ``path``."""
    document, found = read_yaml(text, path)
    faults = list(found)
    if isinstance(document.value, dict):
        entries = list(_entries(kind, document, faults))
        _records(kind, entries, known, faults, Memory())
    return faults


def languages_of(root: Path, memory: Memory | None = None) -> tuple[str, ...]:
    """The languages of the site in their order, whatever else is wrong with the records; none where their file cannot be read."""
    kind = next(kind for kind in KINDS if kind.name == "language")
    memory = memory or Memory()
    documents = _documents(root, kind.files, [], memory)
    return _site_languages({kind: [entry for document in documents for entry in _entries_again(kind, document, [], memory)]})


_DECIDED = frozenset({"countries", "country_lists", "decisions", "outcomes"})
"""What the decision table is held against."""
_PLACED = frozenset({"provinces", "districts", "institutions", "wellness_sites", "experiences", "airports", "clusters"})
"""What has a place on the map."""


def _nothing(found: list[Any]) -> bool:
    return not found


def _decision_troubles(decided: Part) -> list[Trouble]:
    return made("decisions", decided.content, lambda: list(decision_troubles(decided.atlas)), worth=_nothing)


def _place_troubles(placed: Part, drawn: bytes) -> list[Trouble]:
    return made("places", placed.content + drawn, lambda: list(place_troubles(placed.atlas)), worth=_nothing)


def _cross_faults(atlas: Atlas, entries: Mapping[str, list[Entry]], memory: Memory) -> Iterator[Fault]:
    """What is wrong with records in the light of the others, each at the record that is meant."""
    deciding = (atlas.decisions, atlas.outcomes, atlas.countries, atlas.country_lists, atlas.site.released)
    points = {
        (name, key): (one.point and (one.point.lat, one.point.lon), one.province, getattr(one, "district", None))
        for name in ("institutions", "wellness_sites", "experiences")
        for key, one in getattr(atlas, name).items()
    }
    placing = (points, *(getattr(atlas, name) for name in sorted(_PLACED - {"institutions", "wellness_sites"})), atlas.outline)
    decided, placed = part(atlas, _DECIDED), part(atlas, _PLACED)
    drawn = written_out(atlas.outline.rings) if is_keeping() else b""
    for trouble in (
        *figure_troubles(atlas),
        *passport_troubles(atlas),
        *memory.made("decision troubles", deciding, lambda: _decision_troubles(decided)),
        *naming_troubles(atlas),
        *language_troubles(atlas),
        *memory.made("place troubles", placing, lambda: _place_troubles(placed, drawn)),
    ):
        kind, record_id = trouble.record
        found = {row_id: (document, loc) for row_id, _, document, loc in entries[kind]}
        if not found:  # of this kind there is nothing at all
            path = f"data/{next(one.files for one in KINDS if one.name == kind)}"
            yield Fault(path, 1, 1, kind, trouble.what, trouble.got, trouble.mend)
            continue
        document, loc = found[record_id] if record_id else (entries[kind][0][2], ())
        line, column = document.place(loc)
        yield Fault(document.path, line, column, record_id or kind, trouble.what, trouble.got, trouble.mend)


def _usage_faults(atlas: Atlas, entries: Mapping[str, list[Entry]], wordings: list[Document], memory: Memory) -> Iterator[Fault]:
    """Forms that the term base forbids, in the texts of records and of the interface."""
    usage = usage_by_language(atlas.terms, atlas.site_languages, memory)
    terms = hashlib.sha256(written_out((atlas.written["term"], tuple(usage)))).digest() if is_keeping() else b""
    looked_for = (atlas.terms, tuple(usage))
    for document in wordings:
        yield from memory.made(("usage", document.path), (document, *looked_for), partial(_usage_in_wordings, document, usage, terms))
    for kind, rows in entries.items():
        for document, group in groupby(rows if kind != "term" else (), key=itemgetter(2)):
            yield from memory.made(("usage", document.path), (document, *looked_for), partial(_usage_in, list(group), usage, terms))


Text = tuple[Document, Loc, str, str]
"""A text with its language, and where it stands."""


def _said(rows: Iterable[Entry]) -> Iterator[Text]:
    """The texts of raw records that stand under the code of a language."""
    for _, value, document, loc in rows:
        for place, text in _texts(value, loc):
            yield document, place, text, str(place[-1])


def _usage_in(rows: list[Entry], usage: Mapping[str, Usage], terms: bytes) -> list[Fault]:
    content = terms + written_out([value for _, value, _, _ in rows]) if is_keeping() else b""
    return made("usage", content, lambda: _forbidden_forms(_said(rows), usage), worth=_nothing)


def _usage_in_wordings(document: Document, usage: Mapping[str, Usage], terms: bytes) -> list[Fault]:
    language = Path(document.path).stem
    said = [(document, place, text, language) for place, text in _texts(document.value, ())]
    content = terms + written_out((language, document.value)) if is_keeping() else b""
    return made("usage of wordings", content, lambda: _forbidden_forms(said, usage), worth=_nothing)


def _forbidden_forms(texts: Iterable[Text], usage: Mapping[str, Usage]) -> list[Fault]:
    return [
        _forbidden(document, place, offset, got, why, right)
        for document, place, text, language in texts
        if language in usage
        for offset, got, why, right in usage[language].wrong(text)
    ]


def _forbidden(document: Document, place: Loc, offset: int, got: str, why: str, right: str) -> Fault:
    line, column = document.place_in(place, offset)
    what, mend = f"the term base forbids this form ({why})", f"Write {right}." if right else "Write another word."
    return Fault(document.path, line, column, ".".join(map(str, place)), what, shown(got), mend)


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text in a raw record, with the way to it."""
    if isinstance(value, str):
        yield loc, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple | list) else ()
    for key, item in items:
        yield from _texts(item, (*loc, key))


def _first_at_each_place(faults: list[Fault]) -> list[Fault]:
    """The first fault of each field: a value that cannot be read as YAML need not be called wrong twice."""
    return list({(fault.path, fault.line, fault.column, fault.field): fault for fault in reversed(faults)}.values())


def _documents(root: Path, pattern: str, faults: list[Fault], memory: Memory) -> Iterator[Document]:
    for file in sorted((root / "data").glob(pattern)):
        path = file.relative_to(root).as_posix()
        if LEFTOVERS.fullmatch(file.name):
            continue
        text, found = read_again(root, path, memory)
        faults += found
        if text is None:
            continue
        document, found = memory.made(("document", path), (text,), partial(_document, text, path))
        faults += found
        if document is not None:
            yield document


def _document(text: str, path: str) -> tuple[Document | None, list[Fault]]:
    """The document in a text, if it is a group of fields, and what is wrong with it."""
    try:
        with patience(SECONDS):
            document, faults = read_yaml(text, path)
    except TooSlowError:
        return None, [too_slow(path)]
    foreign = list(_foreign(document)) if FOREIGN.search(text) or escaped(text) else []
    if isinstance(document.value, dict):
        return document, [*faults, *foreign]
    if not faults:
        what = "this file is empty" if document.node is None else "this must be a group of fields"
        mend = "Write one field a line: name, colon, value. Or take the file out."
        foreign.append(Fault(path, 1, 1, "file", what, shown(document.value), mend))
    return None, [*faults, *foreign]


def _foreign(document: Document) -> Iterator[Fault]:
    for place, text in _texts(document.value, ()):
        if match := FOREIGN.search(text):
            html = match[0].startswith("<")
            what = "HTML stands in a text" if html else "a template stands in a text"
            mend = "Write plain text: records have no markup." if html else "Write {name} for a figure, or plain text."
            line, column = document.place(place)
            yield Fault(document.path, line, column, ".".join(map(str, place)), what, shown(text[match.start() :]), mend)


def _strangers(root: Path) -> Iterator[Fault]:
    """Files in ``data/`` that nothing reads, such as ``x.yml``."""
    patterns = (*(kind.files for kind in KINDS), WORDINGS, OUTLINE, "schemas/*.json", *TRANSLATIONS, *TABLES)
    known = {file for pattern in patterns for file in (root / "data").glob(pattern)}
    for file in sorted((root / "data").rglob("*")):
        if file.suffix in {".yaml", ".json"} and file not in known and file.is_file():
            path = file.relative_to(root).as_posix()
            yield Fault(path, 1, 1, "file", "nothing reads this file", file.name, "Give it the name and place of its kind, or take it out.")


Entry = tuple[str, dict[str, Any], Document, Loc]


def _entries_again(kind: Kind, document: Document, faults: list[Fault], memory: Memory) -> list[Entry]:
    def made() -> tuple[list[Entry], list[Fault]]:
        wrong: list[Fault] = []
        return list(_entries(kind, document, wrong)), wrong

    found, told = memory.made(("entries", kind.name, document.path), (document,), made)
    faults += told
    return found


def _entries(kind: Kind, document: Document, faults: list[Fault]) -> Iterator[Entry]:
    """The raw records of one file, each with its id, its document and the way to it."""

    def fault(loc: Loc, field: str, what: str, got: object, mend: str) -> None:
        line, column = document.place(loc)
        faults.append(Fault(document.path, line, column, field, what, shown(got), mend))

    stem = Path(document.path).stem
    rows = document.value.items() if kind.table else [(document.value.get("id", stem), document.value)]
    for record_id, value in rows:
        loc: Loc = (record_id,) if kind.table else ()
        faulty = len(faults)
        if not isinstance(record_id, str) or not kind.id_fits(record_id):
            fault(loc or ("id",), "id", "this id does not have the right form", record_id, f"Write {kind.id_words}.")
        elif trouble := next(filter(None, map(name_trouble, record_id.strip("/").lower().split("/"))), None) if record_id else None:
            fault(loc or ("id",), "id", trouble[0], record_id, trouble[1])
        elif not kind.table and record_id != stem:
            mend = f'Write "{stem}", or rename the file to {record_id}.yaml.'
            fault(("id",), "id", "the id is not the name of the file", record_id, mend)
        if not isinstance(value, dict):
            fault(loc, str(record_id), "this must be a group of fields", value, "Write its fields below it, indented.")
        elif kind.table:
            yield str(record_id), {**value, "id": str(record_id)}, document, loc
        elif len(faults) > faulty:  # the record is looked at all the same, under the name of its file
            yield stem, {**value, "id": stem}, document, loc
        else:
            yield record_id, value, document, loc


def _without_outdated(
    root: Path, kind: Kind, entries: list[Entry], languages: tuple[str, ...], faults: list[Fault], memory: Memory
) -> list[Entry]:
    """The raw records without the translations that are withheld because their source has changed."""
    if kind.name not in WITHHELD or not languages:
        return entries
    texts = leaf_sources(root, kind.name, memory)
    read = cache(partial(_leaf_texts, root, kind))  # half a million characters, most often for nobody
    faults += memory.made(("leaf faults", kind.name), texts, lambda: read()[1])
    shown: list[Entry] = []
    for document, group in groupby(entries, key=itemgetter(2)):
        inputs = (document, texts, languages)
        shown += memory.made(("shown", kind.name, document.path), inputs, partial(_shown, kind, list(group), read, languages))
    return shown


LeafTexts = tuple[dict[str, dict[str, Kept]], list[Fault]]
"""What translations were made from, by record and key, and what is wrong with that."""


def _leaf_texts(root: Path, kind: Kind) -> LeafTexts:
    try:
        return leaf_texts(root, kind.name), []
    except FaultyInputError as error:
        return {}, list(error.faults)


def _shown(kind: Kind, rows: list[Entry], read: Callable[[], LeafTexts], languages: tuple[str, ...]) -> list[Entry]:
    kept, _ = read()
    return [(key, shown_of(kind.name, value, kept.get(key, {}), languages), document, loc) for key, value, document, loc in rows]


def _site_languages(entries: Mapping[Kind, list[Entry]]) -> tuple[str, ...]:
    kind, found = next((kind, rows) for kind, rows in entries.items() if kind.name == "language")
    sites = ((value["site"].get("order"), code) for code, value, _, _ in found if isinstance(value.get("site"), dict))
    return tuple(code for order, code in sorted((order, code) for order, code in sites if isinstance(order, int) and kind.id_fits(code)))


def _records(kind: Kind, entries: list[Entry], known: Known, faults: list[Fault], memory: Memory) -> dict[str, Any]:
    records: dict[str, Record] = {}
    seen: set[str] = set()
    for document, group in groupby(entries, key=itemgetter(2)):
        rows = list(group)
        twice = tuple(record_id for record_id, *_ in rows if record_id in seen)
        values = {record_id: value for record_id, value, _, _ in rows}
        name = ("records", kind.name, document.path)
        made = partial(_records_of, kind, rows, twice, known, _still_sound(memory.last(name), known))
        found, wrong = memory.made(name, (document, values, twice, known), made)
        seen |= {record_id for record_id, *_ in rows}
        records |= found
        faults += wrong
    return records


Read = tuple[dict[str, Record], list[Fault]]
"""The records of one document, and what is wrong with them."""


def _still_sound(last: tuple[tuple[Any, ...], Read] | None, known: Known) -> dict[str, tuple[dict[str, Any], Record]]:
    """The records that were read of a document, with what is written of them, if nothing has gone that they could refer to."""
    if last is None:
        return {}
    (_, values, _, before), (records, _) = last
    is_more = before.languages == known.languages and all(found <= known.ids.get(name, frozenset()) for name, found in before.ids.items())
    if not is_more or not (before.province_of.items() <= known.province_of.items() and before.level_of.items() <= known.level_of.items()):
        return {}
    return {key: (values[key], record) for key, record in records.items()}


def _records_of(
    kind: Kind, rows: list[Entry], twice: tuple[str, ...], known: Known, sound: Mapping[str, tuple[dict[str, Any], Record]]
) -> Read:
    """The records of one document; ``twice`` are ids that an earlier document has taken, ``sound`` what was read of it before."""
    records: dict[str, Record] = {}
    faults: list[Fault] = []
    _built(kind.model)
    for record_id, value, document, loc in rows:
        if record_id in twice:
            line, column = document.place(loc)
            what, mend = f"another {kind.name} has this id", "Choose another id."
            faults.append(Fault(document.path, line, column, "id", what, shown(record_id), mend))
            continue
        if record_id in sound and same(sound[record_id][0], value):
            records[record_id] = sound[record_id][1]
            continue
        try:
            records[record_id] = kind.model.model_validate(value, context=known)
        except ValidationError as error:
            found = [details for details in error.errors(include_url=False) if details["loc"] != ("id",) or kind.id_fits(record_id)]
            faults += [_fault(kind, document, loc, details) for details in _causes(found)]  # an id without the form is told already
        except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            line, column = document.place(loc)
            got = shown(f"{type(error).__name__}: {error}")
            mend = f"Compare it with data/schemas/{kind.schema}."
            faults.append(Fault(document.path, line, column, record_id, "this record cannot be read", got, mend))
    return records, faults


@cache
def _built(model: type[BaseModel]) -> None:
    """Builds what reads a model, which is left until the first is read: the models in it before, so that each is built once for all."""
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            _built(inner)
    model.model_rebuild()


def _causes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that only follow from others: a list is not too short because an entry of it is wrong."""
    places = [details["loc"] for details in errors]
    return [
        details
        for details in errors
        if details["type"] != "too_short" or not any(place[: len(details["loc"])] == details["loc"] != place for place in places)
    ]


def _fault(kind: Kind, document: Document, prefix: Loc, details: ErrorDetails) -> Fault:
    loc = tuple(part for part in details["loc"] if not (isinstance(part, str) and part in {*FORMS, "int", "float"}))
    line, column = document.place((*prefix, *loc), key=details["type"] == "extra_forbidden")
    what, mend = _sentence(kind, details)
    got = shown(str(loc[-1]) if details["type"] == "extra_forbidden" else None if details["type"] == "missing" else details["input"])
    return Fault(document.path, line, column, ".".join(map(str, (*prefix, *loc))) or kind.name, what, got, mend)


def _sentence(kind: Kind, details: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and how to mend it."""
    context = details.get("ctx", {})
    match details["type"]:
        case "atlas":
            return context["what"], context["mend"]
        case "missing":
            return "this field is missing", f"Add it; its form is in data/schemas/{kind.schema}."
        case "extra_forbidden":
            name = str(details["loc"][-1])
            near = difflib.get_close_matches(name, sorted(_fields(kind.model)), n=1)
            return (
                "there is no such field",
                f"Did you mean {near[0]}?" if near else "Take it out, or look its name up in data/schemas/.",
            )
        case "literal_error":
            return "this word is not one of those allowed", f"Use {context['expected']}."
        case "string_pattern_mismatch":
            return "this does not have the right form", f"It must match {context['pattern']}."
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return details["msg"].replace("Input should", "this number must"), "Correct the number."
        case "union_tag_not_found":
            return "this is not a figure", 'Write it as {number: 90, unit: day}, {amount: 10000, currency: KRW} or {date: "2026-12-31"}.'
        case "too_short":
            return "this list is too short", f"Give at least {context['min_length']}."
        case type_error if (words := _TYPES.get(type_error)) is not None:
            return f"this must be {words[0]}", words[1]
        case _:
            return re.sub(r"^Input should", "this should", details["msg"]), f"Compare it with data/schemas/{kind.schema}."


_TYPES = {
    "string_type": ("text", "Put it in quotes."),
    "int_type": ("a whole number", "Write digits only, without quotes."),
    "float_type": ("a number", "Write digits with a decimal point, without quotes."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "tuple_type": ("a list", "Write [one, two], or one entry a line after a hyphen."),
    "dict_type": ("a group of fields", "Write its fields below it, indented."),
    "model_type": ("a group of fields", "Write its fields below it, indented."),
    "model_attributes_type": ("a group of fields", "Write its fields below it, indented."),
}


@cache
def _fields(model: type[BaseModel]) -> frozenset[str]:
    """The names of all fields of a model and of the models inside it."""
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names.add(name)
        for inner in models_in(field.annotation):
            names |= _fields(inner)
    return frozenset(names)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
