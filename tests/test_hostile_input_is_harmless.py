"""Promise 10, for input that is hostile or careless: each is refused with its place and a remedy, or comes out harmless.

All cases of a table are written into one small project and checked at once: no fault may hide another.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.exceptions import BuildError

from atlas.cell import cell
from atlas.commands.exitcode import FAULTS
from atlas.commands.report import Report
from atlas.commonmark import rendered
from atlas.fault import Fault, FaultyInputError
from atlas.intake.blame import told
from atlas.intake.characters import quick, troubles
from atlas.intake.drawing import drawing_faults
from atlas.intake.encoding import likely_encoding, read_text
from atlas.intake.markup import harmless
from atlas.intake.patience import TooSlowError, patience
from atlas.intake.tree import tree_faults
from atlas.loading import _foreign
from atlas.records.language import Language
from atlas.staging import check
from atlas.views.numbers import series_csv
from atlas.wording import Wording, wording_faults
from atlas.yamltext import read_yaml
from hooks.stage import on_post_page
from tests import invariants
from tests.conftest import ROOT, found
from tests.conftest import Site as Built

FRONT = invariants.FRONT
BODY = FRONT.count("\n")
"""The line before the body of a page begins."""
LANGUAGES = ("en", "ko", "ru", "zh")


def source(**fields: str) -> str:
    """A source as an editor would write it, with some fields otherwise."""
    usual = {
        "url": "https://www.example.org/",
        "title": "{en: A page}",
        "publisher": "{en: A paper}",
        "kind": "press",
        "language": "en",
        "published": "null",
        "accessed": '"2026-11-22"',
    }
    lines = [f"  {name}: {value}" for name, value in {**usual, **fields}.items()]
    return "{id}:\n" + "\n".join(lines) + "\n"


def fact(**fields: str) -> str:
    """A fact with a figure, with some fields otherwise."""
    usual = {"says": "{n} patients came.", "value": "{number: 3, unit: patient}", "checked_on": '"2026-11-22"'}
    of = {**usual, **fields}
    return (
        f"{{id}}:\n  says: {json.dumps(of['says'])}\n  basis: independent\n  periods:\n  - values:\n      n: {of['value']}\n"
        f"    as_of: null\n    sources: [fair-one]\n    checked_on: {of['checked_on']}\n"
    )


# what is tried: (folder, text, line of the fault, part of what is said)
DATA: dict[str, tuple[str, str | bytes, int, str]] = {
    "template in a text": ("sources", source(title="{en: 'Pay {{ amount }} now'}"), 3, "title.en: a template stands in a text"),
    "statement of a template": ("sources", source(title="{en: '{% include x %}'}"), 3, "a template stands in a text"),
    "comment of a template": ("sources", source(title="{en: 'a {# b #}'}"), 3, "a template stands in a text"),
    "script in a text": ("sources", source(title="{en: '<script>alert(1)</script>'}"), 3, "HTML stands in a text"),
    "script written in codes": ("sources", source(title='{en: "\\x3Cimg src=x onerror=alert(1)>"}'), 3, "HTML stands in a text"),
    "unclosed comment": ("sources", source(title="{en: 'a <!-- b'}"), 3, "HTML stands in a text"),
    "javascript address": ("sources", source(url="javascript:alert(1)//a.b"), 2, "this is not a web address"),
    "data address": ("sources", source(url='"data:text/html,a.b"'), 2, "this is not a web address"),
    "file address": ("sources", source(url="file:///etc/passwd"), 2, "this is not a web address"),
    "address with a password": ("sources", source(url="https://www.bank.example@evil.example/"), 2, "names no user and no password"),
    "address of a number": ("sources", source(url="http://127.0.0.1/"), 2, "this address names no host"),
    "address of version 6": ("sources", source(url='"http://[::1]/"'), 2, "this is not a web address"),
    "broken address": ("sources", source(url='"http://[a.b/"'), 2, "this is not a web address"),
    "address with a space": ("sources", source(url="https://a.example/b c"), 2, "this is not a web address"),
    "address with a line end": ("sources", source(url='"https://a.example/\\nSet-Cookie: a"'), 2, "this is not a web address"),
    "address with a port too far": ("sources", source(url="https://a.example:99999/"), 2, "this is not a web address"),
    "address in look-alike letters": ("sources", source(url="https://www.раураl.example/"), 2, "letters that can be mistaken"),
    "address in look-alike code": ("sources", source(url="https://www.xn--pypal-4ve.example/"), 2, "mixes two alphabets"),
    "address without end": ("sources", source(url=f"https://a.example/{'b' * 2100}"), 2, "more than 2000 characters"),
    "characters that turn the text": ("sources", source(title="{en: 'user\u202enimda'}"), 3, "turns the direction of the text"),
    "isolates": ("sources", source(title="{en: 'a\u2066b\u2069'}"), 3, "turns the direction of the text"),
    "turning written in codes": ("sources", source(title='{en: "a\\u202Eb"}'), 3, "turns the direction of the text"),
    "zero width": ("sources", source(title="{en: 'Seve\u200brance'}"), 3, "a character that nobody can see"),
    "soft hyphen": ("sources", source(title="{en: 'Seve\u00adrance'}"), 3, "a character that nobody can see"),
    "Hangul filler": ("sources", source(title="{en: 'a\u3164b'}"), 3, "a character that nobody can see"),
    "tag characters": ("sources", source(title="{en: 'a\U000e0041b'}"), 3, "a character that nobody can see"),
    "odd space": ("sources", source(title="{en: 'a\u2003b'}"), 3, "an unusual space"),
    "line separator": ("sources", source(title="{en: 'a\u2028b'}"), 3, "an unusual space"),
    "private character": ("sources", source(title="{en: 'a\ue000b'}"), 3, "that Unicode does not define"),
    "lost character": ("sources", source(title="{en: 'a\ufffdb'}"), 3, "a character was lost"),
    "control character": ("sources", source(title="{en: 'a\x1b[31mb'}"), 3, "a control character"),
    "NUL": ("sources", source(title="{en: 'a\x00b'}"), 3, "a NUL character"),
    "NUL written as a code": ("sources", source(title='{en: "a\\0b"}'), 3, "a NUL character"),
    "half a character": ("sources", source(title='{en: "a\\uD800b"}'), 3, "this is not YAML"),
    "Cyrillic in a Latin word": ("sources", source(title="{en: 'Sevеrance'}"), 3, "letters of two alphabets stand in one word"),
    "Latin in a Cyrillic word": ("sources", source(title="{en: a, ru: 'пaспорт'}"), 3, "letters of two alphabets stand in one word"),
    "Greek in a Latin word": ("sources", source(title="{en: 'Sαint'}"), 3, "letters of two alphabets stand in one word"),
    "letters in pieces": ("sources", source(title="{en: 'Cafe\u0301'}"), 3, "is written in pieces"),
    "Korean in pieces": ("sources", source(title=f"{{en: a, ko: '{unicodedata.normalize('NFD', '서울')}'}}"), 3, "is written in pieces"),
    "UTF-16": ("sources", source().encode("utf-16"), 1, "this is not UTF-8 text (got probably UTF-16)"),
    "UTF-16 without a mark": ("sources", source().encode("utf-16-le"), 1, "NUL character"),
    "Windows-1251": ("sources", source(title="{en: a, ru: Больница Северанс}").encode("cp1251"), 3, "probably Windows-1251"),
    "EUC-KR": ("sources", source(title="{en: a, ko: 세브란스병원 안내}").encode("cp949"), 3, "probably EUC-KR"),
    "GB18030": ("sources", source(title="{en: a, zh: 首尔的医院指南，签证}").encode("gb18030"), 3, "probably GB18030"),
    "Shift-JIS": ("sources", source(title="{en: a, ko: ソウルの病院ガイド、ビザ}").encode("shift_jis"), 3, "probably Shift-JIS"),
    "Windows-1252": ("sources", source(title="{en: Café guide}").encode("cp1252"), 3, "probably Windows-1252"),
    "lines of an old Mac": ("sources", source().replace("\n", "\r"), 1, "a line ends as on an old Mac"),
    "alias": ("sources", source(title="&a {en: A}", publisher="*a"), 3, "anchors are not used"),
    "billion laughs": ("sources", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 1, "anchors are not used"),
    "tag": ("sources", source(title="!!python/object:os.system {en: A}"), 3, "tags are not used"),
    "tag on a name": ("sources", source(title="{!!python/name:os.system en: A}"), 3, "tags are not used"),
    "repeated name": ("sources", source() + "  kind: press\n", 9, "this field stands here twice"),
    "merge": ("sources", source(title="{<<: {en: A}, ko: B}"), 3, "title"),
    "name that is a list": ("sources", source(title="{[a, b]: c, en: d}"), 3, "a field name must be a word"),
    "too deep": ("sources", source(title="[" * 21 + "]" * 21), 3, "nested more than 20 deep"),
    "deep enough to crash": ("sources", "a: " + "[" * 30_000, 1, "nested more than 20 deep"),
    "deep by hyphens": ("sources", "a:\n" + "- " * 15_000, 2, "nested more than 20 deep"),
    "two documents": ("sources", source() + "---\na: 1\n", 9, "a second document begins here"),
    "directive": ("sources", "%TAG ! tag:evil,2000:\n---\na: !x 1\n", 1, "directives are not used"),
    "not closed": ("sources", source(title="{en: 'never closed"), 3, "the quotation mark is not closed"),
    "long line": ("sources", source(title="{en: '" + "word " * 8_001 + "'}"), 3, "this line has more than 40000 characters"),
    "long text": ("sources", source(title="{en: '" + "word " * 2_401 + "'}"), 3, "this text has more than 12000 characters"),
    "megabytes": ("sources", "#" * (2 * 1024 * 1024 + 1), 1, "this file is too large (got more than 2048 KiB)"),
    "long name of a field": ("sources", source() + f"  {'k' * 500}: 1\n", 9, "the name of this field has more than"),
    "id for scripts": ("sources", source().replace("{id}", "__proto__"), 1, "this id does not have the right form"),
    "id of every object": ("sources", source().replace("{id}", "constructor"), 1, "JavaScript keeps this name"),
    "id of a device": ("sources", source().replace("{id}", "nul"), 1, "Windows keeps this name for a device"),
    "id that climbs": ("sources", source().replace("{id}", '"../../etc/passwd"'), 1, "this id does not have the right form"),
    "id in capitals": ("sources", source().replace("{id}", "Fair-One"), 1, "this id does not have the right form"),
    "id twice": ("sources", source().replace("{id}", "fair-one"), 1, "another source has this id"),
    "name and remedy of a field": ("sources", source() + "  titel: x\n", 9, "there is no such field"),
    "not a group": ("sources", "- a\n- b\n", 1, "this must be a group of fields"),
    "nothing in it": ("sources", "", 1, "this file is empty"),
    "date that is none": ("sources", source(accessed='"2026-02-30"'), 8, "this date does not exist"),
    "date in other digits": ("sources", source(accessed='"２０２６-11-22"'), 8, "this is not a date"),
    "year of no calendar": ("sources", source(accessed='"9999-12-31"'), 8, "this year cannot be meant"),
    "year nought": ("sources", source(accessed='"0000-01-01"'), 8, "this"),
    "huge number": ("facts", fact(value="{number: " + "9" * 5_000 + ", unit: patient}"), 6, "this number has more than 15 digits"),
    "number without end": ("facts", fact(value="{number: .inf, unit: patient}"), 6, "read this as a number"),
    "negative number": ("facts", fact(value="{number: -3, unit: patient}"), 6, "this number must be greater than or equal to 0"),
    "mail with a header": ("facts", fact(value='{email: "a@b.kr?bcc=c@d.kr"}'), 6, "this does not have the right form"),
    "mail with a line end": ("facts", fact(value='{email: "a@b.kr\\nBcc: c@d.kr"}'), 6, "this does not have the right form"),
    "phone with more in it": ("facts", fact(value='{phone: "+82-2-2228-0114;ext=javascript:1"}'), 6, "this is not a full phone number"),
    "phone in other digits": ("facts", fact(value='{phone: "+82-2-２２２８-0114"}'), 6, "this is not a full phone number"),
}
NAMES: dict[str, tuple[str, str]] = {
    "data/sources/table.csv": ("a,b\n1\n=1+1,2,3\n", "tables are not read from files of this kind"),
    "data/sources/other.yml": ("a: 1\n", "nothing reads this file"),
    "data/sources/book.xlsx": ("PK\x03\x04", "tables are not read from files of this kind"),
    "data/sources/Press.yaml": (source().replace("{id}", "capital"), "lower-case letters, digits and single hyphens"),
    "data/sources/a b.yaml": (source().replace("{id}", "blank"), "lower-case letters, digits and single hyphens"),
    "data/sources/con.yaml": (source().replace("{id}", "device"), "Windows keeps this name for a device"),
    "data/stray/file.yaml": ("a: 1\n", "nothing reads this file"),
    "data/wordings/fr.yaml": ("menu: Menu\n", "this is not a language of this site"),
    "docs/en/photo.png": ("\x89PNG", "pages carry no images"),
    "docs/en/drawing.svg": ("<svg/>", "pages carry no images"),
    "docs/en/page.html": ("<p>", "pages are Markdown files"),
    "docs/en/rows.csv": ("a,b\n", "tables are not read from files of this kind"),
    "docs/en/page.markdown": (FRONT, "pages are Markdown files"),
    "docs/en/About-Us.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/about-us.md": (FRONT, "differ only in capitals"),
    "docs/en/caf\u00e9.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/cafe\u0301.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/a\nb.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/a'b.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/a\u202eb.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/\udcff.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/..b.md": (FRONT, "lower-case letters, digits and single hyphens"),
    "docs/en/aux.md": (FRONT, "Windows keeps this name for a device"),
    "docs/en/com1/x.md": (FRONT, "Windows keeps this name for a device"),
    "docs/en/constructor.md": (FRONT, "JavaScript keeps this name"),
    f"docs/en/{'long-' * 40}x.md": (FRONT, "this name has more than 80 characters"),
    "docs/en/assets.md": (FRONT, "the site has something of its own at this address"),
    "docs/en/ko.md": (FRONT, "the site has something of its own at this address"),
    "docs/en/search.md": (FRONT, "the site has something of its own at this address"),
    "docs/en/changes.md": (FRONT, "the site has something of its own at this address"),
    "docs/en/offline.md": (FRONT, "the site has something of its own at this address"),
    "docs/en/find.md": (FRONT, "the site has something of its own at this address"),
    "docs/index.md": (FRONT, "this page lies in no language"),
    "docs/fr/index.md": (FRONT, "this is not a language of this site"),
    "overrides/assets/evil.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "this element may not stand in a drawing",
    ),
    "overrides/assets/false.png": ("<svg/>", "this is not the image that its name says"),
    "overrides/assets/nul.css": ("", "Windows keeps this name for a device"),
}
FRONTS: dict[str, tuple[str, int, str]] = {
    "nothing": ("", 1, "this file is empty"),
    "no front matter": ("# Title\n", 1, "there is no front matter"),
    "front matter without end": ("---\ntitle: T\n\nText\n", 1, "the front matter is not closed"),
    "unknown field": (FRONT.replace("lead: L", "lead: L\ntemplate: evil.html"), 5, "template: there is no such field"),
    "refresh": (FRONT.replace("lead: L", "lead: L\nmeta: {http-equiv: refresh}"), 5, "meta: there is no such field"),
    "broken YAML": (FRONT.replace("title: T", "title: 'T"), 2, "the quotation mark is not closed"),
    "list": ("---\n- a\n---\n\nText\n", 2, "the front matter must be a group of fields"),
    "alias": (FRONT.replace("title: T", "title: &t T"), 2, "anchors are not used"),
    "wrong type": (FRONT.replace("title: T", "title: [T]"), 2, "title: this must be text"),
    "wrong word": (FRONT.replace("section: about", "section: casino"), 5, "section: this word is not one of those allowed"),
    "date": (FRONT.replace("2026-11-22", "2026-02-30"), 7, "checked_on: this date does not exist"),
    "too much": (FRONT.replace("lead: L", "lead: L\n" + "# words\n" * 2_100), 2, "the front matter has more than 16000 characters"),
    "image": ("\x89PNG\r\n\x1a\n\x00\x00", 1, "there is no front matter"),
    "long title": (FRONT.replace("title: T", "title: " + "T" * 201), 2, "title: this text has more than 200 characters"),
    "turning": (FRONT.replace("title: T", "title: T\u202eU"), 2, "turns the direction of the text"),
}
PAGES: dict[str, tuple[str, int, str]] = {
    "script": ("<script>alert(1)</script>", 1, "HTML stands in the text"),
    "script in capitals": ("<ScRiPt src=x>", 1, "HTML stands in the text"),
    "handler": ('<b onclick="a">x</b>', 1, "HTML stands in the text"),
    "handler without an end": ("One\n\n<img src=x onerror=alert(1)", 3, "HTML stands in the text"),
    "frame": ("<iframe src=x></iframe>", 1, "HTML stands in the text"),
    "form": ("<form action=x><input></form>", 1, "HTML stands in the text"),
    "style": ("<style>*{}</style>", 1, "HTML stands in the text"),
    "refresh": ('<meta http-equiv=refresh content="0;url=x">', 1, "HTML stands in the text"),
    "base": ("<base href=x>", 1, "HTML stands in the text"),
    "drawing": ("<svg onload=alert(1)>", 1, "HTML stands in the text"),
    "span with a handler": ("<span lang=ko onclick=a>x</span>", 1, "HTML stands in the text"),
    "comment": ("<!-- never closed", 1, "HTML stands in the text"),
    "link in angles": ("<https://evil.example>", 1, "HTML stands in the text"),
    "span without end": ('<span lang="ko">가', 1, "a span is not closed in its paragraph"),
    "span across paragraphs": ('<span lang="ko">가\n\n나</span>', 1, "a span is not closed in its paragraph"),
    "backquote without end": ("a `b", 1, "a backquote is not closed in its paragraph"),
    "javascript link": ("[x](javascript:alert)", 1, "a link leads out of the guide"),
    "javascript link with brackets": ("[x](javascript:alert(1))", 1, "a link is not written in full"),
    "javascript link in capitals": ("[x](JaVaScRiPt:a)", 1, "a link"),
    "javascript link in codes": ("[x](&#106;avascript:a)", 1, "a character is written as a code"),
    "javascript link in angles": ("[x](<javascript:alert(1)>)", 1, "HTML stands in the text"),
    "data link": ("[x](data:text/html;base64,PHA+)", 1, "a link leads out of the guide"),
    "link with a title": ('[x](y.md "t")', 1, "a link has a title or a space"),
    "link apart": ("[x][y]\n\n[y]: javascript:a", 1, "a link is not written where it stands"),
    "link apart in a quote": ("> [y]: javascript:a", 1, "a link is not written where it stands"),
    "link without end": ("[x](y.md", 1, "a link is not written in full"),
    "link over two lines": ("[x](java\nscript:a)", 1, "a link has a title or a space"),
    "link to nothing": ("[x](nowhere.md)", 1, "there is no such page"),
    "link to no heading": ("[x](index.md#nowhere)", 1, "the page has no heading with this id"),
    "link that climbs": ("[x](../../../etc/passwd)", 1, "a link does not lead to a file"),
    "link to another host": ("[x](//evil.example/a.md)", 1, "a link leads out of the guide"),
    "image": ("![x](x.png)", 1, "pages carry no images"),
    "foreign image": ("![x](https://evil.example/x.png)", 1, "pages carry no images"),
    "attribute": ("Text *x*{onclick=alert(1)}", 1, "an attribute list stands in the text"),
    "attribute list": ("Text\n{: style='x' }", 2, "an attribute list stands in the text"),
    "attribute of a heading": ("## One {#one onclick=alert(1)}", 1, "an attribute list stands in the text"),
    "id of the frame": ("## One {#menu}", 1, "the frame of the page has this id already"),
    "id of a source": ("## One {#s1}", 1, "the frame of the page has this id already"),
    "template": ("{% include 'x' %}", 1, "a template stands in the text"),
    "comment of a template": ("a {# b #} c", 1, "a template stands in the text"),
    "expression": ("{{ config }}", 1, "this is not a reference"),
    "expression that calls": ("{{ ''.__class__.__mro__ }}", 1, "this is not a reference"),
    "reference without end": ("{{fact.figure", 1, "a brace stands alone"),
    "backslash": ("\\<b>", 1, "a backslash stands in the text"),
    "turning": ("a\u202eb", 1, "turns the direction of the text"),
    "unseen": ("One\n\na\u200bb", 3, "a character that nobody can see"),
    "NUL": ("a\x00b", 1, "a NUL character"),
    "two alphabets": ("The hоspital", 1, "letters of two alphabets stand in one word"),
    "20,000 brackets": ("[" * 7_000 + "\n" + "[" * 7_000 + "\n" + "[" * 6_000, 1, "one mark stands more than 300 times"),
    "20,000 backquotes": ("`a " * 2_500 + "\n" + "`a " * 2_500 + "\n", 1, "this paragraph has more than 12000 characters"),
    "20,000 stars": ("*a " * 2_000, 1, "one mark stands more than 300 times"),
    "20,000 brackets of images": ("![" * 2_000, 1, "one mark stands more than 300 times"),
    "thousands of brackets": (("[" * 250 + "\n\n") * 20, 1, "one mark stands more than 3000 times on this page"),
    "nested quotes": (">" * 20, 1, "quotes are nested more than 3 deep"),
    "nested lists": ("\n".join(" " * 2 * depth + "- a" for depth in range(20)), 10, "this line is indented by more than 16 spaces"),
    "lists on one line": ("- - - - a", 1, "lists are nested on one line"),
    "hundreds of lines": ("a" + "\n" * 300 + "b", 1, "there are hundreds of empty lines"),
    "thousands of paragraphs": ("a\n\n" * 2_100, 4001, "this page has more than 2000 paragraphs"),
    "long line": ("word " * 1_700, 1, "this line has more than 8000 characters"),
    "long paragraph": (("word " * 100 + "\n") * 30, 1, "this paragraph has more than 12000 characters"),
    "long page": (("word " * 100 + "\n\n") * 270, -BODY + 1, "this file is too large (got more than 128 KiB)"),
}


@pytest.fixture(scope="module")
def shared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with one source to lean on; who changes it puts it back."""
    root = Path(shutil.copytree(template, tmp_path_factory.mktemp("hostile"), dirs_exist_ok=True))
    _write(root / "data/sources/fair.yaml", source().replace("{id}", "fair-one"))
    return root


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


