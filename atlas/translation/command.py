"""The commands ``status``, ``diff`` and ``accept``: what waits for a translator, what has changed, and that it is done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from atlas.article import Article, Remark, read_articles
from atlas.commands.command import FailedError, command
from atlas.commands.exitcode import DONE
from atlas.commands.project import quickly
from atlas.commands.report import report
from atlas.commands.typed import DAY, LANGUAGE, PAGE_OR_RECORD
from atlas.fault import Fault, FaultyInputError
from atlas.fidelity.table import read_tables
from atlas.fidelity.taking import objections
from atlas.loading import languages_of, raw_records, raw_wordings, readable_terms
from atlas.translation.accept import accept, review, to_take
from atlas.translation.difference import change, marked, shortened
from atlas.translation.leaf import WORDING, Wordings, Written, leaves
from atlas.translation.section import sections
from atlas.translation.standing import Standing
from atlas.translation.state import PAGE, STATES, Unit, page_units, source_of, units_of

ROOT = Path(__file__).resolve().parents[2]
_KOREA = dt.timezone(dt.timedelta(hours=9))
_WAITING = ("stale", "missing", "unreviewed")
_LANG = click.option("--lang", "language", type=LANGUAGE, default=None, help="One language only, such as ru.")
Pages = dict[str, dict[str, Article]]


_STATUS = (
    ("atlas status --lang ru", "what waits for the Russian translator"),
    ("atlas status --json", "the same for programs: result.units"),
)


@command("status", examples=_STATUS, reports=True)
@_LANG
def status_command(language: str | None) -> None:
    """List what is missing, outdated and not reviewed, by language, with what has changed in the source.

    [-so-] stands for words that are gone, {+so+} for new ones.
    """
    _known_language(language)
    found = _read(ROOT).units
    chosen = [unit for unit in found if language in {None, unit.language}]
    told = report()
    told.result = {"units": [asdict(unit) for unit in chosen if unit.state in _WAITING]}
    for line in _status(chosen):
        told.sentence(line)


def _status(found: Sequence[Unit]) -> Iterator[str]:
    totals = Standing.of(found).totals
    for language, kinds in totals.items():
        own = [unit for unit in found if unit.language == language]
        for kind, counts in kinds.items():
            yield f"{language} {kind}: {', '.join(f'{counts[state]} {state}' for state in STATES)}"
        for unit in own:
            if unit.state == "stale":
                yield f"{unit.file}:{unit.line}: {_name(unit)} is outdated"
                yield f"  {_changed(unit)}"
        for state in ("missing", "unreviewed"):
            waiting: dict[tuple[str, str, str], list[str]] = {}
            for unit in own:
                if unit.state == state and (unit.kind == PAGE or unit.critical):
                    waiting.setdefault((unit.file, unit.kind, unit.path), []).append(unit.key)
            for (file, kind, path), keys in waiting.items():
                yield f"{file}: {_of(kind, path)} is {state}: {', '.join(keys)}"


_DIFF = (
    ("atlas diff rights/disputes --lang ru", "what changed in the page since its Russian text was made"),
    ("atlas diff severance-hospital", "what changed in the texts of a record"),
)


@command("diff", examples=_DIFF, reports=True)
@click.argument("what", type=PAGE_OR_RECORD, metavar="PAGE|RECORD", help="A page, a section of it, or a record.")
@_LANG
def diff_command(what: str, language: str | None) -> None:
    """Show word by word what has changed in the source since PAGE or RECORD was translated.

    PAGE is an address such as rights/disputes, or a file such as docs/ru/rights/disputes.md; #section names one section of it.
    RECORD is the id of a record such as severance-hospital, its kind and id such as fee/extension, or a whole kind such as wording, which
    stands for the texts of the interface.
    """
    _known_language(language)
    found = _read(ROOT, what).units
    chosen = [unit for unit in _chosen(found, what) if unit.state == "stale" and language in {None, unit.language}]
    told = report()
    told.result = {"units": [{**asdict(unit), "change": _changed(unit)} for unit in chosen]}
    for unit in chosen:
        told.sentence(f"{unit.file}:{unit.line}: {_name(unit)}, {unit.source_language} → {unit.language}")
        told.sentence(f"  {_changed(unit)}")
    if not chosen:
        told.say("Nothing has changed since it was translated.")


_ACCEPT = (
    ("atlas accept ru rights/disputes#fee", "this section is translated anew"),
    ("atlas accept --all-of rights/disputes", "all languages are"),
    ("atlas accept --trivial rights/disputes", "a spelling was mended: nothing is"),
    ('atlas accept zh visa/c-3-3 --reviewed-by "visa lawyer, L. M."', "who has reviewed a page of class A"),
)


@command("accept", examples=_ACCEPT, reports=True)
@click.argument("language", type=LANGUAGE, metavar="[LANG]", required=False, help="The language of the translation.")
@click.argument("what", type=PAGE_OR_RECORD, metavar="[PAGE[#section]|RECORD]", required=False, help="What is translated.")
@click.option("--all-of", metavar="PAGE|RECORD", default=None, help="Every language of this page or record at once.")
@click.option(
    "--trivial", metavar="PAGE[#section]|RECORD", default=None, help="The source was changed in spelling only: translations need no look."
)
@click.option(
    "--reviewed-by",
    metavar='"ROLE, INITIALS"',
    default=None,
    help="Of a page of class A: who has reviewed it, such as 'medical translator, A. K.'.",
)
@click.option(
    "--on",
    "day",
    type=DAY,
    default=None,
    help="The day of the review; today in Korea if left out.",
)
def accept_command(
    language: str | None, what: str | None, all_of: str | None, trivial: str | None, reviewed_by: str | None, day: dt.datetime | None
) -> int:
    """Say that a translation says what its source says now: LANG PAGE, such as `ru rights/disputes` or `ru rights/disputes#fee`.

    It is held against its source first: what would stop `atlas check` is not taken, other differences are printed.
    """
    named = [one for one in (what, all_of, trivial) if one]
    if len(named) != 1 or bool(what) != bool(language):
        raise click.UsageError("Name one thing: LANG PAGE, --all-of PAGE, or --trivial PAGE.")
    if reviewed_by is not None and ("," not in reviewed_by or trivial):
        raise click.UsageError('Write role and initials: --reviewed-by "medical translator, A. K."; a change of spelling has no review.')
    _known_language(language)
    project = _read(ROOT, named[0])
    articles, found = project.articles, project.units
    on = (day or dt.datetime.now(_KOREA)).date().isoformat() if reviewed_by else None
    chosen = [unit for unit in _chosen(found, named[0]) if language in {None, unit.language}]
    own = _source_sections(articles, named[0], language)
    if not chosen and own is None:
        raise click.UsageError(f"There is no page and no record {named[0]}, or it is not translated into {language or 'any language'}.")
    if reviewed_by and not own and not any(unit.critical and unit.kind == PAGE for unit in chosen):
        raise click.UsageError("Only sections of pages of class A are reviewed; leave --reviewed-by out.")
    taken = to_take(chosen, reviewed=bool(reviewed_by), trivial=bool(trivial))
    if trivial:
        _only_spelling(taken)
    faults, remarks = project.objections(taken)
    if faults:
        code = report().found(faults)
        report().warn(
            "Nothing was taken. Mend these places first; "
            "a form that is right all the same belongs into data/modality.yaml or data/numerals.yaml."
        )
        return code
    if own and reviewed_by and on:
        count = review(ROOT, own[0], own[1], by=reviewed_by, on=on)
    else:
        count = accept(ROOT, chosen, reviewed_by=reviewed_by, on=on, trivial=bool(trivial))
    told = report()
    languages = ", ".join(dict.fromkeys(unit.language for unit in taken or chosen)) or language
    told.result = {"taken": count, "units": [asdict(unit) for unit in chosen]}
    told.say("${count} taken: ${languages}.", count=count, languages=languages)
    told.noticed(remarks)
    for unit in chosen:
        if unit.text is None:
            told.warn(f"{_name(unit)} is not translated into {unit.language} yet.")
        elif not unit.new:
            told.warn(f"{unit.file}:{unit.line}: {_name(unit)} has gone from the source: take it out of the translation.")
    return DONE


def _only_spelling(chosen: Iterable[Unit]) -> None:
    """Refuses a change that alters what is said: figures, records, what one must or may, or whole sentences."""
    modality = read_tables(ROOT)[0].modality
    more: list[Unit] = []
    for unit in chosen:
        if unit.state != "stale" or unit.old is None:
            continue
        found = change(unit.old, unit.new)
        numbers = [re.findall(r"\d+", text) for text in (unit.old, unit.new)]
        forces = [[one.force for one in modality.markers(text, unit.source_language)] for text in (unit.old, unit.new)]
        figures = numbers[0] != numbers[1] or found.added or found.gone
        if figures or forces[0] != forces[1] or found.sentences_added or found.sentences_removed:
            more.append(unit)
    for said in dict.fromkeys(f"{_name(unit)}: this is more than spelling: {_shortly(unit)}" for unit in more):
        report().warn(said)
    if more:
        commands = dict.fromkeys(f"atlas accept {unit.language} {_called(unit)}" for unit in more)
        raise FailedError(f"Translate it, then run: {'; '.join(commands)}")
    for said in dict.fromkeys(f"{_name(unit)}: {_shortly(unit)}" for unit in chosen if unit.state == "stale"):
        report().sentence(said)


def _source_sections(articles: Pages, what: str, language: str | None) -> tuple[Article, list[str]] | None:
    """The source page that is meant, with its sections, where the language is the one that it is written in."""
    languages = languages_of(ROOT)
    path, _, key = _path(what, languages).partition("#")
    versions = articles.get(path)
    if not versions or language is None:
        return None
    source = source_of(versions, languages[0])
    if source.language != language:
        return None
    return source, [one.id for one in sections(source) if key in {"", one.id}]


def _chosen(found: Iterable[Unit], what: str) -> list[Unit]:
    """The units that a name means: a page with or without section, a record by id, by kind and id, an interface text, or a whole kind."""
    rows = tuple(found)
    path, _, key = _path(what, languages_of(ROOT)).partition("#")
    pages = [unit for unit in rows if unit.kind == PAGE and unit.path == path and key in {"", unit.key}]
    kind, _, record = what.partition("#")[0].rpartition("/")
    records = [unit for unit in rows if unit.kind != PAGE and unit.path == record and kind in {"", unit.kind} and key in {"", unit.key}]
    return pages or records or [unit for unit in rows if unit.kind == what != PAGE]


def _path(what: str, languages: Collection[str]) -> str:
    """``docs/ru/rights/disputes.md#fee``, ``/rights/disputes/#fee`` or ``rights/disputes#fee`` → ``rights/disputes/#fee``."""
    page, mark, key = what.partition("#")
    parts = [part for part in page.removesuffix(".md").split("/") if part not in {"", "."}]
    if len(parts) > 1 and parts[0] == "docs" and parts[1] in languages:
        parts = parts[2:]
    if parts and parts[-1] == "index":
        parts.pop()
    return "".join(f"{part}/" for part in parts) + mark + key


