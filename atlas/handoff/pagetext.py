"""A written page with translated segments put into it; what was not translated keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from atlas.article import Article, FrontMatter
from atlas.handoff.block import kinds, rebuilt, texts
from atlas.handoff.parcel import section_text
from atlas.handoff.scalar import edited
from atlas.translation.section import TOP, sections
from atlas.yamltext import Loc

_OF_ONE_LANGUAGE = re.compile(r"^(?:translated_from|made_from|reviewed|read_again_on):.*\n(?:[ \t].*\n)*", re.MULTILINE)
"""Fields that speak of one version of a page: a new translation has been read again and reviewed by nobody."""
_NEEDS = re.compile(r"^needs:.*\n(?:(?:[ \t]+|- ).*\n)*", re.MULTILINE)


def translated(source: Article, source_text: str, own: Article | None, own_text: str, targets: Mapping[str, Mapping[str, str]]) -> str:
    """The text of a translated page: by section the target of each segment, all of a section or none.

    ``own`` and its file are what stands there now; without it, the page is made from the file of the source. Line ends are ``\\n``.
    Raises :class:`ValueError` where a target does not keep its place, :class:`LookupError` where the page would have no top.
    """
    if own is None:
        if TOP not in targets:
            raise LookupError(TOP)
        head, body = _halves(source_text)
        head = f"{_OF_ONE_LANGUAGE.sub('', head)}translated_from: {source.language}\n"
        gap = len(body) - len(body.lstrip("\n"))
    else:
        head, body = _halves(own_text)
        gap = len(body) - len(own.body)
    if TOP in targets:
        head = _with_fields(head, own or source, targets[TOP])
    return f"---\n{head}---\n{body[:gap]}{_body(source, own, targets)}"


def _halves(text: str) -> tuple[str, str]:
    """The front matter between its lines of hyphens, and what follows."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    return f"{head}\n", body


def _with_fields(head: str, article: Article, targets: Mapping[str, str]) -> str:
    fields = {key: text for key, text in targets.items() if not key.isdigit()}
    needs = [text for key, text in fields.items() if key.startswith("needs.")]
    edits: dict[Loc, str] = {}
    for key, text in fields.items():
        name, _, place = key.partition(".")
        if not place:
            edits[name,] = text
        elif len(needs) == len(article.needs):
            edits[name, int(place)] = text
    changed = edited(head, edits, order=tuple(FrontMatter.model_fields))
    if needs and len(needs) != len(article.needs):
        listed = "needs:\n" + "".join("- x\n" for _ in needs)
        changed = _NEEDS.sub("", changed) + listed
        changed = edited(changed, {("needs", place): text for place, text in enumerate(needs)})
    return changed


def _body(source: Article, own: Article | None, targets: Mapping[str, Mapping[str, str]]) -> str:
    present = {one.id: section_text(own, one.id) or "" for one in sections(own)} if own else {}
    before = ""
    for one in sections(source):
        if one.id in targets:
            frame, there = section_text(source, one.id) or "", present.get(one.id)
            if there is not None and kinds(there) == kinds(frame):
                frame = there
            elif own is not None:
                frame = frame.rstrip("\n") + _ending(there)
            text = rebuilt(frame, blocks_of(targets[one.id]))
            present = {**present, one.id: text} if there is not None else _inserted(present, before, one.id, text)
        if one.id in present:
            before = one.id
    if not own:
        return "".join(present.values())
    return _joined(list(present.values()))


def blocks_of(targets: Mapping[str, str]) -> Sequence[str]:
    """The targets of the blocks of a section in their order."""
    return [targets[key] for key in sorted((key for key in targets if key.isdigit()), key=int)]


def _ending(text: str | None) -> str:
    return "\n" if not text else text[len(text.rstrip("\n")) :]


def _inserted(sections: Mapping[str, str], before: str, key: str, text: str) -> dict[str, str]:
    """The sections with a new one behind the section ``before``, or else first."""
    rows = list(sections.items())
    place = next((number + 1 for number, (name, _) in enumerate(rows) if name == before), 0)
    return dict([*rows[:place], (key, text), *rows[place:]])


def _joined(texts: Sequence[str]) -> str:
    """Sections one after another, with an empty line where none stands between two."""
    said = ""
    for text in texts:
        if said and text:
            said += "" if said.endswith("\n\n") else "\n" if said.endswith("\n") else "\n\n"
        said += text
    return said


def misfits(source: Article, key: str, targets: Mapping[str, str]) -> list[str]:
    """The segments of a section whose target does not keep its place: it begins a list, say, or holds an empty line."""
    frame = section_text(source, key) or ""
    original = list(texts(frame))
    wrong = []
    for place, before in enumerate(original):
        target = targets.get(str(place + 1), before)
        try:
            rebuilt(frame, [*original[:place], target, *original[place + 1 :]])
            if kinds(target) not in {("paragraph",), kinds(before)}:  # "- a" within "1. " is a list in a list
                raise ValueError(target)
        except ValueError:
            wrong.append(str(place + 1))
    return wrong
