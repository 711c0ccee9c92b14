"""The codes of a text, which a translator moves but does not write: references, placeholders, links, spans, emphasis, code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atlas.reference import references

_CODE = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<reference>\{\{[^{}]*\}\})"
    r"|(?P<placeholder>(?<!\{)\{[a-z][a-z0-9_-]*(?::[a-z]+)?\}(?!\}))"
    r"|(?P<link>\[(?P<text>[^\[\]]*)\]\((?P<href>[^()\s]+)\))"
    r"|(?P<span><span lang=\"(?P<lang>[a-zA-Z-]+)\">(?P<passage>.*?)</span>)"
    r"|(?P<strong>\*\*(?=\S)(?P<loud>[^*]+)(?<=\S)\*\*)"
    r"|(?P<emphasis>(?<!\*)\*(?=[^\s*])(?P<said>[^*]+)(?<=\S)\*(?!\*))",
    re.DOTALL,
)


@dataclass(frozen=True)
class Mark:
    """A code that stands alone, or one end of a pair round a text.

    ``key`` says what it is, whatever its form: the case of ``{{caps.days:genitive}}`` is not in it. ``data`` is how it is written.
    """

    key: str
    data: str
    end: str = "alone"
    """``alone``, ``start`` or ``close``."""
    id: str = ""
    """Its number in the unit, the same at both ends of a pair and for the same code in a translation."""


Token = str | Mark


def tokens(text: str) -> tuple[Token, ...]:
    """The text and the codes in it; put together, their texts and data are the text again."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    done = 0
    for match in _CODE.finditer(text):
        if match.start() > done:
            yield text[done : match.start()]
        done = match.end()
        match match.lastgroup or "":
            case "code" | "placeholder" | "reference":
                yield Mark(_key(match[0]), match[0])
            case group:
                inner = next(match[name] for name in ("text", "passage", "loud", "said") if match[name] is not None)
                opened = match[0][: match[0].index(inner, 1)] if inner else match[0][:1]
                closed = match[0][len(opened) + len(inner) :]
                key = {"link": f"link {match['href']}", "span": f"span {match['lang']}"}.get(group, group)
                yield Mark(key, opened, "start")
                yield from _tokens(inner)
                yield Mark(key, closed, "close")
    if done < len(text):
        yield text[done:]


def _key(data: str) -> str:
    """What a code that stands alone is, without its form."""
    if data.startswith("{{"):
        [one] = references(data)
        if one.kind in {"value", "cite"}:
            return (
                f"{{{{{'^' if one.kind == 'cite' else ''}{one.id}{'.' + one.name if one.name else ''}{'@' + one.day if one.day else ''}}}}}"
            )
        return f"{{{{{one.written}}}}}"
    return re.sub(r":[a-z]+\}$", "}", data) if data.startswith("{") else data


def numbered(found: Sequence[Token], known: Sequence[Mark] = ()) -> tuple[Token, ...]:
    """The tokens with the codes numbered: those that are ``known`` by their number there, others after them."""
    free = list(known)
    latest = max((int(one.id) for one in known), default=0)
    opened: list[tuple[str, str]] = []
    made: list[Token] = []
    for token in found:
        if isinstance(token, str):
            made.append(token)
            continue
        if token.end == "close":
            number = next(number for key, number in reversed(opened) if key == token.key)
            opened.remove((token.key, number))
        else:
            same = next((one for one in free if one.key == token.key and one.end == token.end), None)
            if same:
                free.remove(same)
                number = same.id
            else:
                latest += 1
                number = str(latest)
            if token.end == "start":
                opened.append((token.key, number))
        made.append(replace(token, id=number))
    return tuple(made)


def marks(found: Sequence[Token]) -> tuple[Mark, ...]:
    """The codes alone."""
    return tuple(token for token in found if isinstance(token, Mark))


def written(found: Sequence[Token]) -> str:
    """The text with its codes, as it is written."""
    return "".join(token if isinstance(token, str) else token.data for token in found)


def bare(found: Sequence[Token]) -> str:
    """The text with a space in the place of each code."""
    return "".join(token if isinstance(token, str) else " " for token in found)
