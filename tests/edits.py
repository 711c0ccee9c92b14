"""Random edits of a project, as editors make them: shared by a short test of builds and the long run of ``bench/stale.py``.

Each is a function that takes the folder of a project and a :class:`random.Random`, and says what it did, or "" where there was nothing to
do. What it did may be a fault of the project; :class:`Saved` takes it back.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from atlas.publishing.manifest import NAME as MANIFEST
from atlas.yamltext import read_yaml
from bench.corpus.project import KEPT, few_records

INPUTS = ("atlas", "data", "docs", "hooks", "overrides", "mkdocs.yml")
TAKEN = "taken"
"""Where pages lie that were deleted, so that they can be restored."""
Edit = Callable[[Path, Random], str]
_WORDS = {"en": "more", "ko": "또한", "ru": "также", "zh": "也"}


class Saved:
    """What editors write in a project, as it is now; and how to have it back."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._files = {path: path.read_bytes() for path in self._there()}

    def restore(self) -> None:
        """Writes back what is not as it was."""
        for path in [path for path in self._there() if path not in self._files]:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        for path, content in self._files.items():
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def _there(self) -> Iterator[Path]:
        for name in INPUTS[1:]:
            found = self._project / name
            yield from [found] if found.is_file() else (path for path in sorted(found.rglob("*")) if path.is_file())


def copied(project: Path, into: Path) -> Path:
    """A copy of what a project is built from, without anything that a build has left."""
    into.mkdir(parents=True)
    for name in INPUTS:
        if (project / name).is_dir():
            shutil.copytree(project / name, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(project / name, into / name)
    return into


def strays(site: Path, other: Path) -> list[str]:
    """The files that are not the same in two sites, or in one of them only: those that differ by more than the digest at their foot."""
    one, two = _contents(site), _contents(other)
    return _differing(one, two) and (_differing(_without_digest(one), _without_digest(two)) or _differing(one, two))


def _contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _without_digest(found: dict[str, bytes]) -> dict[str, bytes]:
    digest = json.loads(found[MANIFEST])["digest"].encode()
    return {path: content.replace(digest, b"") for path, content in found.items() if path != MANIFEST}


def _differing(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | two.keys() if one.get(path) != two.get(path))


def thinned(project: Path) -> None:
    """Leaves of the small project all written pages, and as few records as they let be: so it is built in half the time."""
    gone = ("wellness", "clusters", "special-zones", "rounds", "airports", "treatments", "experiences", "recovery", "search")
    few_records(project / "data", gone)
    for name in ("specialties", "institution-kinds"):
        path = project / "data" / f"{name}.yaml"
        document, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
        path.write_text(json.dumps({key: document.value[key] for key in sorted(KEPT[name])}, ensure_ascii=False), encoding="utf-8")
    for path in (project / "data/hospitals").iterdir():
        if path.stem not in {"samsung-medical-center", "seoul-national-university-hospital"}:
            path.unlink()
            continue
        text = re.sub(r"^kind: .*$", "kind: general", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^specialties: .*$", "specialties: [general]", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"^  codes: .*$", "  codes: [dermatology, plastic-surgery]", text, flags=re.MULTILINE), encoding="utf-8")


# Written pages


def word_added(project: Path, random: Random) -> str:
    path, text = _page(project, random)
    places = [match.end() for match in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text) if _in_body(text, match.end())]
    if not places:
        return ""
    at = random.choice(places)
    return _saved(project, path, f"{text[:at]}{_WORDS[_language(project, path)]} {text[at:]}", "a word more")


def sentence_added(project: Path, random: Random) -> str:
    path, text = _page(project, random)
    said = {"en": "One more sentence.", "ko": "문장이 하나 더 있습니다.", "ru": "Ещё одно предложение.", "zh": "这里多了一句话。"}
    places = [match.end() for match in re.finditer(r"\n\n(?=[^\W\d_])", text) if _in_body(text, match.end())] or [len(text)]
    at = random.choice(places)
    return _saved(project, path, f"{text[:at]}{said[_language(project, path)]}\n\n{text[at:]}", "a paragraph more")


def paragraph_removed(project: Path, random: Random) -> str:
    path, text = _page(project, random)
    head, front, body = text.split("---\n", 2)
    parts = body.split("\n\n")
    parts.pop(random.randrange(len(parts)))
    return _saved(project, path, "---\n".join((head, front, "\n\n".join(parts))), "a paragraph less")


def renamed_in_one_language(project: Path, random: Random) -> str:
    """Search finds a page by its titles in the other languages too."""
    path, text = _page(project, random)
    match = re.search(r'^title: "?(.*?)"?$', text, re.MULTILINE)
    if not match:
        return ""
    title = f'title: "{match[1]} {_WORDS[_language(project, path)]}"'
    return _saved(project, path, text[: match.start()] + title + text[match.end() :], "another title")


def front_matter_changed(project: Path, random: Random) -> str:
    path, text = _page(project, random)
    word = _WORDS[_language(project, path)]
    changes: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"^(title|description|lead): (\"?)(.*?)(\"?)$", lambda found: f"{found[1]}: {found[2]}{found[3]} {word}{found[4]}"),
        (r"^order: \d+$", lambda _: f"order: {random.randrange(1, 12)}"),
        (r"^section: \S+$", lambda _: f"section: {random.choice(['about', 'rights', 'hospitals', 'visa'])}"),
        (r"^critical_class: \S+$", lambda _: f"critical_class: {random.choice('AB')}"),
        (r"^checked_on: .*$", lambda _: f'checked_on: "2026-11-{random.randrange(10, 23)}"'),
        (r"^(read_again_on|order|needs|leads_to|made_from|translated_from): .*\n", lambda _: ""),
    ]
    pattern, change = random.choice(changes)
    places = [match for match in re.finditer(pattern, text, re.MULTILINE) if not _in_body(text, match.start())]
    if not places:
        return ""
    match = random.choice(places)
    return _saved(project, path, text[: match.start()] + change(match) + text[match.end() :], f"another {match[0][:14]}")


