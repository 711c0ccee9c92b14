"""One written page in all languages as one form: its texts by language, its sections side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from atlas.article import FrontMatter
from atlas.editing import emitting
from atlas.editing.putting import put
from atlas.editing.refusal import NotWrittenError
from atlas.editing.shape import Shape, shape_of
from atlas.editing.splicing import held, ordered, same, spliced
from atlas.editing.value import from_form, to_form

TEXTS = ("title", "description", "lead", "needs", "leads_to")
"""The fields of the front matter that are translated."""
BY_MACHINE = ("translated_from", "made_from", "reviewed")
"""Those that commands write; a form leaves them as they are."""
TOP = "top"
"""What stands before the first heading."""
PATH = r"[a-z0-9-]+(/[a-z0-9-]+)*"
_FRONT = re.compile(r"---\n(.*?\n)---(?:\n|$)", re.DOTALL)
_HEADING = re.compile(r"^(?=## )", re.MULTILINE)
_ID = re.compile(r"^## .*\{#([a-z0-9-]+)\}[ \t]*$", re.MULTILINE)


def settings_shape(*texts: str) -> Shape:
    """What a page says about itself in each language that is not text, with the named ``texts``."""
    fields = {name: part for name, part in shape_of(FrontMatter).fields.items() if name in texts or name not in (*TEXTS, *BY_MACHINE)}
    return Shape("group", fields=fields)


def page_forms(root: Path, languages: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page by its path below the language, without ``.md``, as its form."""
    paths = {
        file.relative_to(root / "docs" / language).as_posix().removesuffix(".md")
        for language in languages
        for file in (root / "docs" / language).rglob("*.md")
    }
    for path in sorted(paths):
        if re.fullmatch(PATH, path):
            yield path, page_form(path, page_texts(root, path, languages))


def page_texts(root: Path, path: str, languages: tuple[str, ...]) -> dict[str, str]:
    """The files of a page by language."""
    files = {language: root / "docs" / language / f"{path}.md" for language in languages}
    return {language: file.read_text(encoding="utf-8") for language, file in files.items() if file.is_file()}


def page_form(path: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The form of a page whose files are ``texts``."""
    settings = settings_shape()
    form: dict[str, Any] = {"id": path, **{name: {} for name in TEXTS}, "sections": [], "settings": {}}
    bodies: dict[str, dict[str, str]] = {}
    for language, text in texts.items():
        front, body = _parts(text)
        value = held(front) or {}
        for name in TEXTS:
            if value.get(name):
                form[name][language] = value[name]
        form["settings"][language] = to_form(settings, {name: one for name, one in value.items() if name in settings.fields})
        bodies[language] = _sections(body)
    names: list[str] = []
    for found in bodies.values():
        names = ordered(names, [*names, *found]) if not names else ordered(names, list(dict.fromkeys([*found, *names])))
    form["sections"] = [
        {"id": name, **{language: found[name].strip() for language, found in bodies.items() if name in found}} for name in names
    ]
    return form


def written_page(root: Path, form: Mapping[str, Any], languages: tuple[str, ...]) -> list[Path]:
    """Writes the files of the page that a form holds, where they differ, and returns those written. Raises :class:`NotWrittenError`."""
    path = str(form.get("id") or "").strip().strip("/")
    if not re.fullmatch(PATH, path):
        raise NotWrittenError(
            "The path of a page is lower-case letters, digits and hyphens between slashes, such as rights/deposits.",
            "페이지 경로는 rights/deposits처럼 영문 소문자, 숫자, 하이픈을 빗금으로 잇습니다.",
        )
    texts = page_texts(root, path, languages)
    written = []
    for language in languages:
        text = _changed(form, language, texts.get(language))
        if text is not None and text != texts.get(language):
            file = root / "docs" / language / f"{path}.md"
            put(file, text)
            written.append(file)
    return written


def _changed(form: Mapping[str, Any], language: str, text: str | None) -> str | None:
    """The file of a page in one language; ``None`` where there is none and nothing was written."""
    front, body = _parts(text or "")
    before = held(front) or {}
    told = {name: (form.get(name) or {}).get(language) for name in TEXTS} | ((form.get("settings") or {}).get(language) or {})
    value = from_form(settings_shape(*TEXTS), told, before)
    sections = [
        (str(one.get("id") or ""), str(one.get(language) or "").replace("\r\n", "\n").strip()) for one in form.get("sections") or ()
    ]
    if not any(content for _, content in sections) and not any(value.get(name) for name in TEXTS):
        if text is not None and (_sections(body) or any(before.get(name) for name in TEXTS)):
            raise NotWrittenError(
                f"The page in “{language}” would be empty. To take a page away, ask whoever publishes the site.",
                f"“{language}” 페이지가 비게 됩니다. 페이지를 없애려면 사이트를 배포하는 사람에게 말하세요.",
            )
        return text
    return f"---\n{_front(front, before, value)}---\n{_body(body, sections, text is None)}"


def _front(front: str, before: dict[str, Any], value: dict[str, Any]) -> str:
    if same(before, value) and before.keys() == value.keys():
        return front
    return spliced(front, value) if before else f"{emitting.group(value, 0)}\n"


def _body(body: str, sections: list[tuple[str, str]], new: bool) -> str:
    """The body with each section that has not changed as it stands."""
    before = _sections(body)
    after: dict[str, str] = {}
    for name, content in sections:
        if content:
            after[_name(content, name, after)] = content
    if list(before) == ordered(list(before), list(after)) and all(before[name].strip() == after[name] for name in before):
        return body if not new else "\n"
    last = next(reversed(before), None)
    found = [
        before[name] if name in before and before[name].strip() == after[name] and name != last else f"{after[name]}\n\n"
        for name in ordered(list(before), list(after))
    ]
    return "\n" + "".join(found).strip("\n") + "\n"


def _parts(text: str) -> tuple[str, str]:
    """The front matter, and what stands below its second line of hyphens."""
    match = _FRONT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def _sections(body: str) -> dict[str, str]:
    """The sections by their ids, each with its heading and the blank lines behind it."""
    found: dict[str, str] = {}
    for place, content in enumerate(_HEADING.split(body)):
        if content.strip():
            found[_name(content, TOP if place == 0 else "", found)] = content
    return found


def _name(content: str, given: str, taken: Mapping[str, str]) -> str:
    match = _ID.match(content)
    name = match[1] if match else given or "section"
    return name if name not in taken else f"{name}-{len(taken)}"
