"""Whether a translation can be taken for what its source says: what ``atlas check`` would tell of it once it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from atlas.article import Article, Remark
from atlas.fault import Fault
from atlas.fidelity.checking import ExactPlaces, stops
from atlas.fidelity.leaf import leaf_findings
from atlas.fidelity.page import page_findings
from atlas.fidelity.table import Tables, read_tables
from atlas.records.term import Term
from atlas.terms.context import Contexts
from atlas.translation.leaf import Leaf
from atlas.translation.state import PAGE, Unit, source_of


def objections(
    root: Path,
    units: Sequence[Unit],
    articles: Mapping[str, Mapping[str, Article]],
    texts: Iterable[Leaf],
    terms: Mapping[str, Term],
    languages: Sequence[str],
) -> tuple[list[Fault], list[Remark]]:
    """What stands against taking these units: what would stop the build, and what should be looked at.

    ``texts`` are those of the records among the units; ``languages`` are those of the site, the default first.
    """
    tables, faults = read_tables(root)
    contexts = Contexts(terms)
    pages = list(_of_pages([unit for unit in units if unit.kind == PAGE], articles, tables, contexts, languages[0]))
    faults += [fault for fault, _ in pages if fault]
    remarks = [remark for _, remark in pages if remark]
    remarks += _of_texts(root, [unit for unit in units if unit.kind != PAGE], texts, tables, contexts, languages[0])
    return faults, remarks


def _of_pages(
    units: Sequence[Unit], articles: Mapping[str, Mapping[str, Article]], tables: Tables, contexts: Contexts, default: str
) -> Iterator[tuple[Fault | None, Remark | None]]:
    for path, language in dict.fromkeys((unit.path, unit.language) for unit in units):
        keys = {unit.key for unit in units if (unit.path, unit.language) == (path, language)}
        source, article = source_of(articles[path], default), articles[path][language]
        for section, finding in page_findings(source, article, tables, contexts):
            if section in keys:
                yield (finding.fault(), None) if stops(finding, article, tables) else (None, finding.remark())


def _of_texts(
    root: Path, units: Sequence[Unit], texts: Iterable[Leaf], tables: Tables, contexts: Contexts, default: str
) -> Iterator[Remark]:
    wanted: dict[tuple[str, str, str], list[str]] = {}
    for unit in units:
        wanted.setdefault((unit.kind, unit.path, unit.key), []).append(unit.language)
    places = ExactPlaces(root)
    for leaf in texts if wanted else ():
        for language in wanted.get((leaf.kind, leaf.record, leaf.key), ()):
            for finding in leaf_findings(leaf, language, default, tables, contexts, places):
                yield places.exact(finding).remark()