def _faults(root: Path, files: dict[str, str | bytes]) -> list[Fault]:
    """What ``check`` says of a project with these files more, which are taken out again."""
    before = {folder for top in ("docs", "data", "overrides") for folder in (root / top).rglob("*") if folder.is_dir()}
    for path, content in files.items():
        assert not (root / path).exists()
        _write(root / path, content)
    try:
        check(root)
    except FaultyInputError as error:
        return list(error.faults)
    finally:
        for path in files:
            (root / path).unlink()
            for folder in (root / path).parents:
                if folder in before or folder == root or any(folder.iterdir()):
                    break
                folder.rmdir()
    return []


def _told(faults: list[Fault], path: str, line: int, part: str) -> None:
    of_file = [fault for fault in faults if fault.path == path]
    assert [fault for fault in of_file if fault.line == line and part in str(fault)], [str(fault) for fault in of_file]
    for fault in of_file:
        assert fault.mend
        assert "Error" not in str(fault), fault


def _file(name: str, folder: str, ending: str) -> str:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return f"{folder}/x-{slug}{ending}"


@pytest.fixture(scope="module")
def data_faults(shared: Path) -> list[Fault]:
    return _faults(
        shared,
        {
            _file(name, f"data/{folder}", ".yaml"): text.replace("{id}", f"x-{number}")
            if isinstance(text, str)
            else text.replace(b"{id}", b"x")
            for number, (name, (folder, text, _, _)) in enumerate(DATA.items())
        },
    )


