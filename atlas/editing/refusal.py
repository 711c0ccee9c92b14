"""Why the editor did not write a file, in English and Korean."""

from __future__ import annotations


class NotWrittenError(Exception):
    """Nothing was written; both sentences are shown to the person who saved."""

    def __init__(self, english: str, korean: str) -> None:
        super().__init__(f"{english}\n{korean}")