def _changed(unit: Unit) -> str:
    if unit.old is None:
        return "nobody knows from which text it was translated; compare it with the whole source"
    return marked(unit.old, unit.new).replace("\n", " ") if unit.new else "this section has gone from the source"


def _shortly(unit: Unit) -> str:
    return _changed(unit) if unit.old is None or not unit.new else shortened(unit.old, unit.new)


def _called(unit: Unit) -> str:
    """How a unit is named on the command line."""
    name = unit.path.rstrip("/") or "/" if unit.kind == PAGE else _of(unit.kind, unit.path)
    return f"{name}#{unit.key}" if unit.key else name


def _name(unit: Unit) -> str:
    return f"{_of(unit.kind, unit.path)}{f'#{unit.key}' if unit.key else ''}"


def _of(kind: str, path: str) -> str:
    return f"/{path}" if kind == PAGE else path if kind == WORDING else f"{kind}/{path}"


def _known_language(language: str | None) -> None:
    known = languages_of(ROOT)
    if language is not None and language not in known:
        raise click.UsageError(f"{language} is not a language of this site. Use one of: {', '.join(known)}.")


@dataclass(frozen=True)
class _Project:
    """What a command works on: the pages, and the units of all or of one page; records are read only where they are needed."""

    root: Path
    languages: tuple[str, ...]
    articles: Pages
    units: tuple[Unit, ...]
    written: Written
    wordings: Wordings

    def objections(self, taken: Sequence[Unit]) -> tuple[list[Fault], list[Remark]]:
        """What stands against taking these units."""
        kinds = {unit.kind for unit in taken}
        written = {kind: rows for kind, rows in self.written.items() if kind in kinds}
        texts = leaves(written, self.wordings if WORDING in kinds else {}, self.languages)
        return objections(self.root, taken, self.articles, texts, readable_terms(self.root), self.languages)


def _read(root: Path, what: str | None = None) -> _Project:
    """Pages and units; of a page that is named its own units only, because reading all records takes a second.

    A page that is new has no source named yet: that is for ``accept`` to write.
    """
    with quickly():
        languages = languages_of(root)
        articles, faults = read_articles(root, languages)
        if faults:
            raise FaultyInputError(faults)
        path = _path(what, languages).partition("#")[0] if what else ""
        if what and path in articles:
            return _Project(root, languages, articles, tuple(page_units(root, articles[path], languages)), {}, {})
        written, wordings = raw_records(root), raw_wordings(root)
        return _Project(root, languages, articles, units_of(root, languages, articles, written, wordings), written, wordings)
