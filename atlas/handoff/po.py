"""A parcel as a PO file of GNU gettext, and such a file as it comes back; read and written by Babel.

``msgctxt`` names the place, ``msgid`` is the text as it is written, with its references, links and spans as text. What was translated
before the source changed stands there as *fuzzy* with the previous source (``#| msgid``). ``max-length`` and ``placeholders`` are flags of
Weblate.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from atlas.fault import Fault, FaultyInputError, shown
from atlas.handoff.code import marks, tokens
from atlas.handoff.delivery import Delivery, Row
from atlas.handoff.note import EXPORTED, Notes
from atlas.handoff.parcel import Passage
from atlas.handoff.xliff import unit_id

_AGAIN = "Open it in a PO editor such as Poedit and save it again, or export it again."
_SOURCE = "X-Source-Language"
_ENDLESS = 10**9
"""Width of a line: Babel breaks the lines of a previous source so that no tool reads them (2.18)."""
_PLACEHOLDERS = r'placeholders:r"\{\{[^{}]*\}\}|\{[a-z0-9_:-]+\}"'
"""What Weblate shows as tags, and refuses to lose."""


def po(passages: Iterable[Passage], source_tag: str, target_tag: str, notes: Notes, day: str) -> bytes:
    """The hand-off as one PO file in UTF-8; ``day`` (ISO 8601) dates it. The same passages give the same bytes."""
    catalog = Catalog(project="Korea Care Atlas", version=day, fuzzy=False, header_comment="# Hand-off for translation.")
    for passage in passages:
        for segment in passage.segments:
            said = [*notes.of_passage(passage), *notes.of_segment(passage, segment)]
            was, translation = segment.earlier or ("", "")
            text = segment.target if segment.target is not None else translation
            message = catalog.add(
                segment.source,
                text,
                locations=[(passage.unit.file, passage.unit.line)],
                auto_comments=[
                    f"{category}: {line}" for category, note in said for line in note.split("\n") if not category.startswith("prev")
                ],
                previous_id=was or (),
                context=f"{passage.file_id}#{unit_id(passage, segment)}",
            )
            message.flags.clear()
            if text and not segment.done:
                message.flags.add("fuzzy")
            if segment.limit:
                message.flags.add(f"max-length:{segment.limit}")
            if any(mark.key.startswith("{") for mark in marks(tokens(segment.source))):
                message.flags.add(_PLACEHOLDERS)
    out = io.BytesIO()
    write_po(out, catalog, width=_ENDLESS, omit_header=True, include_previous=True, ignore_obsolete=True)
    return _header(source_tag, target_tag, day).encode() + out.getvalue()


def _header(source_tag: str, target_tag: str, day: str) -> str:
    fields = {
        "Project-Id-Version": f"Korea Care Atlas {day}",
        "PO-Revision-Date": f"{day} 00:00+0000",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": target_tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _SOURCE: source_tag.replace("-", "_"),
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'# Hand-off for translation.\nmsgid ""\nmsgstr ""\n{lines}\n'


def read_back(text: str, path: str) -> Delivery:
    """What a PO file brings. Raises :class:`~atlas.fault.FaultyInputError` where it cannot be read as PO."""

    def faulty(line: int, what: str, got: str, mend: str) -> FaultyInputError:
        return FaultyInputError([Fault(path, line, 1, "file", what, got, mend)])

    if (declared := re.search(r"charset=([A-Za-z0-9_-]+)", text)) and declared[1].lower() not in {"utf-8", "utf8"}:
        raise faulty(1, "this file says that it is in another encoding", declared[1], "Save it as UTF-8, with charset=UTF-8 in its head.")
    try:
        catalog = read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise faulty(int(error.lineno) + 1, "this is not a PO file", shown(str(error)), _AGAIN) from None
    except Exception as error:
        raise faulty(1, "this is not a PO file", shown(str(error)), _AGAIN) from None
    rows, faults = [], []
    for message in catalog:
        if not message.id:
            continue
        line = int(message.lineno or 1)
        file_id, _, unit = str(message.context or "").partition("#")
        passage_id, _, segment_id = unit.rpartition(":")
        if not (passage_id and segment_id) or not isinstance(message.id, str) or not isinstance(message.string, str):
            mend = "Bring the file back as it was exported: msgctxt says where a translation belongs."
            faults.append(Fault(path, line, 1, "msgctxt", "this entry has no msgctxt of ours", shown(message.context), mend))
            continue
        target = (message.string,) if message.string else None
        was = next((note.removeprefix(f"{EXPORTED}: ") for note in message.auto_comments if note.startswith(f"{EXPORTED}: ")), None)
        rows.append(Row(file_id, passage_id, segment_id, line, (message.id,), target, not message.fuzzy, was))
    if len(rows) + len(faults) != len(re.findall(r"^msgid (?!\"\"\n(?!\"))", text, re.MULTILINE)):
        mend = "Keep one of each; msgctxt and msgid together must be told apart."
        raise faulty(1, "an entry stands here twice", f"{len(rows)} entries", mend)
    tags = [re.search(rf'^"{name}: *([A-Za-z0-9_-]*)', text, re.MULTILINE) for name in (_SOURCE, "Language")]
    source_tag, target_tag = (match[1].replace("_", "-") if match else "" for match in tags)
    return Delivery(path, source_tag, target_tag, tuple(rows), tuple(faults))