def page_added(project: Path, random: Random) -> str:
    path, _ = _page(project, random)
    name = f"new-{random.randrange(100)}.md"
    where = random.choice((path.parent, path.parent, path.parent if path.stem == "index" else path.with_suffix("")))
    found = [path] if random.random() < 0.3 else _versions(project, path)
    for one in found:
        place = project / "docs" / _language(project, one) / where.relative_to(project / "docs" / _language(project, path)) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(one, place)
    return f"{name} added beside {path.relative_to(project)}, {len(found)} versions"


def page_deleted(project: Path, random: Random) -> str:
    path, _ = _page(project, random)
    versions = _versions(project, path)
    gone = random.choice(([path], [path], versions, versions, [one for one in versions if _language(project, one) != "en"]))
    if gone == versions:
        _links_rewritten(project, path.name, lambda link: link[1])
    for one in gone:
        kept = project / TAKEN / one.relative_to(project)
        kept.parent.mkdir(parents=True, exist_ok=True)
        one.replace(kept)
    return f"{path.relative_to(project)} deleted, {len(gone)} versions"


def page_renamed(project: Path, random: Random) -> str:
    path, _ = _page(project, random)
    name = f"moved-{random.randrange(100)}.md"
    for one in _versions(project, path):
        one.replace(one.with_name(name))
    _links_rewritten(project, path.name, lambda link: f"[{link[1]}]({link[2]}{name}{link[3]})")
    return f"{path.relative_to(project)} renamed {name}"


def page_restored(project: Path, random: Random) -> str:
    gone = sorted(path for path in (project / TAKEN).rglob("*.md") if not (project / path.relative_to(project / TAKEN)).exists())
    if not gone:
        return ""
    for path in random.sample(gone, random.randrange(len(gone)) + 1):
        (project / path.relative_to(project / TAKEN)).parent.mkdir(parents=True, exist_ok=True)
        path.replace(project / path.relative_to(project / TAKEN))
    return f"{len(gone)} pages that were deleted are there, or some of them"


def links_exchanged(project: Path, random: Random) -> str:
    """Two references to records, or two links to pages, in the place of each other: what a page shows or leads to is another."""
    path, text = _page(project, random)
    pattern = random.choice((r"\{\{[a-z^][^{}]*\}\}", r"\]\([^()\s]+\)"))
    found = list(re.finditer(pattern, text))
    if len(found) < 2:
        return ""
    one, other = sorted(random.sample(found, 2), key=lambda match: match.start())
    if random.random() < 0.5:
        return _saved(project, path, text[: one.start()] + other[0] + text[one.end() :], f"{other[0]} for {one[0]}")
    exchanged = text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
    return _saved(project, path, exchanged, f"{one[0]} and {other[0]} exchanged")