@pytest.mark.parametrize("name", DATA)
def test_hostile_data_is_refused_where_it_stands(name: str, data_faults: list[Fault]) -> None:
    folder, _, line, part = DATA[name]
    _told(data_faults, _file(name, f"data/{folder}", ".yaml"), line, part)


@pytest.fixture(scope="module")
def name_faults(shared: Path) -> list[Fault]:
    return _faults(shared, {path: content.encode("latin-1") if "\x89" in content else content for path, (content, _) in NAMES.items()})


@pytest.mark.parametrize("path", NAMES)
def test_files_of_odd_names_and_kinds_are_refused(path: str, name_faults: list[Fault]) -> None:
    at = path if any(fault.path == path for fault in name_faults) else path.rsplit("/", 1)[0]
    _told(name_faults, at, 1, NAMES[path][1])
    assert all("\n" not in str(fault) and "\u202e" not in str(fault) for fault in name_faults)


@pytest.fixture(scope="module")
def front_faults(shared: Path) -> list[Fault]:
    return _faults(shared, {_file(name, "docs/en/about", ".md"): text for name, (text, _, _) in FRONTS.items()})


@pytest.mark.parametrize("name", FRONTS)
def test_hostile_front_matter_is_refused(name: str, front_faults: list[Fault]) -> None:
    _, line, part = FRONTS[name]
    _told(front_faults, _file(name, "docs/en/about", ".md"), line, part)


