"""Gentle days: what one may do after a treatment, and from which day.

What a place asks of a body is crossed with what sources say about the days after a treatment. Nothing is suggested on a guess: a place of
which something is not known is left out, and so is whatever asks for more than a source leaves open. Where sources differ, the strictest
holds. Adding a caution can only take suggestions away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from atlas.records.recovery import About, Advice
from atlas.records.spot import Body

NEEDED = ("effort", "indoors", "steps", "heat", "water", "alcohol", "crowds")
"""What must be known of a place before it is suggested to a patient."""

LEAVES: dict[About, tuple[About, ...]] = {
    "outing": ("outing", "walking", "exertion"),
    "walking": ("walking", "exertion"),
    "exertion": ("exertion",),
    "heat": ("heat",),
    "water": ("water",),
    "alcohol": ("alcohol",),
    "crowds": ("crowds",),
}
"""What needs the leave of a source, and which leaves give it: who may walk may go out, but the end of a warning against exertion is no
leave to walk. Sun and a meal only need that no source warns."""


@dataclass(frozen=True)
class Obstacle:
    """Why a place is left out.

    *far*: it lies beyond reach. *caution*: a source warns, and none names a first day. *silent*: no source says anything of it.
    *unknown*: something of the place is not known.
    """

    kind: Literal["far", "caution", "silent", "unknown"]
    about: str = ""
    """What is not known (a field of :class:`~atlas.records.spot.Body`), or what the place asks."""


@dataclass(frozen=True)
class Verdict:
    """The first day on which a place is suggested (day 0 is that of the treatment), or why it is left out; ``advice`` decided it."""

    first_day: int | None
    obstacles: tuple[Obstacle, ...]
    advice: tuple[str, ...]


def unknowns(body: Body) -> tuple[str, ...]:
    """What is not known of a place."""
    return tuple(name for name in NEEDED if getattr(body, name) is None)


def demands(body: Body) -> tuple[About, ...]:
    """What a place asks of a body, by what is known of it."""
    asked: list[tuple[About, bool]] = [
        ("outing", True),
        ("walking", body.effort in {"light", "active"}),
        ("exertion", body.effort == "active" or bool(body.steps)),
        ("heat", bool(body.heat)),
        ("water", bool(body.water)),
        ("sun", body.indoors is False),
        ("alcohol", bool(body.alcohol)),
        ("crowds", bool(body.crowds)),
        ("meal", body.meal),
    ]
    return tuple(about for about, holds in asked if holds)


def verdict(body: Body, advice: Sequence[Advice]) -> Verdict:
    """From which day a place is suggested, by the advice on a treatment."""
    first, used = 1, []
    obstacles = [Obstacle("unknown", name) for name in unknowns(body)]
    for about in demands(body):
        day, found, why = _first_day(about, advice)
        used += found
        if day is None:
            obstacles.append(Obstacle(why, about))
        else:
            first = max(first, day)
    return Verdict(None if obstacles else first, tuple(obstacles), tuple(dict.fromkeys(used)))


def _first_day(about: About, advice: Iterable[Advice]) -> tuple[int | None, list[str], Literal["caution", "silent"]]:
    """The first day of one demand, the advice that names it, and why there is none."""
    cautions = [one for one in advice if one.about == about and one.cautions]
    used = [one.id for one in cautions]
    days = [one.unwise_through + 1 for one in cautions if one.unwise_through is not None]
    if any(one.no_end for one in cautions):
        return None, used, "caution"
    for source in LEAVES.get(about, ()):
        leaves = [one for one in advice if one.about == source and one.allowed_from is not None and (source == about or not one.cautions)]
        if leaves:
            used += [one.id for one in leaves]
            days += [one.allowed_from or 0 for one in leaves]
            break
    else:
        if about in LEAVES:
            return None, used, "caution" if cautions else "silent"
    return max(days, default=0), used, "silent"
