"""Who has reviewed which section: a specialist named by role and initials, the day, and the digest of what she read."""

from __future__ import annotations

from atlas.article import Article, Review
from atlas.translation.section import Section


def review_of(article: Article, section: Section) -> Review | None:
    """The review of a section, if the section still reads as it did then; white space does not matter."""
    found = article.reviewed.get(section.id)
    return found if found and found.text == section.digest else None
