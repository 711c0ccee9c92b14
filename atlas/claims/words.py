"""What editors are told of a claim, and how a place in a law is written."""

from __future__ import annotations

import hashlib
import re

from atlas.atlas import Atlas
from atlas.kept import is_keeping, written_out
from atlas.records.claim import Claim, Law

_PARTS = {
    "en": ("Article {}", " ({})", ", item {}"),
    "ko": ("제{}조", " 제{}항", " 제{}호"),
    "ru": ("статья {}", ", часть {}", ", пункт {}"),
    "zh": ("第{}条", "第{}款", "第{}项"),
}


def looked_for(atlas: Atlas) -> bytes:
    """What stands for all that is looked for, where results are kept."""
    if not is_keeping():
        return b""
    return hashlib.sha256(written_out((atlas.written["claim"], atlas.written["claim-language"], [*atlas.site_languages]))).digest()


def sought(atlas: Atlas) -> tuple[object, ...]:
    """All that is looked for."""
    return atlas.claims, atlas.claim_languages, tuple(atlas.site_languages)


def what(atlas: Atlas, claim: Claim) -> str:
    """What is wrong with a text that makes the claim, with its place in the law."""
    return f"medical advertising must not say this ({cited(atlas, claim.law[0], 'en')}). {claim.reason.passage('en').text.rstrip('.')}"


def mend(claim: Claim, language: str) -> str:
    """What to write instead, in the language of the text."""
    return f'Take it out, or write a fact with its source, such as "{claim.instead.passage(language).text}"'


def cited(atlas: Atlas, law: Law, language: str) -> str:
    """A place in a law with the name of the law: *Medical Service Act, Article 56 (2), item 8*.

    The name is the title of the source up to the number or date of the text. A language without a way of its own cites as English does.
    """
    name = re.split(r", (?:text|редакция)|[(（]", atlas.sources[law.source].title.passage(language).text)[0]
    article, paragraph, item = _PARTS.get(language, _PARTS["en"])
    number, _, branch = law.article.partition("-")
    place = article.format(number) + (f"의{branch}" if branch and language == "ko" else f"-{branch}" if branch else "")
    place += paragraph.format(law.paragraph) if law.paragraph else ""
    place += item.format(law.item) if law.item else ""
    return f"{name} {place}" if language == "ko" else f"{name}{place}" if language == "zh" else f"{name}, {place}"
