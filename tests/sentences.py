"""Every sentence that the engine and the commands can say: found in the code, so that none is forgotten when they are translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

BLANK = re.compile(r"\$\{\w*\}")
_SPEAKS = re.compile(r"\b(?:Fault|Trouble|Remark|wrong|FailedError|UsageError|report|said)\b|\w+Error\(")
_SENTENCE = re.compile(r"[^\W\d_]{2,}[,:;.!?\"'”)]* [(\"'“]?(?:\$\{|[^\W\d_])|\$\{\w*\}[,:;.]* [^\W\d_]{2,}")
_PATTERNS = {"compile", "search", "match", "sub", "subn", "findall", "finditer", "fullmatch", "split"}
_TYPED = re.compile(r"atlas [a-z]+|--?[a-z]|<|\w+:? \"?\$\{\w+\}\"?$|(?:\$\{\w+\}[:, (]*)+$")
"""What one types or what stands in a file: command lines, options, markup, fields with their values."""
UNSAID = frozenset(
    {
        "${path}:${line}:${column}: ${field}: ${what} (got ${got}). ${mend}",
        "Korea Care Atlas",
        "Korea Care Atlas ${day}",
        "text/plain; charset=UTF-8",
        "# Hand-off for translation.",
        '# Hand-off for translation.\nmsgid ""\nmsgstr ""\n${lines}\n',
        "bold green",
        "bold red",
        "COMMAND [ARGS]…",
        "expected a single document in the stream",
        "while scanning a quoted scalar",
        "Input should",
        "numbered item",
        "plural form ${tag}",
        "${value}translated_from: ${language}\n",
        "${loc}: ${value} was written, ${found} is read",
        "this number must",
        "EUC-KR (CP949, Korean Windows)",
        "CP866 (Cyrillic DOS)",
        "GB18030 (GBK, Chinese)",
        "Big5 (traditional Chinese)",
        "Shift-JIS (Japanese)",
        "EUC-JP (Japanese)",
        "Windows-1252 (Western European)",
    }
)
"""What looks like a sentence and is never said as it stands: styles, names of encodings, what other programs say."""
SILENT = (
    "atlas/views/",
    "atlas/structured/",
    "atlas/search/",
    "atlas/opendata/package.py",
    "atlas/opendata/publication.py",
    "atlas/offline/",
    "atlas/changes/review.py",
    "atlas/handoff/note.py",
    "atlas/handoff/pagetext.py",
    "atlas/handoff/parcel.py",
    "atlas/handoff/scalar.py",
    "atlas/handoff/xliff.py",
    "atlas/hosting/nginx.py",
    "atlas/hosting/caddy.py",
    "atlas/hosting/apache.py",
    "atlas/hosting/store.py",
    "atlas/hosting/headersfile.py",
    "atlas/handoff/note.py",
    "atlas/handoff/xliff.py",
    "atlas/linkcheck/report.py",
    "atlas/linkcheck/asking.py",
    "atlas/linkcheck/round.py",
    "atlas/chart.py",
    "atlas/claims/record.py",
    "atlas/editing/folder.py",
    "atlas/editing/form.py",
    "atlas/editing/page.py",
    "atlas/editing/record.py",
    "atlas/editing/shape.py",
    "atlas/fielddoc.py",
    "atlas/schema.py",
    "atlas/message.py",
)
"""Modules whose texts go into pages, files and reports, or stand there in both languages: no command tells them."""


def spoken() -> Iterator[tuple[str, int, str]]:
    """Module, line and text of each sentence; what it fills in stands as ``${name}``."""
    for file in sorted((ROOT / "atlas").rglob("*.py")):
        module = file.relative_to(ROOT).as_posix()
        source = file.read_text(encoding="utf-8")
        if not module.startswith(SILENT) and _SPEAKS.search(source):
            for node, text in _texts(ast.parse(source)):
                if _SENTENCE.search(text) and not _TYPED.match(text) and text not in UNSAID:
                    yield module, node.lineno, text


def templates() -> Iterator[tuple[str, int, str]]:
    """Module, line and text of each template that is looked up as it stands, by the names of its blanks too."""
    for file in sorted((ROOT / "atlas").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if "said(" in source or "say(" in source else ():
            match node:
                case ast.Call(func=ast.Name() | ast.Attribute() as function, args=[ast.Constant(value=str(text)), *_]):
                    if _called(function) in {"say", "said"} and _SENTENCE.search(text):
                        yield file.relative_to(ROOT).as_posix(), node.lineno, text
                case _:
                    pass


def bare(text: str) -> str:
    """A sentence whatever its blanks are called."""
    return BLANK.sub("${}", text)


def _texts(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    passed = set(_not_said(tree))
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
        elif isinstance(node, ast.JoinedStr):
            yield node, "".join(_piece(part) for part in node.values)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return f"${{{_name(part.value)}}}"


def _name(node: ast.expr) -> str:
    """What a blank can be called after what fills it."""
    match node:
        case ast.Name():
            return node.id.lower().strip("_")
        case ast.Attribute():
            return node.attr.lower()
        case ast.Subscript():
            return _name(node.slice) if isinstance(node.slice, ast.Constant | ast.Name) else _name(node.value)
        case ast.Constant():
            return re.sub(r"\W", "", str(node.value)) or "value"
        case ast.Call():
            return _name(node.args[0]) if node.args and not isinstance(node.args[0], ast.GeneratorExp) else "value"
        case _:
            return "value"


def _not_said(tree: ast.Module) -> Iterator[int]:
    """What is no sentence: docstrings, parts of longer texts, regular expressions, types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values if isinstance(part, ast.Constant))
            yield from (id(part.format_spec) for part in node.values if isinstance(part, ast.FormattedValue) and part.format_spec)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PATTERNS:
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
                yield from (id(part) for one in node.args for part in ast.walk(one))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and _called(node.func) == "made" and node.args:
            yield from (id(part) for part in ast.walk(node.args[0]))  # the name under which something is kept
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in {"Annotated", "Literal"}:
            yield from (id(part) for part in ast.walk(node.slice) if isinstance(part, ast.Constant))


def _called(function: ast.Name | ast.Attribute) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr


def files_of(language: str) -> list[Path]:
    """The catalogues of a language."""
    return sorted((ROOT / "atlas" / "messages" / language).glob("*.yaml"))
