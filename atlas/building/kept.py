"""What a build keeps for the next one, below ``build/cache/``: the site as it was made, page by page, and what each was made from.

It is believed only by the same engine and for the same address. It is made by ``pickle`` in a folder that only builds write to, beside
templates that are compiled there; what does not fit its own digest is passed over. It can be deleted at any time: then everything is made
again.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from atlas.building.aside import Laid
from atlas.building.increment import increment, incremented
from atlas.building.remembered import unpacked
from atlas.building.share import Asked, Made
from atlas.building.subject import Subject
from atlas.intake.filestate import FOLDERS, State, files_below
from atlas.memory import Memory
from atlas.offline.taken import Taken
from atlas.publishing.manifest import Written
from atlas.trace import Key
from atlas.views.page import Page

FOLDER = Path("build") / "cache" / "edition"
ENGINE = "atlas"
"""What is run: a change there makes everything again."""
WHOLE, LATER = "whole", "later"
"""An edition, and what a later one has besides; both are needed."""
RECORDS, ASKED = "records", "asked"
"""What is known of its records, and which of them pages asked for."""
MOST = 4
"""An edition is written whole when what it has besides is more than this part of it."""
FILES = ("mkdocs.yml", "requirements/site.txt")


@dataclass
class Language:
    """What was made of all pages of a language."""

    index: Any
    """What search knows."""
    offline: Taken
    """What is known of what readers take along."""


LaidLanguage = tuple[Laid[Any], Laid[Taken]]
"""The two parts of a :class:`Language`, as processes hand them on."""


@dataclass
class Edition:
    """A site as it was made."""

    memory: Memory
    subject: Subject
    made: dict[str, dict[str, Made]]
    """The pages by language and address."""
    lists: dict[str, tuple[Page, ...]]
    """The pages that list all others."""
    files: dict[str, Written]
    """What was written with the pages."""
    languages: dict[str, Mapping[str, Written]]
    """What was written for each language as a whole."""
    groups: list[tuple[frozenset[Key], Mapping[str, Written]]]
    """Files besides pages, and what they were made from."""
    whole: Mapping[str, Written]
    """What was written for all languages together."""
    asked: dict[str, Asked]
    """Which records pages asked for, by language: of those that were made since that was written beside the records."""
    around: bytes
    """What :attr:`atlas.building.making.Making.around` was."""
    templates: Mapping[str, bytes]
    """What :func:`atlas.building.drawing.drawn_with` gave."""
    overrides: bytes
    """The digest of all that lies below ``overrides/``."""
    digest: str = ""
    """That of the manifest."""
    stamps: dict[str, str] = field(default_factory=dict)
    """Of what is kept for each language and of the records, the digest of the edition that it was kept with."""
    base: Edition | None = None
    """The edition that was last written whole, of which this one differs little."""

    def pages(self, language: str) -> tuple[Page, ...]:
        """The pages of a language but those that list all others."""
        return tuple(one.page for one in self.made.get(language, {}).values())

    @property
    def staged(self) -> dict[str, tuple[Page, ...]]:
        """All pages by language."""
        return {code: (*self.pages(code), *self.lists[code]) for code in self.made}

    @property
    def all_files(self) -> dict[str, Written]:
        """Every file of the site."""
        found = {**self.files, **self.whole}
        for written in (*self.languages.values(), *(written for _, written in self.groups)):
            found |= written
        return found


@dataclass(frozen=True)
class Inputs:
    """What a build is made from: ``engine`` stands for what makes it, ``files`` says how the other files stand."""

    engine: bytes
    files: Mapping[str, State]

    @property
    def overrides(self) -> bytes:
        """The digest of all that lies below ``overrides/``."""
        found = [(path, state) for path, state in self.files.items() if path.startswith("overrides/")]
        return hashlib.sha256(repr(found).encode()).digest()


def inputs(root: Path, origin: str) -> Inputs:
    """Looks at every file that a build of a project reads, by content."""
    engine = list(files_below(root, [ENGINE], content=True).items())
    single = [(root / name).read_bytes() for name in FILES if (root / name).is_file()]
    files = files_below(root, FOLDERS, content=True)
    return Inputs(hashlib.sha256(repr((origin, sys.version, _libraries(), single, engine)).encode()).digest(), files)


def _libraries() -> list[str]:
    """What is installed beside Python, with its versions, as ``babel-2.17.0.dist-info``: it also words dates and names."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as there:
            found.update(entry.name for entry in there if entry.name.endswith(".dist-info"))
    return sorted(found)