@pytest.fixture(scope="module")
def page_faults(shared: Path) -> list[Fault]:
    return _faults(shared, {_file(name, "docs/en/about", ".md"): f"{FRONT}{text}\n" for name, (text, _, _) in PAGES.items()})


@pytest.mark.parametrize("name", PAGES)
def test_hostile_markdown_is_refused(name: str, page_faults: list[Fault]) -> None:
    _, line, part = PAGES[name]
    _told(page_faults, _file(name, "docs/en/about", ".md"), BODY + line, part)


@pytest.mark.parametrize("name", PAGES)
def test_what_would_slip_through_is_rendered_harmless(name: str) -> None:
    """The second line of defence by itself: the renderer is given what the checks refuse."""
    text = PAGES[name][0]
    if len(text) < 2_000:  # more is kept from the renderer by the limits
        page = rendered(text)
        invariants.only_allowed(page)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p onclick="x" style="y">a</p>', "<p>a</p>"),
        ('<a href="java\nscript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="../x/">a</a>', '<a href="../x/">a</a>'),
        ('<img src="https://evil.example/x.png">', ""),
        ("<iframe src=x></iframe><form><input></form><style>a</style>a", "a"),
        ("a<!-- b", "a"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""),
        ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_only_what_is_allowed_is_published(raw: str, clean: str) -> None:
    assert harmless(raw) == clean