# Records, wordings, translations


def record_changed(project: Path, random: Random) -> str:
    """A telephone, a number, a date or a text of a record."""
    files = sorted(path for path in (project / "data").rglob("*.yaml") if "wordings" not in path.parts)
    path = random.choice(files)
    text = path.read_text(encoding="utf-8")
    changes: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"\+82-\d+-\d{3,4}-\d{3}", lambda found: found[0][:-1] + str(random.randrange(10))),
        (r"(?<=[:\s,\[{])\d{2,7}(?=[,\s}\]])", lambda found: str(int(found[0]) + random.randrange(1, 9))),
        (r"checked_on: \"?\d{4}-\d\d-\d\d", lambda found: f"{found[0][:-2]}{random.randrange(10, 23)}"),
        (r"(?<=ru: )[А-Я][а-я]+(?= )", lambda found: f"{found[0]} также"),
        (r"(?<=en: )[A-Z][a-z]+(?= )", lambda found: f"{found[0]} also"),
        (r"^ *- [a-z0-9-]+\n", lambda _: ""),
        (r"(?<=\[)[a-z0-9-]+, ", lambda _: ""),
        (r"^[a-z0-9-]+:\n(?:[ -].*\n)+", lambda _: ""),
    ]
    pattern, change = random.choice(changes)
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if not found:
        return ""
    match = random.choice(found)
    return _saved(
        project, path, text[: match.start()] + change(match) + text[match.end() :], f"{change(match)[:40]!r} for {match[0][:40]!r}"
    )


def districts_renamed(project: Path, random: Random) -> str:
    """Names that pages of other records have by way of rows which are made once for all lists."""
    path = project / "data/districts.yaml"
    text = path.read_text(encoding="utf-8")
    ending = random.choice("bdfg")
    return _saved(project, path, re.sub(r'(en: "?[A-Z][a-z]+)', lambda found: found[1] + ending, text), "other names in English")


def record_touched(project: Path, random: Random) -> str:
    path = random.choice(sorted((project / "data").rglob("*.yaml")))
    if random.random() < 0.5:
        os.utime(path)
        return f"{path.relative_to(project)} touched"
    return _saved(project, path, f"{path.read_text(encoding='utf-8').rstrip()}\n# A remark.\n", "a remark")


def wording_changed(project: Path, random: Random) -> str:
    path = random.choice(sorted((project / "data/wordings").glob("*.yaml")))
    text = path.read_text(encoding="utf-8")
    match = random.choice(list(re.finditer(r'^[a-z-]+: "([^"{}]+)"$', text, re.MULTILINE)))
    return _saved(project, path, f"{text[: match.end(1)]} {_WORDS[path.stem]}{text[match.end(1) :]}", f"another {match[0][:30]}")


def translation_changed(project: Path, random: Random) -> str:
    """What is stored of the texts that translations were made from."""
    path = random.choice(sorted((project / "data/translations").rglob("*.json")))
    if random.random() < 0.2:
        path.unlink()
        return f"{path.relative_to(project)} deleted"
    lines = path.read_text(encoding="utf-8").split("\n")
    row = random.randrange(1, max(2, len(lines) - 2))
    if random.random() < 0.5:
        lines[row] = lines[row].replace(" a ", " another ").replace(" the ", " that ")
    else:
        lines.pop(row)
    return _saved(project, path, "\n".join(lines), f"another line {row}")


# What it is drawn with, and where it is published


def template_changed(project: Path, random: Random) -> str:
    path = random.choice(sorted((project / "overrides").rglob("*.html")))
    text = path.read_text(encoding="utf-8")
    places = list(re.finditer(r"<(?:p|h1|div|section|li|a)(?=[ >])", text))
    if not places:
        return ""
    at = random.choice(places)
    change = random.choice((f"{at[0]} data-edited", f"<!-- edited -->{at[0]}"))
    return _saved(project, path, text[: at.start()] + change + text[at.end() :], "another mark")


def article_template_changed(project: Path, random: Random) -> str:
    """The template of all written pages."""
    path = project / "overrides/article.html"
    text = path.read_text(encoding="utf-8")
    return _saved(project, path, text.replace("<h1", f'<h1 data-edited="{random.randrange(99)}"', 1), "another mark")


