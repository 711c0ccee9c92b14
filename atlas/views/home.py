"""The home page: what do you need? Six doors."""

from __future__ import annotations

from atlas.trace import Articles
from atlas.views.article import journey
from atlas.views.ledger import ends, lately
from atlas.views.listing import ways
from atlas.views.page import Page
from atlas.views.reader import Reader

DOORS = (
    ("hospital", "door-hospitals", "hospitals/"),
    ("check", "door-visa", "visa/"),
    ("won", "door-treatments", "treatments/"),
    ("talk", "door-language", "hospitals/#ways-language"),
    ("leaf", "door-recover", "plan/recover/"),
    ("scale", "door-rights", "rights/"),
)


LATELY = 5
"""How many changes the page lists."""


def home_page(reader: Reader, articles: Articles) -> Page:
    """The page at the root of a language."""
    words = reader.words
    counts = {
        "door-hospitals": len(reader.atlas.institutions),
        "door-treatments": len(reader.atlas.treatments),
        "door-visa": len(reader.atlas.countries),
    }
    doors = [
        {
            "icon": icon,
            "path": path,
            "text": words.say(key),
            "detail": words.say(f"{key}-text", count=counts[key]) if key in counts else words.say(f"{key}-text"),
        }
        for icon, key, path in DOORS
    ]
    return Page(
        path="",
        language=reader.language,
        template="home.html",
        title=words.say("home-title"),
        description=words.say("home-description"),
        view={
            "heading": words.say("home-heading"),
            "lead": words.say("home-lead"),
            "doors": doors,
            "steps": [{"path": one["path"], "title": one["title"]} for one in journey(reader, articles, "")],
            "ways": ways(reader)[:1],
            "lately": lately(reader)[:LATELY],
            "ends": [row for row in ends(reader) if row["date"] <= _in_a_year(reader.atlas.site.released)],
        },
        changed_on=reader.atlas.site.released,
        feedback="home",
    )


def _in_a_year(day: str) -> str:
    """The same day a year later."""
    return f"{int(day[:4]) + 1}{day[4:]}"