def test_a_kind_of_which_nothing_is_left_is_told_by_its_file(shared: Path) -> None:
    path = shared / "data/entry/decisions.yaml"
    kept = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(FaultyInputError, match=r"data/entry/decisions\.yaml:1:1: decision: no row answers this case"):
            check(shared)
    finally:
        path.write_bytes(kept)


def test_links_devices_and_pipes_are_refused_and_not_followed(shared: Path) -> None:
    outside = shared.parent / "outside"
    _write(outside / "page.md", FRONT)
    made: dict[str, Callable[[Path], None]] = {
        "docs/en/about/leads-out.md": lambda at: at.symlink_to(outside / "page.md"),
        "docs/en/folder": lambda at: at.symlink_to(outside),
        "docs/en/around": lambda at: at.symlink_to(shared / "docs"),
        "data/sources/leads-out.yaml": lambda at: at.symlink_to("/etc/passwd"),
        "data/sources/nowhere.yaml": lambda at: at.symlink_to("nowhere"),
        "data/folder": lambda at: at.symlink_to("/"),
        "overrides/assets/leads-out.css": lambda at: at.symlink_to(outside / "page.md"),
        "docs/en/about/pipe.md": lambda at: os.mkfifo(at),
        "data/sources/pipe.yaml": lambda at: os.mkfifo(at),
    }
    for path, make in made.items():
        make(shared / path)
    listening = socket.socket(socket.AF_UNIX)
    os.chdir(shared)  # the path of a socket may have 107 characters
    listening.bind("data/socket.yaml")
    try:
        with pytest.raises(FaultyInputError) as raised:
            check(shared)
    finally:
        os.chdir(ROOT)
        listening.close()
        for path in (*made, "data/socket.yaml"):
            (shared / path).unlink()
    said = {fault.path: fault.what for fault in raised.value.faults}
    assert said == {path: "this is a symbolic link" if "pipe" not in path else "this is a pipe, not a file" for path in made} | {
        "data/socket.yaml": "this is a socket, not a file"
    }