def asset_changed(project: Path, random: Random) -> str:
    path = random.choice(sorted(path for path in (project / "overrides").rglob("*") if path.suffix in {".css", ".js", ".svg"}))
    text = path.read_text(encoding="utf-8")
    more = {".css": "\n.edited { color: red }\n", ".js": "\nconst edited = 1;\n", ".svg": "\n"}[path.suffix]
    return _saved(project, path, text + more, "more of it")


def setting_changed(project: Path, random: Random) -> str:
    path = project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    if random.random() < 0.3:
        return _saved(project, path, text.replace("care-atlas.example", f"care-{random.randrange(9)}.example"), "another address")
    return _saved(project, path, f"{text}# A remark.\n", "a remark")


# What builds leave behind


def kept_damaged(project: Path, random: Random) -> str:
    places = ("build/cache/**/*", "build/cache/edition/*", "build/templates/*", ".site.spare/listing.*")
    return _damaged([path for path in sorted(project.glob(random.choice(places))) if path.is_file()], project, random)


def site_damaged(project: Path, random: Random) -> str:
    if random.random() < 0.05:
        shutil.rmtree(project / random.choice(("site", ".site.spare", "build")), ignore_errors=True)
        return "a whole folder deleted"
    folder = project / random.choice(("site", "site", ".site.spare/site"))
    if random.random() < 0.2 and folder.is_dir():
        (folder / "more.html").write_text("more", encoding="utf-8")
        return f"{folder.name}/more.html added"
    return _damaged(sorted(path for path in folder.rglob("*") if path.is_file()), project, random)


def _damaged(files: Sequence[Path], project: Path, random: Random) -> str:
    if not files:
        return ""
    path = random.choice(files)
    content = path.read_bytes()
    path.unlink()  # another name of the same file keeps its content
    how = random.choice(("deleted", "cut", "another byte", "backwards"))
    if how == "cut":
        path.write_bytes(content[: random.randrange(len(content) + 1)])
    elif how == "another byte" and content:
        at = random.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    elif how != "deleted":
        path.write_bytes(content[::-1])
    return f"{path.relative_to(project)}: {how}"


PAGES: tuple[Edit, ...] = (
    word_added,
    sentence_added,
    paragraph_removed,
    renamed_in_one_language,
    front_matter_changed,
    page_added,
    page_deleted,
    page_renamed,
    page_restored,
    links_exchanged,
)
RECORDS: tuple[Edit, ...] = (record_changed, record_touched, wording_changed, translation_changed)
DRAWING: tuple[Edit, ...] = (template_changed, asset_changed, setting_changed)
LEFT: tuple[Edit, ...] = (kept_damaged, site_damaged)
ALL = (*PAGES * 4, *RECORDS * 6, *DRAWING * 2, *LEFT * 2)
"""Pages and records most often: an edit of them makes least again, so that most could go wrong."""


def edit(project: Path, random: Random, edits: Sequence[Edit] = ALL) -> str:
    """Makes one of some edits. Says which, and what it did."""
    while True:
        made = random.choice(edits)
        if told := made(project, random):
            return f"{made.__name__}: {told}"


def _page(project: Path, random: Random) -> tuple[Path, str]:
    path = random.choice(sorted((project / "docs").rglob("*.md")))
    return path, path.read_text(encoding="utf-8")


def _language(project: Path, path: Path) -> str:
    return path.relative_to(project / "docs").parts[0]


def _versions(project: Path, path: Path) -> list[Path]:
    """A page in all languages."""
    below = Path(*path.relative_to(project / "docs").parts[1:])
    return sorted(project.glob(f"docs/*/{below}"))


def _links_rewritten(project: Path, name: str, rewrite: Callable[[re.Match[str]], str]) -> None:
    """As who moves or deletes a page does with the links to it, where its name tells which these are."""
    if name == "index.md":
        return
    for path in sorted((project / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        rewritten = re.sub(rf"\[([^\[\]]*)\]\(((?:[^()\s]*/)?){re.escape(name)}((?:#[^()\s]*)?)\)", rewrite, text)
        if rewritten != text:
            path.write_text(rewritten, encoding="utf-8")


def _in_body(text: str, at: int) -> bool:
    return text.count("---\n", 0, at) > 1


def _saved(project: Path, path: Path, text: str, told: str) -> str:
    if path.read_text(encoding="utf-8") == text:
        return ""
    path.write_text(text, encoding="utf-8")
    return f"{path.relative_to(project)}: {told}"
