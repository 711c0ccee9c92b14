"""The site in parts, one language each, for sites that one machine would build too slowly; and the parts put together again.

``part.json`` in the folder of a part says of which build it is. Parts of different builds are refused: a page of one would link to pages
that the other does not have.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "part.json"


class PartsError(Exception):
    """Parts that do not make one site; the message says which and why."""


@dataclass(frozen=True)
class Part:
    """One language of one build; ``inputs`` is the digest of what it was made from."""

    language: str
    inputs: str


def write_part(folder: Path, part: Part) -> None:
    """Says in the folder of a part what it is."""
    (folder / NAME).write_text(json.dumps(asdict(part)) + "\n", encoding="utf-8")


def read_part(folder: Path) -> Part:
    """What a folder says that it is. Raises :class:`PartsError`."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Part(language=str(found["language"]), inputs=str(found["inputs"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PartsError(f"{folder} is not a part of a site ({error}). Make it with: python -m atlas build --part LANGUAGE") from None


def check_parts(parts: Iterable[tuple[Path, Part]], languages: Iterable[str], inputs: str) -> None:
    """Raises :class:`PartsError` unless there is each language once, all made from what lies here now."""
    troubles = []
    seen: dict[str, Path] = {}
    for folder, part in parts:
        if part.inputs != inputs:
            troubles.append(f"{folder} was built from other files, or for another address, than those here. Build it again.")
        if part.language in seen:
            troubles.append(f"{folder} and {seen[part.language]} are both the part {part.language}. Leave one out.")
        seen[part.language] = folder
    expected = list(languages)
    troubles += [
        f"there is no part {language}. Build it: python -m atlas build --part {language}" for language in expected if language not in seen
    ]
    troubles += [
        f"{seen[language]} is the part {language}, which this site does not have." for language in seen if language not in expected
    ]
    if troubles:
        raise PartsError("\n".join(troubles))


def put_together(folders: Iterable[Path], site: Path) -> None:
    """Copies the files of all parts into ``site``. Raises :class:`PartsError` where two parts hold the same file."""
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            path = file.relative_to(folder)
            if path.as_posix() == NAME:
                continue
            if (site / path).exists():
                raise PartsError(f"{path} stands in {folder} and in another part.")
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, site / path)