def read_edition(root: Path, engine: bytes) -> Edition | None:
    """What the last build has kept, if it was made by this ``engine``."""
    if (payload := _read(root / FOLDER / WHOLE, engine)) is None:
        return None
    base: Edition = pickle.loads(payload)  # a build of this project has written it
    later = _read(root / FOLDER / LATER, base.digest.encode())
    if later is None:
        return None
    found = incremented(base, later) if later else replace(base, memory=Memory.holding(base.memory.entries))
    return replace(found, base=base)


def read_language(root: Path, code: str, edition: Edition) -> Language | None:
    """What the last build has kept of all pages of a language."""
    payload = _read(root / FOLDER / code, edition.stamps.get(code, "").encode())
    if payload is None:
        return None
    file = io.BytesIO(payload)
    return Language(pickle.load(file), pickle.load(file))  # a build of this project has written them


def read_records(root: Path, edition: Edition) -> Memory:
    """What the last build has kept of the records; without it, all are read anew."""
    payload = _read(root / FOLDER / RECORDS, edition.stamps.get(RECORDS, "").encode())
    return Memory() if payload is None else unpacked(payload, edition.subject.atlas)


def read_asked(root: Path, edition: Edition) -> dict[str, Asked]:
    """Which records the pages of an edition asked for, by language and address; of those that are not there it is lost."""
    payload = _read(root / FOLDER / ASKED, edition.stamps.get(ASKED, "").encode()) or b""
    found: dict[str, Asked] = {}
    for code, asked in (*_pieces(payload), *edition.asked.items()):
        found[code] = {**found.get(code, {}), **asked}
    return found


def _pieces(payload: bytes | memoryview) -> Iterator[tuple[str, Asked]]:
    file = io.BytesIO(payload)
    while file.tell() < len(payload):
        yield pickle.load(file), pickle.load(file)  # a build of this project has written it


def write_edition(
    root: Path,
    engine: bytes,
    edition: Edition,
    languages: Mapping[str, LaidLanguage],
    records: Laid[bytes] | None,
    asked: Sequence[tuple[str, Asked | Laid[Asked]]],
) -> None:
    """Keeps a build for the next one: ``languages`` are those of which something was made, ``records`` what is known of other records.

    ``asked`` is which records pages asked for, by language, if that is of all pages; of a page that comes twice, the last.

    A disk that takes nothing is no fault: the next build is slower.
    """
    folder, base = root / FOLDER, edition.base
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LATER).unlink(missing_ok=True)  # what is kept of languages never lies beside what it does not belong to
        for code, language in languages.items():
            edition.stamps[code] = edition.digest
            _write(folder / code, edition.digest.encode(), b"".join(part.pickled() for part in language))
        if records:
            edition.stamps[RECORDS] = edition.digest
            _write(folder / RECORDS, edition.digest.encode(), records.value())
        if asked:
            edition.stamps[ASKED] = edition.digest
            found = (pickle.dumps(code) + (one.pickled() if isinstance(one, Laid) else pickle.dumps(one)) for code, one in asked)
            _write(folder / ASKED, edition.digest.encode(), b"".join(found))
        later = increment(base, edition) if base else None
        if base is None or later is None or len(later) * MOST > (folder / WHOLE).stat().st_size:
            (folder / WHOLE).unlink(missing_ok=True)
            _write(folder / WHOLE, engine, pickle.dumps(replace(edition, base=None), pickle.HIGHEST_PROTOCOL))
            base, later = edition, b""
        _write(folder / LATER, base.digest.encode(), later)


def forget_edition(root: Path) -> None:
    """The next build makes everything again."""
    with suppress(OSError):
        (root / FOLDER / LATER).unlink(missing_ok=True)


def _read(file: Path, key: bytes) -> memoryview | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    seal, payload = content[:32], memoryview(content)[32:]
    return payload if seal == _seal(key, payload) else None


def _write(file: Path, key: bytes, payload: bytes) -> None:
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with fresh.open("wb") as opened:
        opened.write(_seal(key, payload))
        opened.write(payload)
    fresh.replace(file)


def _seal(key: bytes, payload: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key + b"\0")
    digest.update(payload)
    return digest.digest()
