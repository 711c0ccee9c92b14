"""What the fields of a model mean: the strings below them in its source, which Python itself throws away."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring of each field that has one, of its own or of the models that it extends."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            found |= dict(_documented(_class(base)))
    return found


def _class(model: type[BaseModel]) -> ast.ClassDef | None:
    file = getattr(sys.modules[model.__module__], "__file__", None)
    tree = _tree(file) if file else None
    nodes = tree.body if tree else []
    return next((node for node in nodes if isinstance(node, ast.ClassDef) and node.name == model.__name__), None)


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text(encoding="utf-8"))


def _documented(node: ast.ClassDef | None) -> Iterator[tuple[str, str]]:
    body = node.body if node else []
    for field, said in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(said, ast.Expr)
            and isinstance(said.value, ast.Constant)
            and isinstance(said.value.value, str)
        ):
            yield field.target.id, " ".join(inspect.cleandoc(said.value.value).replace("``", "`").split())


USUAL = {
    "about": "Which part of the record, or which doing, this is about.",
    "about_foreign_patients": "Whether the scheme is about serving patients from abroad; the others speak of an institution in general.",
    "accessed": "The day on which we read it: YYYY-MM-DD.",
    "address": "The address, as a source prints it.",
    "airports": "Ids of airports (data/airports.yaml).",
    "alcohol": "Whether there is alcohol. Leave it out where that is not known.",
    "allowed_from": "The first day after the treatment on which a source allows it; day 0 is the day of the treatment.",
    "alternatives": "Other outcomes that are open as well.",
    "amount": "The amount, digits only.",
    "anchors": "The institutions that it stands on.",
    "answer": "What the page answers, in the languages of the site.",
    "archived": "The address of an archived copy.",
    "areas": "What it was designated for.",
    "article": "The article of the law, such as 6-2.",
    "as_of": 'The date of the newest source, as precise as it is given: "2026-11-22", "2026-11" or "2026"; null: none has one.',
    "aspect": "Which side of entry this rule is about.",
    "aspects": "Which sides of entry are shown.",
    "basis": "Where this form comes from: a source that prints it, the term base, or our own rendering, which the page marks.",
    "beds": "How many beds, on which day, by which source.",
    "body": "What the place asks of a body: our judgement. What is left out is unknown, and then it is suggested to no patient.",
    "by": "Who brings these papers.",
    "case": "In which case, if it does not hold in all.",
    "centre": "The place from which distances are measured.",
    "checked_on": 'The day on which this was compared with its sources, in quotes: "YYYY-MM-DD".',
    "checklists": "Ids of lists of papers (data/entry/checklists.yaml).",
    "chosen": "What was chosen.",
    "closed": "The end: date, sources, and the reason where a source gives one. Nothing is deleted.",
    "closes": 'The time of closing with 24 hours, in quotes: "17:30".',
    "code": "The code as officials write it.",
    "codes": "Ids, one for each.",
    "concerns": "Ids of the statuses of stay or schemes that it concerns.",
    "condition": "Under which condition the answer holds.",
    "confidence": "high, medium or low: how far the sources agree and can be trusted. A low one is shown as a doubt.",
    "conflicts": "Values on which sources differ: what each says, and the one that is printed.",
    "count_of": "The id of the patient count whose number is printed.",
    "countries": "ISO 3166-1 codes of the passports, such as [KZ, RU].",
    "country": "An ISO 3166-1 code such as KZ.",
    "critical": "Whether a wrong word here is a wrong fact.",
    "crowds": "Whether it is crowded. Leave it out where that is not known.",
    "currency": "An ISO 4217 code: KRW or USD.",
    "date": 'As precise as the source gives it: "2026-11-22", "2026-11" or "2026".',
    "days": "How many days, or on which days of the week.",
    "denied_after": "What denies a claim that stands before it.",
    "denied_before": "What denies a claim that stands behind it.",
    "departments": "The departments on the licence.",
    "description": "One sentence for search engines: what one finds on the page.",
    "designated": "When it was designated.",
    "designations": "When, and for what, it was designated.",
    "desk": "The desk for patients from abroad: what is known of it.",
    "district": "An id from data/districts.yaml; it must lie in the province.",
    "document": "An id from data/entry/documents.yaml.",
    "documents": "The papers, each by its id.",
    "door": "By which way one comes in.",
    "doubt": "What is not sure; it is printed.",
    "doubts": "What is not sure; each is printed.",
    "effort": "seated (little walking), light (easy level walking with rests) or active (long walks, slopes, crowds or heat).",
    "email": "The e-mail address.",
    "end_of": "The id of the list of passports whose last day is printed.",
    "entry": "How one enters on an ordinary passport: a list of periods, the oldest first.",
    "evidence": "registered, designated, accredited or self-declared, each with source and period. Without any the page says unknown.",
    "facts": "What sources say in words, one sentence each.",
    "fee": "The id of the fee that is printed.",
    "fees": "Ids of fees (data/entry/fees.yaml).",
    "first": "The first year or day.",
    "flying": "How long to wait before a flight, as sources say.",
    "forbidden": "Forms that are wrong for this concept, each with its reason.",
    "form": "The form as it stands in a text.",
    "forms": "The right form in each language of the site.",
    "found": "open-api (of the Korea Tourism Organization), geocoded (from the address), filming-data or reference (a known place nearby).",
    "high": "The highest price that was seen, digits only.",
    "hours": "Opening hours, by which source.",
    "id": "Lower-case letters, digits and hyphens, or a standard code; it never changes. In a file of its own it is the name of the file.",
    "indoors": "Whether it is under a roof. Leave it out where that is not known.",
    "inflection": "How the term is inflected.",
    "institution": "The id of an institution: the name of its file in data/hospitals/.",
    "judged": "Remarks of ours on what the place asks of a body; they have no source.",
    "item": "The item of the paragraph, as the law counts it.",
    "key": "A name for this row that no other row of the series has.",
    "kind": "What it is: one of the words or ids that are allowed here.",
    "kinds": "What it is: ids from data/wellness-kinds.yaml.",
    "label": "What the row is called, in the languages of the site.",
    "languages": "ISO 639-1 codes of languages, such as [en, ru].",
    "last": "The last year or day.",
    "lat": "Latitude in WGS84 degrees: 33 to 38.7.",
    "law": "Where the law forbids it.",
    "least": "The least.",
    "level": "registered, designated, accredited or self-declared.",
    "licensed": "The date of the licence, and who gives it.",
    "line": "The id of a helpline (data/helplines.yaml).",
    "listed": "listed (in the lists read in 2025), article (only an article was seen) or earlier (an earlier selection).",
    "lon": "Longitude in WGS84 degrees: 124.5 to 132.",
    "low": "The lowest price that was seen, digits only.",
    "main_line": "The number that one calls first.",
    "money": "What sources say of the money.",
    "most": "The most.",
    "name": "The name in each language of the site: {en: …, ko: …, ru: …, zh: …}.",
    "name_basis": "For each language: source (as a source prints it), term (from the term base) or own (our rendering).",
    "names": "The name in each language, with its basis and its sources; ko is what a driver reads.",
    "no_end": "true: the source names no last day.",
    "note": "A remark for the reader, in the languages of the site.",
    "number": "The number, digits only; of a telephone with the country code: +82-2-2228-0114.",
    "of": "What it belongs to.",
    "on": 'The day of it, in quotes: "YYYY-MM-DD".',
    "older": "true: of the older scheme, which has no rounds.",
    "opened": "When it was opened, and who says so.",
    "openings": "On which days from when until when.",
    "opens": 'The time of opening with 24 hours, in quotes: "08:30".',
    "order": "Its place in lists, the lowest first.",
    "outcome": "The id of the outcome that this row leads to (data/entry/outcomes.yaml).",
    "own_name": "Its name as it stands in Korean sources.",
    "page": "The page on the web, or the page of this site, where it stands.",
    "paragraph": "The paragraph of the article, as the law counts it.",
    "part_of_speech": "Noun, verb and so on, as in the term base.",
    "partners": "Who takes part.",
    "parts": "The papers, by who brings them.",
    "patients": "How many patients, digits only.",
    "periods": "What holds since when and until when, the oldest first, without gap or overlap. The next can be written before it begins.",
    "phone": "With the country code and hyphens: +82-2-2228-0114.",
    "phones": "Telephone lines, each with its sources.",
    "place": "Its name in the languages of the site, or the place it is about.",
    "plural": "The form for several, in the languages of the site.",
    "point": "WGS84 degrees, and who gives them.",
    "price": "What sources say it costs.",
    "prices": "Prices that were seen: what for, which year, by whom.",
    "printed": "The value that the page prints; null: none.",
    "province": "An ISO 3166-2 code from data/provinces.yaml, such as KR-11; null: no one place, or no source says where.",
    "publisher": "Who publishes it, in the languages of the site.",
    "purpose": "What it is for, in the languages of the site.",
    "reason": "Why, as far as a source says it, in the languages of the site.",
    "references": "Where the term is laid down.",
    "remarks": "Remarks on one part of the record, for the reader.",
    "reports": "Sources other than the institution itself that say it treats patients from abroad.",
    "root": "The text by language.",
    "round": "An id from data/rounds.yaml.",
    "rounded": "true: the source gives a round number.",
    "rows": "The numbers, one a row, each with its own key.",
    "run_by": "Who runs it, in the languages of the site.",
    "scheme": "An id from data/schemes.yaml.",
    "scope": "always (wrong everywhere) or here (wrong for this concept only).",
    "seats": "Whether there are seats to rest on. Leave it out where that is not known.",
    "section": "Where the page stands in the menu.",
    "short": "The short form of the name, in the languages of the site.",
    "shows": "Which rules the page shows.",
    "sides": "What each side says, where sources contradict each other.",
    "site": "An id: of an official website, or of the wellness site where this is.",
    "sites": "Ids of wellness sites: the names of their files in data/wellness/.",
    "slug": "What its page is called in the address: lower-case letters, digits and hyphens.",
    "source": "An id from data/sources/: who says so.",
    "sources": "Ids from data/sources/: who says so. A new source is an entry there first.",
    "span": "From least to most, both inside, and the unit.",
    "specialties": "Ids from data/specialties.yaml.",
    "standing": "Whether it holds: stated by the source, unclear, past or disputed.",
    "start_of": "The id of the list of passports whose first day is printed.",
    "stay": "The usual stay in Korea, or how long one stays.",
    "stay_of": "The id of the list of passports whose days are printed.",
    "strength": "authoritative, or clinic.",
    "summary": "One or two sentences, in the languages of the site: what it is.",
    "synonyms": "Other forms that are right too.",
    "tax": "unknown, included or excluded.",
    "text": "The text; where it is in several languages, by language: {en: …, ko: …, ru: …, zh: …}.",
    "title": "The title, in the languages of the site.",
    "toilets": "Whether there are toilets. Leave it out where that is not known.",
    "topic": "The page on which the rule stands.",
    "treatments": "Ids of treatments: the names of their files in data/treatments/.",
    "unit": "The unit, as one of the words that are allowed here.",
    "unwise_through": "The last day after the treatment on which a source warns of it; day 0 is the day of the treatment.",
    "url": "The whole address: https://…",
    "valid_from": "The first day on which it holds; left out: not known.",
    "valid_to": "The last day on which it holds; left out: no end is known.",
    "value": "The value as the source gives it.",
    "values": "The figures that the text names as {name}.",
    "versions": "What each source gives.",
    "weak": "true: seen only in code files, compiled lists or old pages; the page says so.",
    "website": "The page on the web, with its sources.",
    "what": "What it is for, in the languages of the site.",
    "when": "What must be so for this row to hold; what is left out may be anything.",
    "where": "Where one is, or goes.",
    "who": "Who asks.",
    "why": "Why, in one sentence, for editors and translators.",
    "window": "A limit over all stays: {days: 60, within: 180}.",
    "within": "In how many days; or longer words that hold this form by chance.",
    "words": "What people type for this page, by language.",
    "works": "Ids of films, dramas and videos (data/works.yaml) that were shot here.",
    "year": "The year: 2026.",
    "year_about": "true: the source gives no exact year.",
}
"""What a field means wherever it has this name, unless its model says more."""
