"""Written pages in the reader's language: figures, sources, dates and links in the place of references.

What comes out is Markdown for the renderer, with HTML where Markdown has no word for it. A figure stands in ``data-fact``, so that a
test can hold each number of a page against its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from atlas.address import country_path
from atlas.article import Article
from atlas.intake.markup import harmless
from atlas.particle import with_particle
from atlas.prose import linked_address
from atlas.records.figure import Email, LineOf, PhoneNumber
from atlas.reference import LINKED, Found, Named, NotFoundError, Reference, look_up, named_records, references
from atlas.relative import relative
from atlas.trace import NAMED, Noted
from atlas.views.entry import short_name
from atlas.views.figure import Said, figure_text, filled, term
from atlas.views.institution import helplines, institution_path
from atlas.views.reader import Citations, Reader

_BEGINS = re.compile(r"\s*(?:[-*+]|\d+\.)\s|:\s|#|\|")
_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bDr)(?<!\bг)(?<!\bт)(?<!\bд)(?<!\bп)(?<!\bдр)(?<!\bим)(?<!\bст)[.!?]+[”’»)]*(?=\s|$|\{\{\^)|[。！？]+[”’）]*"
)
"""The end of a sentence; abbreviations such as *No.* and *т. д.* do not end one."""
_WHOLE_LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\]\(([^()\s]+)(?=\))")


def named_in(reader: Reader) -> Mapping[str, Named]:
    """What prose names by id; which of it is asked for is noted one by one."""
    if "named" not in reader.kept:
        with reader.trace.noting():
            reader.kept["named"] = Noted(NAMED, named_records(reader.atlas), reader.trace)
    found: Mapping[str, Named] = reader.kept["named"]
    return found


class Prose:
    """Makes the text of one page; ``citations`` number its sources, ``children`` are the pages that it lists.

    ``plain``: without links, doubts and marks of sources, for a passage that stands beside its translation, which has them. Who stands
    behind a statement is said there too.
    """

    def __init__(
        self, reader: Reader, article: Article, citations: Citations, children: Sequence[Article] = (), *, plain: bool = False
    ) -> None:
        self._plain = plain
        self._outer, self._reader = reader, reader.speaking(article.language)
        self._article, self._citations, self._children = article, citations, children
        self._named = named_in(reader)
        self._doubted: set[str] = set()
        self.expires = False
        """Whether something on the page has a last day that is still to come."""

    def body(self) -> str:
        """The text as Markdown."""
        return self.markdown(self._article.body)

    def markdown(self, text: str) -> str:
        """A part of the text as Markdown."""
        if self._plain:
            text = _WHOLE_LINK.sub(lambda match: match[0][1:].partition("](")[0], text)
        text = _LINK.sub(lambda match: f"]({rewritten(self._article, match[1])}", text)
        return "".join(self._block(block) for block in _blocks(text)) if "{{" in text else text

    def line(self, text: str) -> str:
        """A line of the front matter as HTML: it names records and literals only."""
        pieces, end = [], 0
        for reference in references(text):
            pieces += [escape(text[end : reference.start]), self._inline(reference, html=True)]
            end = reference.end
        line = harmless("".join([*pieces, escape(text[end:])]))
        return line if self._reader is self._outer else f'<span lang="{self._tag(self._reader.language)}">{line}</span>'

    def said(self, reference: Reference) -> str:
        """What a reference says, as bare text; nothing where the records have it no longer."""
        if reference.kind == "literal":
            return reference.name
        if reference.kind == "count":
            return self._reader.words.number(len(getattr(self._reader.atlas, reference.id)))
        try:
            if reference.kind == "value":
                led = look_up(self._reader.atlas, self._named, reference)
                return str(figure_text(self._reader, led.value)) if led.value is not None else ""
            return self._record(reference)[0] if reference.kind == "record" else ""
        except (NotFoundError, KeyError):
            return ""

    def _tag(self, language: str) -> str:
        return self._reader.atlas.site_languages[language].tag

    def _block(self, block: str) -> str:
        """A paragraph, list item or table: each reference in its place, and the sources of those that name none behind their sentence."""
        found = references(block)
        if not found:
            return block
        if found[0].kind == "block":
            return block[: found[0].start] + self._listing(found[0].name) + block[found[0].end :]
        end, table = len(block.rstrip()), block.lstrip().startswith("|")
        here = {(one.id, one.day) for one in found if one.kind == "cite"}
        cited: dict[tuple[str, str], Found] = {}
        unsaid: dict[tuple[str, str], tuple[int, Reference]] = {}
        made: list[tuple[int, int, str]] = []
        run: list[tuple[Reference, Found]] = []
        for place, one in enumerate(found):
            if one.kind not in {"value", "cite"}:
                made.append((one.start, one.end, self._inline(one)))
                continue
            led = cited.setdefault((one.id, one.day), look_up(self._reader.atlas, self._named, one))
            if one.kind == "cite":
                run.append((one, led))
                following = found[place + 1] if place + 1 < len(found) else None
                if following is None or following.kind != "cite" or following.start != one.end:
                    made.append((run[0][0].start, one.end, self._sources(run)))
                    run = []
                continue
            made.append((one.start, one.end, self._value(one, look_up(self._reader.atlas, self._named, one))))
            if (one.id, one.day) not in here:
                unsaid[one.id, one.day] = (end if table else _sentence_end(block, one.end), one)
        for place in sorted({place for place, _ in unsaid.values()}):
            marks = self._sources([(one, cited[key]) for key, (at, one) in unsaid.items() if at == place])
            made.append((place, place, f"\n\n{marks}" if table else marks))
        if not self._plain:
            made.append((end, end, "".join(self._doubt(led) for led in cited.values())))
        return _with(block, sorted(made, key=lambda item: item[:2]))

    def _value(self, reference: Reference, led: Found) -> str:
        assert led.value is not None
        said = figure_text(self._reader, led.value)
        text = said.forms.get(reference.form, str(said)) if isinstance(said, Said) else said
        name = f"{reference.id}.{reference.name}" + (f"@{reference.day}" if reference.day else "")
        address = None
        if isinstance(led.value, PhoneNumber):
            address = f"tel:{led.value.phone}"
        elif isinstance(led.value, Email):
            address = f"mailto:{led.value.email}"
        elif isinstance(led.value, LineOf):
            address = f"tel:{text.replace('-', '')}"
        if address and not reference.in_link and not self._plain:
            return f'<a class="nowrap" href="{escape(address)}" data-fact="{name}">{_safe(text)}</a>' + _particle(reference, text)
        return f'<span data-fact="{name}">{_safe(text)}</span>' + _particle(reference, text)

    def _sources(self, found: Sequence[tuple[Reference, Found]]) -> str:
        """Marks of the sources, each group with its basis, its date and, where it has one, its end."""
        if self._plain:
            bases = dict.fromkeys(escape(self._reader.words.say(f"basis-{led.basis}")) for _, led in found if led.basis)
            return "".join(f' <small class="when"><b>{basis}</b></small>' for basis in bases)
        groups: dict[str, list[int]] = {}
        for reference, led in found:
            groups.setdefault(self._when(reference, led), []).extend(self._citations.cite(led.sources))
        return " ".join(f'{self._marks(numbers)}<small class="when">{when}</small>' for when, numbers in groups.items())

    def _marks(self, numbers: Iterable[int]) -> str:
        word = escape(self._reader.words.say("source"))
        return "".join(f'<a class="ref" href="#s{one}" aria-label="{word} {one}">{one}</a>' for one in dict.fromkeys(numbers))

    def _when(self, reference: Reference, led: Found) -> str:
        words = self._reader.words
        parts = [escape(words.date(led.as_of) if led.as_of else words.say("source-undated"))]
        if led.basis:
            parts.insert(0, f"<b>{escape(words.say(f'basis-{led.basis}'))}</b>")
        said = words.say("bracket-open") + escape(words.say("list-comma")).join(parts) + words.say("bracket-close")
        if led.period and led.period.valid_to and not reference.day:
            said += " " + self._term(term(self._reader, led.period, followed=led.followed) or {})
        return said

    def _term(self, view: Mapping[str, Any]) -> str:
        if "until" not in view:
            return escape(view.get("text", ""))
        self.expires = True
        hidden = "".join(f'<span class="due" data-{phase} hidden> {escape(view[phase])}</span>' for phase in ("soon", "after"))
        return f'<atlas-period data-until="{view["until"]}">{escape(view["text"])}{hidden}</atlas-period>'

    def _doubt(self, led: Found) -> str:
        """The doubt about a fact, where the page names it first."""
        if led.doubt is None or led.name in self._doubted:
            return ""
        self._doubted.add(led.name)
        return f'<span class="unsure small">{html_of(filled(self._reader, led.doubt, led.values))}</span>'

    def _inline(self, reference: Reference, *, html: bool = False) -> str:
        reader, atlas = self._reader, self._reader.atlas
        if reference.kind == "literal":
            return f'<span class="nowrap" data-literal>{_safe(reference.name)}</span>' + _particle(reference, reference.name)
        if reference.kind == "count":
            number = reader.words.number(len(getattr(atlas, reference.id)))
            return f'<span data-count="{reference.id}">{_safe(number)}</span>' + _particle(reference, number)
        text, path, shown = self._record(reference)
        after = _particle(reference, text)
        if reference.in_link or self._plain or path == self._article.path:
            return shown + after
        if path.startswith(("tel:", "https://", "http://")):
            return f'<a{" class=nowrap" if path.startswith("tel:") else ""} href="{escape(path)}">{shown}</a>' + after
        if html:
            return f'<a href="{self._from_here(path)}">{shown}</a>' + after
        return f"[{shown}]({relative(path + 'index.md', self._article.path)})" + after

    def _record(self, reference: Reference) -> tuple[str, str, str]:
        """The name of a record as bare text, its address, and its name as HTML."""
        reader, atlas, key = self._reader, self._reader.atlas, reference.id
        match reference.name:
            case "status" | "scheme":
                text, path = short_name(reader, key), f"visa/{key}/"
            case "hospital":
                one = atlas.institutions[key]
                view = reader.name(one)
                return view["text"], institution_path(one), html_of(view)
            case "treatment":
                text, path = reader.text(atlas.treatments[key].name), f"treatments/{key}/"
            case "from":
                text, path = reader.country(key), country_path(key)
            case "line":
                text = atlas.helplines[key].number
                return text, f"tel:{text.replace('-', '')}", _safe(text)
            case _:
                assert reference.name in LINKED
                site = atlas.official_sites[key]
                text, path = reader.text(site.name), site.url
        return text, path, html_of(reader.line(text))

    def _from_here(self, path: str) -> str:
        return relative(path, self._article.path)

    def _listing(self, name: str) -> str:
        if name == "pages":
            links = (
                (
                    f' lang="{self._tag(one.language)}"' if one.language != self._reader.language else "",
                    f'<a href="{self._from_here(one.path)}">{escape(one.title)}</a><p class="small muted">{escape(one.description)}</p>',
                )
                for one in self._children
            )
            return f'<ul class="links">{"".join(f"<li{lang}>{link}</li>" for lang, link in links)}</ul>'
        return f'<dl class="facts">{"".join(self._helplines())}</dl>'

    def _helplines(self) -> Iterator[str]:
        reader = self._reader
        for line in helplines(reader, self._citations, everyone=True):
            marks = self._marks(line["refs"])
            abroad = f" <small>{escape(reader.words.say('korea-only'))}</small>" if "korea_only" in line else ""
            yield (
                f'<div><dt>{html_of(line["name"])}</dt><dd><a class="tel" href="tel:{line["tel"]}">{line["number"]}</a>{marks}{abroad}<br>'
                f"<small>{html_of(line['detail'])}</small></dd></div>"
            )


def html_of(passage: Mapping[str, Any]) -> str:
    """A passage as HTML, with the marks of its languages and its codes kept whole; the twin of ``say`` in ``partials/pieces.html``."""
    inner = "".join(_part(part) for part in passage["parts"]) if "parts" in passage else _safe(passage["text"])
    if "lang" in passage or "ours" in passage:
        lang = f' lang="{passage["lang"]}"' if "lang" in passage else ""
        return f"<span{lang}{' class=ours' if 'ours' in passage else ''}>{inner}</span>"
    return inner


def _part(part: Mapping[str, Any]) -> str:
    if "lang" in part:
        return f'<span lang="{part["lang"]}">{_safe(part["text"])}</span>'
    return f'<span class="nowrap">{_safe(part["text"])}</span>' if "whole" in part else _safe(part["text"])


def _safe(text: str) -> str:
    """Text that neither HTML nor Markdown takes for its own."""
    return re.sub(r"[_*\[\]`|]", lambda match: f"&#{ord(match[0])};", escape(text))


def _particle(reference: Reference, text: str) -> str:
    return with_particle(text, reference.particle) if reference.particle else ""


def _with(text: str, made: Iterable[tuple[int, int, str]]) -> str:
    """The text with what was made in the place of its references."""
    pieces, end = [], 0
    for start, stop, html in made:
        pieces += [text[end:start], html]
        end = stop
    return "".join([*pieces, text[end:]])


def _sentence_end(block: str, start: int) -> int:
    """Where the sentence ends that holds the place ``start``, or else the text; behind a link, if it ends inside one."""
    match = _SENTENCE_END.search(block, start)
    place = match.end() if match else len(block.rstrip())
    return next((link.end() for link in _WHOLE_LINK.finditer(block) if link.start() < place < link.end()), place)


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces: paragraphs, list items, tables, headings, and what lies between them."""
    held: list[str] = []
    for line in text.splitlines(keepends=True):
        if not line.strip() or (_BEGINS.match(line) and not (line.lstrip().startswith("|") and held and held[0].lstrip().startswith("|"))):
            yield from _held(held)
            held = []
        held.append(line)
    yield from _held(held)


def _held(lines: Iterable[str]) -> Iterator[str]:
    if text := "".join(lines):
        yield text


def rewritten(article: Article, href: str) -> str:
    """A link between files in ``docs/`` as one between pages of the staged tree."""
    if href.startswith("#"):
        return href
    address, anchor = linked_address(article, href)
    target = relative(f"{address}index.md", article.path)
    return f"{target}#{anchor}" if anchor else target
