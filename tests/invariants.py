"""What must hold for any input: shared by short tests with Hypothesis and the long runs of ``bench/fuzz.py``.

Each target takes bytes, gives them to the engine as a file of an editor, and raises :class:`AssertionError` where a promise is broken.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import tempfile
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html
from pydantic import TypeAdapter, ValidationError

from atlas.article import Article, _article, address_of
from atlas.atlas import Atlas
from atlas.cell import cell
from atlas.commonmark import rendered
from atlas.fault import Fault
from atlas.intake.characters import strange
from atlas.intake.encoding import read_text
from atlas.intake.markup import SCHEMES, allowed
from atlas.intake.names import name_trouble
from atlas.intake.patience import patience
from atlas.kinds import KINDS
from atlas.linking import link
from atlas.loading import _entries, _foreign, _records, load
from atlas.memory import Memory
from atlas.prose import _fact_faults, _link_faults, _reached, _text_faults
from atlas.records.date import PartialDate
from atlas.records.email import EmailAddress
from atlas.records.phone import Phone
from atlas.records.record import Known
from atlas.records.weblink import WebLink
from atlas.reference import named_records, references
from atlas.staging import record_paths
from atlas.usage import Usage
from atlas.views.prose import Prose
from atlas.views.reader import Citations, Reader
from atlas.wording import Wording, placeholders
from atlas.yamltext import read_yaml

ROOT = Path(__file__).resolve().parent.parent
FRONT = '---\ntitle: T\ndescription: D\nlead: L\nsection: about\ncritical_class: B\nchecked_on: "2026-11-22"\n---\n\n'


@cache
def real_atlas() -> Atlas:
    """The records of the site."""
    return load(ROOT)


@cache
def _prose() -> tuple[Atlas, Any, Usage, frozenset[str]]:
    """What the checks of prose are given, made once."""
    atlas = real_atlas()
    return atlas, named_records(atlas), Usage(atlas.terms, "en"), record_paths(atlas)


@cache
def _reader() -> Reader:
    atlas = real_atlas()
    return Reader("en", atlas, link(atlas, {}), Wording("en", "en", atlas.wordings["en"]))


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="atlas-"))
    for name in ("docs/en/about", "data/facts"):
        (folder / name).mkdir(parents=True)
    return folder


def only_allowed(page: str) -> None:
    """Fails unless a piece of HTML holds only what is allowed, and no character of a text has become markup."""
    tree = html.fragment_fromstring(page, create_parent="div")
    for element in tree.iterdescendants():
        assert isinstance(element.tag, str), "a comment or an instruction"
        assert allowed(element.tag), element.tag
        for name, value in element.attrib.items():
            assert allowed(element.tag, str(name)), (element.tag, name)
            if name == "href":
                # as browsers read it (WHATWG URL Standard, 4.4): spaces before it and tabs and line ends in it do not count
                read = re.sub(r"[\t\n\r]", "", str(value).lstrip("".join(map(chr, range(0x21)))))
                scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", read)
                assert scheme is None or scheme[1].lower() in SCHEMES, value


def _told(faults: list[Fault], path: str) -> None:
    for fault in faults:
        said = str(fault)
        assert fault.path == path, said
        assert "\n" not in said, said
        assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in said), said
        assert fault.what, said
        assert fault.mend, said
        assert len(said) < 2500, len(said)


def loader(content: bytes) -> None:
    """A data file of any kind: the first byte chooses it."""
    kind = KINDS[content[0] % len(KINDS)] if content else KINDS[0]
    path = "data/facts/x.yaml"
    (_folder() / path).write_bytes(content[1:])
    with patience():
        text, faults = read_text(_folder(), path)
        if text is not None:
            document, found = read_yaml(text, path)
            faults += found
            if isinstance(document.value, dict):
                faults += _foreign(document)
                entries = list(_entries(kind, document, faults))
                _records(kind, entries, Known(languages=("en", "ko", "ru", "zh")), faults, Memory())
            if not faults:
                assert not [character for character in repr(document.value) if strange(character)]
    _told(faults, path)


def page(content: bytes) -> None:
    """A written page: refused with its faults, or rendered to nothing but what is allowed; the renderer alone keeps to that too."""
    path = "docs/en/about/x.md"
    (_folder() / path).write_bytes(content if content.startswith(b"---") else FRONT.encode() + content)
    with patience():
        article, faults = _article(_folder(), path, "en")
        if article:
            atlas, named, usage, addresses = _prose()
            articles = {article.path: {"en": article}}
            dense, found = _text_faults(article, frozenset(), usage)
            if not dense:
                only_allowed(rendered(article.body))
                found += _fact_faults(atlas, named, article, addresses)
                faults += [*found, *_link_faults(article, _reached(addresses, articles, Memory()))]
            if not faults and not dense:
                only_allowed(published(article))
    _told(faults, path)


def published(article: Article) -> str:
    """The text of a page that has no fault, as it is published."""
    return rendered(Prose(_reader(), article, Citations(_reader())).body())


_VALUES: dict[str, TypeAdapter[Any]] = {
    "address": TypeAdapter(WebLink),
    "email": TypeAdapter(EmailAddress),
    "phone": TypeAdapter(Phone),
    "date": TypeAdapter(PartialDate),
}


def names(content: bytes) -> None:
    """A name of a file, an id, an address, a placeholder, a cell of a table: any short text."""
    text = content.decode("utf-8", "surrogateescape")
    with patience():
        if name_trouble(text) is None:
            assert re.fullmatch(r"[a-z0-9-]+", text)
            assert posixpath.normpath(f"a/{text}") == f"a/{text}"
            assert address_of(f"{text}.md") in {f"{text}/", ""}
        for kind in KINDS:
            if kind.id_fits(text):
                assert text.isascii()
                assert ".." not in text
                assert not text.startswith("/")
        assert not str(cell(text)).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
        for reference in references(text):
            assert text[reference.start : reference.end].startswith("{{")
        with contextlib.suppress(ValueError):
            text.format(**dict.fromkeys(placeholders(text), "x"))
        for name, adapter in _VALUES.items():
            try:
                value = adapter.validate_python(text)
            except ValidationError:
                continue
            assert not set(value) & set("\"'<>\\\n\r\t "), (name, value)
            if name == "address":
                assert urlsplit(value).scheme in {"http", "https"}
                assert "@" not in urlsplit(value).netloc
    fault = Fault(text, 1, 1, text, text, text, text)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in str(fault))


TARGETS: dict[str, Callable[[bytes], None]] = {"loader": loader, "markdown": page, "names": names}
SEEDS: dict[str, list[bytes]] = {
    "loader": [
        bytes([number]) + next(iter(sorted((ROOT / "data").glob(kind.files)))).read_bytes()[:3000] for number, kind in enumerate(KINDS)
    ],
    "markdown": [file.read_bytes() for file in sorted((ROOT / "docs" / "en").rglob("*.md"))[::6]],
    "names": [
        *(b"severance-hospital", b"https://www.example.org/a?b=c#d", b"a@b.kr", b"+82-2-2228-0114", b"2026-11-22"),
        *(b"{{fact.figure:genitive@2026}}", b"https://xn--9i1bs7x5obx9g3ri.com:8443/"),
    ],
}
WORDS: dict[str, list[str]] = {
    "loader": [
        *(": ", "- ", "{", "}", "[", "]", "&a ", "*a", "!!str ", "|\n", ">\n", "'", '"', "\\u202e", "---\n", "<<: ", "? ", "null", "en: "),
        *("id: ", "%YAML", "#", "\t", "true", "0x1", "1e5", "https://", "<script>"),
    ],
    "markdown": [
        *("[x](y.md)", "](javascript:", "![", "```", "`", "**", "__", "> ", "- ", "    ", "\n\n", '<span lang="ko">', "</span>", "<!--"),
        *("-->", "<script>", "{{", "}}", "{#id}", "{: onclick=a}", "!!! note", "[TOC]", "| a |\n|---|\n", ": ", "&#106;", "{{=24}}"),
        *(
            "<a href=",
            "<svg onload=",
            "<style>",
            "[x]: data:",
            "## ",
            "\\",
            "<http://a.b>",
            "javascript:",
            "\u202e",
            "\x00",
            "<math><mtext>",
        ),
        "{{pages}}",
    ],
    "names": ["con", "..", "/", "https://", "xn--", "@", ":", "%0a", "{", "}", "!r", "=", "\u202e", "__proto__", "{{", "}}", "+82-"],
}
