"""`atlas export` and `atlas import`: what is missing or stale goes to a translator, and comes back checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.checking import check
from atlas.commands.command import command, said
from atlas.commands.project import quickly
from atlas.commands.report import report
from atlas.commands.terminal import working
from atlas.commands.typed import LANGUAGE, PAGE_OR_RECORD
from atlas.fault import Fault, FaultyInputError
from atlas.handoff.delivery import LARGEST, Delivery
from atlas.handoff.glossary import Glossary
from atlas.handoff.note import Notes
from atlas.handoff.parcel import Passage, passage_of
from atlas.handoff.po import po, read_back
from atlas.handoff.taking import Outcome, Taken, taken, without_a_page
from atlas.handoff.writing import bring, changed, copied, prove
from atlas.handoff.xliff import xliff
from atlas.handoff.xliffreading import read_xliff, text_of
from atlas.translation.state import PAGE, Unit, units

ROOT = Path(__file__).resolve().parent.parent.parent
_WHAT = ("missing", "stale", "unreviewed", "all")


_EXPORT = (
    ("atlas export --lang ru -o ru.xlf", "what is missing or outdated in Russian, for a CAT tool"),
    ("atlas export --lang ru --format po -o ru.po rights/disputes/", "one page, for a PO editor such as Poedit"),
    ("atlas export --lang ru --what unreviewed -o review.xlf", "what a specialist still has to read"),
)


@command("export", examples=_EXPORT, reports=True)
@click.option("--lang", "language", type=LANGUAGE, required=True, help="The language to translate into, such as ru.")
@click.option("--from", "source", type=LANGUAGE, default=None, help="The language to translate from; if left out, that of most texts.")
@click.option("--format", "form", type=click.Choice(["xliff", "po"]), default="xliff", show_default=True, help="The form of the file.")
@click.option(
    "--what", default="missing,stale", show_default=True, help="What to hand out: missing, stale, unreviewed, all; joined by commas."
)
@click.option("-o", "--output", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.argument("pages", nargs=-1, metavar="[PAGE]…", type=PAGE_OR_RECORD, help="Pages or records; everything if left out.")
def export_command(language: str, source: str | None, form: str, what: str, file: Path, pages: tuple[str, ...]) -> None:
    """Write what has to be translated as XLIFF 2 or PO.

    PAGE is the address of a page (rights/disputes/), its file, a kind of record (treatment) or the id of one; everything if left out.
    """
    told = report()
    with working(said("Reading data/ and docs/ …")), quickly():
        wanted = _wanted(what)
        atlas, articles = check(ROOT)
        _known("--lang", language, atlas)
        found = [one for one in units(ROOT, atlas, articles) if one.language == language and one.new.strip() and _asked(one, wanted, pages)]
        by_source = Counter(one.source_language for one in found)
        source = source or (by_source.most_common(1)[0][0] if by_source else atlas.default_language)
        _known("--from", source, atlas)
        passages = exported([one for one in found if one.source_language == source], atlas, articles)
        segments = sum(len(passage.segments) for passage in passages)
        if passages:
            file.write_bytes(packed(passages, form, source, language, atlas, articles))
    told.result = {"passages": len(passages), "segments": segments, "file": str(file) if passages else None, "source": source}
    if passages:
        told.say("${count} sections and texts with ${segments} segments in ${file}.", count=len(passages), segments=segments, file=file)
    else:
        told.say("Nothing waits to be handed out.")
    for other, number in sorted(by_source.items()):
        if other != source:
            told.say("${count} more are translated from ${other}: export them by --from ${other}.", count=number, other=other)


def exported(found: Sequence[Unit], atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]) -> list[Passage]:
    """The passages of units that are all of one language and source; those with nothing to translate are left out."""
    if not found:
        return []
    glossary = Glossary(atlas.terms, found[0].source_language, found[0].language)
    passages = (passage_of(unit, atlas, articles, glossary) for unit in found)
    return sorted((one for one in passages if one.segments), key=lambda one: (one.unit.kind != PAGE, one.file_id))


def packed(
    passages: Sequence[Passage], form: str, source: str, language: str, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]]
) -> bytes:
    """The passages as a file of XLIFF or PO."""
    notes = Notes(atlas, articles, source, language)
    source_tag, target_tag = (atlas.site_languages[code].tag for code in (source, language))
    if form == "po":
        return po(passages, source_tag, target_tag, notes, atlas.site.released)
    return xliff(passages, source_tag, target_tag, notes)


def _asked(unit: Unit, wanted: frozenset[str], pages: Sequence[str]) -> bool:
    names = {unit.path, unit.path.rstrip("/"), unit.kind, unit.file, f"{unit.kind}/{unit.path}"}
    asked = not pages or any(page.removeprefix("./") in names or page.strip("/") == unit.path.strip("/") for page in pages)
    return unit.state in wanted and asked


def _wanted(what: str) -> frozenset[str]:
    said = {part.strip() for part in what.split(",")}
    if not said <= set(_WHAT):
        mend = f"Use {', '.join(_WHAT)}, joined by commas."
        raise FaultyInputError(
            [Fault("atlas export", 1, 1, "--what", "there is no such state", ", ".join(sorted(said - set(_WHAT))), mend)]
        )
    return frozenset({"missing", "stale", "unreviewed", "current"} if "all" in said else said)


def _known(option: str, language: str, atlas: Atlas) -> None:
    if language not in atlas.site_languages:
        mend = f"Use one of: {', '.join(atlas.site_languages)}."
        raise FaultyInputError([Fault("atlas export", 1, 1, option, "this is not a language of this site", language, mend)])


_IMPORT = (
    ("atlas import ru.xlf", "what would be taken, and what is wrong with the rest; nothing is written"),
    ("atlas import ru.xlf --write", "the same, written into pages and records"),
    ("atlas import ru.po --write --partly", "what is right, although some was refused"),
)


@command("import", examples=_IMPORT, reports=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The translated file.")
@click.option("--write", "writes", is_flag=True, help="Write it into the pages and records; without this, only say what would be done.")
@click.option("--partly", is_flag=True, help="Take what is right and leave the rest; without this, one refusal refuses all.")
def import_command(file: Path, *, writes: bool, partly: bool) -> int:
    """Bring a translated XLIFF 2 or PO file back.

    Every segment is held against its source, and the outcome against all that `check` asks, before anything is written. What is taken
    counts as made from the source of today, and as reviewed by nobody.
    """
    told = report()
    with working(said("Holding it against data/ and docs/ …")), quickly():
        delivery = read(file)
        atlas, articles = check(ROOT)
        outcome = taken(delivery, units(ROOT, atlas, articles), atlas, articles)
        rows, files, faults = _brought(ROOT, outcome, atlas, articles, delivery.path, writes=writes, partly=partly)
    told.result = {
        "taken": [one.passage.name for one in rows],
        "files": files,
        "written": writes,
        "unchanged": outcome.unchanged,
        "unfinished": [passage.name for passage, _, _ in outcome.unfinished],
    }
    if not rows:
        told.say("Nothing new in this file.")
    elif writes:
        told.say("${count} sections and texts taken:", count=len(rows))
    else:
        told.say("${count} sections and texts can be taken (--write writes them):", count=len(rows))
    for name in files:
        told.sentence(f"  {name}")
    for passage, done, of in outcome.unfinished:
        told.say("${name}: ${done} of ${of} segments are translated; left as it is.", name=passage.name, done=done, of=of)
    if outcome.unchanged:
        told.say("${count} sections and texts came back as they went out.", count=outcome.unchanged)
    if faults:
        told.say("What is refused was not taken:")
    return told.found(faults)


def read(file: Path) -> Delivery:
    """What a file brings, by what it is: XLIFF or PO. Raises :class:`~atlas.fault.FaultyInputError`."""
    with file.open("rb") as opened:
        text = text_of(opened.read(LARGEST + 1), file.name)
    return read_xliff(text, file.name) if text.lstrip().startswith("<") else read_back(text, file.name)


def _brought(
    root: Path, outcome: Outcome, atlas: Atlas, articles: Mapping[str, Mapping[str, Article]], path: str, *, writes: bool, partly: bool
) -> tuple[list[Taken], list[str], list[Fault]]:
    """Proves the outcome in a copy and brings it into the project: what was taken, the files that change, what was refused.

    Raises :class:`~atlas.fault.FaultyInputError` where nothing is taken because of a fault.
    """
    faults, rows = list(outcome.faults), list(outcome.taken)
    if faults and not partly:
        raise FaultyInputError(faults)
    while rows:
        with copied(root) as copy:
            try:
                prove(copy, rows, atlas, articles, path)
            except FaultyInputError as error:
                blamed = {(fault.line, fault.field) for fault in error.faults if fault.path == path}
                left = [one for one in rows if (one.line, one.passage.name) not in blamed]
                if not partly or len(left) == len(rows):
                    raise
                rows, homeless = without_a_page(left, articles, path)
                faults += [*error.faults, *homeless]
                continue
            files = changed(root, copy)
            if writes:
                bring(root, copy, files)
            return rows, files, faults
    return [], [], faults