def test_a_file_that_may_not_be_read_is_told(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rights are taken by hand: who runs the tests may be one for whom they do not count."""

    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("atlas.intake.encoding.os.open", refused)
    _, (fault,) = read_text(shared, "data/site.yaml")
    assert fault.what == "this file may not be read"
    assert "chmod u+r" in fault.mend


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError) as raised:
        check(tmp_path)
    said = {fault.path: fault.what for fault in raised.value.faults}
    assert said["docs"] == said["data"] == said["overrides"] == "this folder is missing"


def test_leftovers_of_editors_byte_order_marks_and_ends_of_lines_of_windows_do_no_harm(shared: Path) -> None:
    left = (".DS_Store", "Thumbs.db", ".about.md.swp", "about.md~", "#about.md#", "._about.md", ".gitkeep")
    files: dict[str, str | bytes] = {f"{folder}/{name}": b"\x00\xff" for folder in ("docs/en/about", "data/sources") for name in left}
    files["docs/en/about/windows.md"] = b"\xef\xbb\xbf" + (FRONT + "One\n\nTwo\n").replace("\n", "\r\n").encode()
    files["data/sources/windows.yaml"] = b"\xef\xbb\xbf" + source().replace("{id}", "windows").replace("\n", "\r\n").encode()
    assert _faults(shared, files) == []


@pytest.mark.parametrize(
    ("language", "encoding", "expected"),
    [
        ("ko", "cp949", "EUC-KR"),
        ("ru", "cp1251", "Windows-1251"),
        ("ru", "koi8-r", "KOI8-R"),
        ("ru", "cp866", "CP866"),
        ("zh", "gb18030", "GB18030"),
        ("zh", "big5", "Big5"),
        ("en", "utf-16", "UTF-16"),
        ("ko", "utf-32", "UTF-32"),
    ],
)
def test_the_likely_encoding_is_named(language: str, encoding: str, expected: str) -> None:
    text = (ROOT / "docs" / language / "plan" / "quote.md").read_text(encoding="utf-8")
    assert (likely_encoding(text.encode(encoding, "ignore")) or "").startswith(expected)


def test_nothing_that_the_site_has_today_is_refused() -> None:
    """No letter of the real texts is mistaken for an attack, and cleaning leaves them as they are."""
    assert tree_faults(ROOT, LANGUAGES) == []
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text, faults = read_text(ROOT, file.relative_to(ROOT).as_posix())
        assert text
        assert not faults
    for text in ("QR-код", "C-3-3", "«K-ETA»", "SMAS-лифтинг", "비자(C-3-3)는", "до́ма", "10 %", "β-блокаторы", "₩10,000", "①", "👩‍"[0]):
        assert read_yaml(f'a: "{text}"', "x.yaml")[1] == []


@pytest.mark.parametrize(
    ("drawing", "part"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="a"/>', "a drawing runs no scripts"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:a"/></svg>', "may not stand in a drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/a#b"/></svg>', "leads to no other file"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>', "may not stand in a drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><animate attributeName="href"/></svg>', "may not stand in a drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><style>@import "a"</style></svg>', "leads to no other file"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><image href="a.png"/></svg>', "may not stand in a drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></svg>', "may not stand in a drawing"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "no entities"),
        ('<?xml-stylesheet href="a"?><svg xmlns="http://www.w3.org/2000/svg"/>', "no instructions for programs"),
        ("<svg", "this is not SVG"),
    ],
)
def test_a_drawing_is_a_picture_and_nothing_else(drawing: str, part: str) -> None:
    assert [fault for fault in drawing_faults(drawing.encode(), "overrides/assets/x.svg") if part in str(fault)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<b>{date}</b>", "HTML stands in a text"),
        ("{{ date }}", "a template stands in a text"),
        ("{date.__class__}", "a brace stands alone"),
        ("{date[0]}", "a brace stands alone"),
        ("{date:>99999999}", "a brace stands alone"),
        ("{date!r}", "a brace stands alone"),
        ("{}", "a brace stands alone"),
        ("{date", "a brace stands alone"),
        ("{day}", "the names to fill in are not those"),
    ],
)
def test_a_wording_holds_text_and_plain_names(text: str, part: str) -> None:
    right, _ = read_yaml('released: "As of {date}"', "data/wordings/en.yaml")
    wrong, _ = read_yaml(f'released: "{text}"', "data/wordings/ko.yaml")
    faults = [*wording_faults([right, wrong], ("en", "ko")), *_foreign(wrong)]
    assert [fault for fault in faults if fault.path == "data/wordings/ko.yaml" and part in str(fault)]


@pytest.mark.parametrize("text", ["{day}", "{}", "{date.tomorrow}", {"other": "{count} days"}])
def test_a_wording_that_is_wrong_in_every_language_is_told_when_a_page_says_it(text: str | dict[str, str]) -> None:
    with pytest.raises(
        FaultyInputError, match=r"data/wordings/ru\.yaml:1:1: released: the page cannot say this text: it fills in \{date\}"
    ):
        Wording("ru", "ru", {"released": text}).say("released", date="2026")


def test_an_error_that_nobody_foresaw_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    """The file of the record, or of the page, that the engine held when it stumbled."""
    record = Language.model_construct(_fields_set=None, id="ru")

    def stumbles(held: object) -> None:
        raise ZeroDivisionError(f"by this \x1b[31m{type(held).__name__}")

    with pytest.raises(FaultyInputError) as raised, told(ROOT):
        stumbles(record)
    (fault,) = raised.value.faults
    assert str(fault).startswith("data/languages.yaml:")
    assert 'the engine cannot work with this (got "ZeroDivisionError: by this \\x1b[31mLanguage")' in str(fault)
    assert Report("check").found(raised.value.faults) == FAULTS
    assert "Traceback" not in capsys.readouterr().err
    with pytest.raises(FaultyInputError, match=r'needs has no such name any more \(got "jeju-closed"\)'), told(ROOT):
        dict[str, str]()["jeju-closed"]
    with pytest.raises(OSError, match="full"), told(ROOT):
        raise OSError(28, "the disk is full")


def test_faults_without_end_are_told_to_an_end() -> None:
    faults = [Fault("a.md", line, 1, "text", "wrong", "x", "Mend it.") for line in range(1, 1001)]
    told_of = FaultyInputError([*faults, Fault("b.md", 1, 1, "text", "wrong", "x", "Mend it.")]).faults
    assert len(told_of) == 202
    assert "there is more of this in the file (got 800 faults)" in str(told_of[200])


def test_tens_of_thousands_of_fields_are_found_in_a_moment() -> None:
    """Each fault asks for its place: with a search from the top each time, such a file took many minutes."""
    document, faults = read_yaml("\n".join(f"k{number}: {{}}" for number in range(30_000)), "x.yaml")
    assert not faults
    with patience():
        assert [document.place((f"k{number}",))[0] for number in range(30_000)] == list(range(1, 30_001))


def test_the_quick_look_at_characters_misses_nothing_that_the_slow_one_finds() -> None:
    pieces = [*map(chr, (*range(0x2100), *range(0x2800, 0x3200), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0200)))]
    near = [one + mark + other for one in "aжγ" for mark in ("", "\u0301", "\u0316\u0301", "-") for other in "bбδ"]
    for text in (*pieces, *(f"é{piece}" for piece in pieces), *near, *(f"ж {piece} é" for piece in near)):
        assert quick(text) == (next(troubles(text), None) is None), ascii(text)


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlowError), patience(0.05):
        re.match(r"(a|aa)+$", "a" * 60 + "b")


def test_a_spreadsheet_runs_nothing() -> None:
    for formula in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"):
        assert cell(formula) == f"'{formula}"
    assert [cell(value) for value in (-1, -0.5, None, "a=b", "2026")] == [-1, -0.5, None, "a=b", "2026"]
    atlas = invariants.real_atlas()
    series = next(iter(atlas.series.values()))
    row = series.rows[0]
    evil = series.model_copy(update={"rows": (row.model_copy(update={"key": "=cmd|' /C calc'!A0"}), *series.rows[1:])})
    assert "\r\n'=cmd|' /C calc'!A0," in series_csv(atlas, evil)


def test_a_page_that_is_published_holds_only_what_is_allowed(site: Built) -> None:
    for address, page in site.pages.items():
        for text in found(page, "//*[contains(concat(' ', @class, ' '), ' prose ')]"):
            assert not found(text, ".//script | .//style | .//img | .//iframe | .//form | .//@style | .//@onclick | .//comment()"), address


def test_an_id_of_the_template_is_not_given_to_a_heading() -> None:
    """Which ids a page has besides those of its text, only the finished page can tell."""
    page: Any = SimpleNamespace(meta={"source": "docs/en/plan/index.md", "path": "nowhere/"})
    config: Any = SimpleNamespace(extra={"searched": {}})
    assert on_post_page('<h2 id="who"></h2><p id="list">', page, config)
    with pytest.raises(BuildError, match=r"docs/en/plan/index.md:\d+:\d+: heading: another part of this page has this id .* \(got who\)"):
        on_post_page('<h2 id="who"></h2><p lang="en"\nid="who">', page, config)


def test_the_command_tells_its_faults_and_no_stack_of_calls(project: Path) -> None:
    """The command itself: exit code 1, each fault on one line, no stack of calls, nothing written."""
    _write(project / "data/sources/x.yaml", "a: " + "[" * 100_000)
    _write(project / "docs/en/about/x\u202e.md", FRONT + "[" * 20_000)
    done = subprocess.run([sys.executable, "-m", "atlas", "build"], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "data/sources/x.yaml:1:23: file: nested more than 20 deep" in done.stderr
    assert "docs/en/about/x\\u202e.md" in done.stderr
    assert not (project / "build" / "docs").exists()


FUZZ = settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def _noise(target: str) -> st.SearchStrategy[bytes]:
    """Texts made of the words that mean something to a target, and of anything."""
    word = st.sampled_from(invariants.WORDS[target]) | st.text(max_size=8)
    return st.lists(word, max_size=40).map(lambda words: "".join(words).encode("utf-8", "surrogatepass")) | st.binary(max_size=200)


@FUZZ
@given(_noise("loader"))
def test_no_data_file_makes_the_loader_stumble(content: bytes) -> None:
    invariants.loader(content)


@FUZZ
@given(_noise("markdown"))
def test_no_text_makes_the_renderer_stumble(content: bytes) -> None:
    invariants.page(content)


@FUZZ
@given(_noise("names"))
def test_no_name_is_taken_for_something_else(content: bytes) -> None:
    invariants.names(content)
