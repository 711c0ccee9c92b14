"""The site in parts, each of so many pages, for sites that one machine would build too slowly; and the parts put together again.

Parts share nothing but what they are made from. ``part.json`` in the folder of a part says of which build it is, and of each of its
pages what search, lists and the sitemap need. Parts of different builds are refused: a page of one
would link to pages that the other does not have.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from atlas.building.aside import Aside, Laid
from atlas.building.share import Made, Share
from atlas.publishing.manifest import Listed, Written
from atlas.search.counted import Counted
from atlas.views.page import Page

NAME = "part.json"
T = TypeVar("T")


class PartsError(Exception):
    """Parts that do not make one site; the message says which and why."""


@dataclass(frozen=True)
class Part:
    """The ``number``-th (from 1) of ``of`` parts of one build; ``inputs`` is the digest of what it was made from."""

    number: int
    of: int
    inputs: str
    shares: Mapping[str, Share]
    """Its pages by language."""


def cut(found: Sequence[tuple[str, T]], number: int, of: int) -> dict[str, list[T]]:
    """The ``number``-th of ``of`` equal runs of what there is in all languages, by language."""
    start, stop = (len(found) * place // of for place in (number - 1, number))
    part: dict[str, list[T]] = {}
    for language, one in found[start:stop]:
        part.setdefault(language, []).append(one)
    return part


def write_part(folder: Path, part: Part) -> None:
    """Says in the folder of a part what it is."""
    shares = {
        language: {
            "made": [[asdict(one.page), (counted := one.counted) and counted.plain()] for one in share.made],
            "files": {path: [one.listed.size, one.listed.sha256, one.places] for path, one in share.files.items()},
        }
        for language, share in part.shares.items()
    }
    document = {"number": part.number, "of": part.of, "inputs": part.inputs, "shares": shares}
    (folder / NAME).write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def read_part(folder: Path, aside: Aside | None = None) -> Part:
    """What a folder says that it is. Raises :class:`PartsError`.

    What search reads in its pages is laid ``aside``, if there is such a place.
    """
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        shares = {str(language): _share(share, aside) for language, share in found["shares"].items()}
        return Part(int(found["number"]), int(found["of"]), str(found["inputs"]), shares)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PartsError(f"{folder} is not a part of a site ({error}). Make it with: python -m atlas build --part 1/4") from None


def _share(found: Mapping[str, object], aside: Aside | None) -> Share:
    def read(counted: list[object] | None) -> Counted | Laid[Counted] | None:
        found = Counted.of_plain(counted) if counted else None
        return aside.lay(found) if aside and found else found

    made, files = found["made"], found["files"]
    assert isinstance(made, list)
    assert isinstance(files, dict)
    return Share(
        tuple(Made(Page(**{**page, "crumbs": ()}), read(counted)) for page, counted in made),
        {path: Written(Listed(size, digest), tuple(places)) for path, (size, digest, places) in files.items()},
    )


def check_parts(parts: Iterable[tuple[Path, Part]], inputs: str) -> None:
    """Raises :class:`PartsError` unless there is each part once, all made from what lies here now."""
    troubles = []
    seen: dict[tuple[int, int], Path] = {}
    for folder, part in parts:
        if part.inputs != inputs:
            troubles.append(f"{folder} was built from other files, or for another address, than those here. Build it again.")
        number, of = part.number, part.of
        if other := seen.get((number, of)):
            troubles.append(f"{folder} and {other} are both the part {number}/{of}. Leave one out.")
        seen[number, of] = folder
    of = max((of for _, of in seen), default=1)
    for number in range(1, of + 1):
        if (number, of) not in seen:
            troubles.append(f"there is no part {number}/{of}. Build it: python -m atlas build --part {number}/{of}")
    for (number, others), folder in seen.items():
        if others != of:
            troubles.append(f"{folder} is the part {number}/{others}, and the others are of {of}.")
    if troubles:
        raise PartsError("\n".join(troubles))


def put_together(folders: Iterable[Path], site: Path) -> None:
    """Copies the files of all parts into ``site``. Raises :class:`PartsError` where two parts hold different files of one name."""
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            path = file.relative_to(folder)
            if path.as_posix() == NAME:
                continue
            if (site / path).exists():
                if (site / path).read_bytes() != file.read_bytes():
                    raise PartsError(f"{path} stands in {folder} and in another part.")
                continue
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, site / path)
