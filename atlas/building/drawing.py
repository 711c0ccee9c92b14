"""From front matter and text to the page as it is published: Jinja templates, strict and escaped."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import jinja2.ext
from jinja2 import nodes
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from atlas.building.stamp import stamp
from atlas.commonmark import rendered
from atlas.views.quoting import in_html

_OPTIONS = zlib.crc32(Path(__file__).read_bytes())
"""Compiled templates depend on the options set below: an edit to this file makes them anew."""


def environment(root: Path, *, reload: bool = False) -> jinja2.Environment:
    """The templates of a project; on request those are read again that have changed."""
    return configured(jinja2.Environment(loader=jinja2.FileSystemLoader(root / "overrides"), auto_reload=reload), root)


_OTHER = re.compile(rb"""\{%-?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|)""")
"""A template that another is made of; without a name, one that is known only when it is drawn."""


def drawn_with(root: Path) -> dict[str, bytes]:
    """By template, the digest of it and of all that it is made of."""
    folder = root / "overrides"
    texts = {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.html"))}
    others = {name: {found.decode() for found in _OTHER.findall(text)} for name, text in texts.items()}
    digests = {}
    for name in texts:
        parts, waiting = {name}, [name]
        while waiting:
            found = others.get(waiting.pop(), set())
            more = (set(texts) if "" in found else found) - parts
            parts |= more
            waiting += more
        digests[name] = stamp([(part, texts.get(part, b"")) for part in sorted(parts)])
    return digests


class Drawer:
    """Draws the pages of a project; ``shared`` is what all pages of a language share, by language.

    ``templates``: what :func:`drawn_with` gives.
    """

    def __init__(
        self, env: jinja2.Environment, shared: Mapping[str, Mapping[str, Any]], templates: Mapping[str, bytes] | None = None
    ) -> None:
        self._env = env
        self.templates = templates or {}
        self._config = {code: {"extra": {"site": site, "once": {}}} for code, site in shared.items()}

    def compile(self) -> None:
        """Reads all templates, so that processes that are forked off need not."""
        for name in self._env.list_templates(["html"]):
            self._env.get_template(name)

    def page(self, language: str, front: Mapping[str, Any], body: str) -> str:
        """A page as it is published."""
        content = rendered(body) if body.strip() else ""
        base = "/".join([".."] * front["canonical"].removeprefix(self._config[language]["extra"]["site"]["origin"]).count("/")) or "."
        template = self._env.get_template(front["template"])
        return in_html(template.render(page={"meta": front, "content": content}, base_url=base, config=self._config[language]))

    def lost(self, language: str, base: str) -> str:
        """The page for addresses that there are not; ``base`` is the path of the site: ``/``."""
        return self._env.get_template("404.html").render(base_url=base, config=self._config[language])


def configured(env: jinja2.Environment, root: Path) -> jinja2.Environment:
    """The options of the templates: what they print is escaped, and what is missing is an error."""
    env.autoescape = True
    env.undefined = jinja2.StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension(_Unindented)
    env.add_extension(_Once)
    env.getattr = _key_first(env)  # type: ignore[method-assign,assignment]
    cache = root / "build" / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(cache), f"{jinja2.__version__}-{_OPTIONS}-%s")
    return env


class _Unindented(jinja2.ext.Extension):
    """Templates without their indentation, which every first view would carry: 100 to 230 bytes gzip."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


class _Once(jinja2.ext.Extension):
    """``{% once a, b %} … {% endonce %}``: what stands inside depends on ``a``, ``b`` and the language only, and is drawn once for each."""

    tags = {"once"}  # noqa: RUF012  # the name that Jinja asks for

    def parse(self, parser: Parser) -> nodes.Node:
        """The node of one tag."""
        line = next(parser.stream).lineno
        keys = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            keys.append(parser.parse_expression())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_drawn", [nodes.ContextReference(), place, nodes.Tuple(keys, "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _drawn(self, context: Context, place: str, keys: tuple[object, ...], caller: Macro) -> Markup:
        drawn: dict[tuple[object, ...], Markup] = context["config"]["extra"]["once"]
        key = (place, *keys)
        if key not in drawn:
            drawn[key] = Markup(caller())  # escaped where it was drawn
        return drawn[key]


def _key_first(env: jinja2.Environment) -> Callable[[Any, str], Any]:
    """Front matter is plain dicts: their keys are looked up first, not the methods of dict (a fifth of the time of drawing)."""
    attribute_first = env.getattr

    def getattr_(value: Any, name: str) -> Any:
        if type(value) is dict:
            return value[name] if name in value else env.undefined(obj=value, name=name)
        return attribute_first(value, name)

    return getattr_
