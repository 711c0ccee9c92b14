"""The question that the page of a passport asks and answers (schema.org ``FAQPage``): how long will you stay?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.structured.node import Node, node
from atlas.views.reader import Reader


def passport(reader: Reader, view: Mapping[str, Any]) -> Node:
    """The question, for whom its answers hold, and an answer for each length of stay."""
    answers = [node("Answer", name=one["heading"], text=one["answer"]["text"]) for one in view["spans"]]
    asked = node("Question", name=reader.words.say("from-length"), text=reader.words.say("from-length-note"), acceptedAnswer=answers)
    return node("FAQPage", inLanguage=reader.tag, mainEntity=asked)
