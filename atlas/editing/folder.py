"""The folder that the editor opens: one file of JSON for each record and page, made from ``data/`` and ``docs/`` and written back there.

Sveltia CMS works on a folder of files, one for each entry, through the File System Access API. A table that holds 800 sources, or one
page in four folders, is no such entry. So the editor is given a folder that is none: what it reads are forms, what it saves goes back
into the YAML and Markdown of the project, where only what has changed is written.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas.editing.page import PATH, page_form, page_forms, page_texts, written_page
from atlas.editing.record import record_forms, written_record
from atlas.editing.refusal import NotWrittenError
from atlas.kinds import KINDS

PAGES = "page"
"""The folder of the pages; those of the records have the names of their kinds."""


class Folder:
    """The forms of the project at ``root``. Safe to use from several threads."""

    def __init__(self, root: Path, languages: tuple[str, ...]) -> None:
        self.root = root
        self.languages = languages
        self._kinds = {kind.name: kind for kind in KINDS}
        self._lock = threading.Lock()

    def files(self) -> dict[str, str]:
        """The text of every form by its path."""
        with self._lock:
            found = {_path(kind.name, name): _text(form) for kind in KINDS for name, form in record_forms(self.root, kind)}
            return found | {_path(PAGES, name): _text(form) for name, form in page_forms(self.root, self.languages)}

    def write(self, path: str, text: str, before: str | None) -> tuple[list[Path], str]:
        """Writes the form ``text`` at ``path`` back into the project. Returns the files and the form as it now stands.

        ``before`` is the digest of the form that the editor had, ``None`` for a new one. Raises :class:`NotWrittenError`, also where the
        file has changed on the disk since.
        """
        folder = path.partition("/")[0]
        try:
            form = json.loads(text)
        except ValueError:
            form = None
        if not isinstance(form, dict) or (folder not in self._kinds and folder != PAGES):
            raise NotWrittenError(f"The editor cannot write {path}.", f"{path} 파일은 편집기로 쓸 수 없습니다.")
        form.setdefault("id", folder)
        name = str(form["id"]).strip()
        with self._lock:
            now = self.form(folder, name)
            if before is None and now is not None:
                raise NotWrittenError(
                    f"There is already a “{name}”. Choose another id.", f"“{name}” 기록이 이미 있습니다. 다른 id를 쓰세요."
                )
            if before is not None and now is None:
                raise NotWrittenError(f"An id never changes, and there is no “{name}”.", f"id는 바꿀 수 없으며 “{name}” 기록은 없습니다.")
            if before is not None and now is not None and digest(now) != before:
                raise NotWrittenError(
                    "This file has changed on the disk since you opened the editor. Copy your change, reload this page, and make it again.",
                    "편집기를 연 뒤에 이 파일이 바뀌었습니다. 바꾼 내용을 복사해 두고 새로 고침한 다음 다시 고치세요.",
                )
            files = self._write(folder, form)
            return files, self.form(folder, name) or _text(form)

    def _write(self, folder: str, form: dict[str, Any]) -> list[Path]:
        if folder == PAGES:
            return written_page(self.root, form, self.languages)
        return [written_record(self.root, self._kinds[folder], form)]

    def form(self, folder: str, name: str) -> str | None:
        """The text of one form: of the page at a path, or of a record of a kind; ``None`` where there is none."""
        if folder == PAGES:
            texts = page_texts(self.root, name, self.languages) if re.fullmatch(PATH, name) else {}
            return _text(page_form(name, texts)) if texts else None
        return next((_text(form) for found, form in record_forms(self.root, self._kinds[folder]) if found == name), None)


def digest(text: str) -> str:
    """What tells one state of a form from another: SHA-256 in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _path(folder: str, name: str) -> str:
    """The path of a form; an id that is an address has ``~`` for its slashes, the home page is ``~``."""
    return f"{folder}/{name.replace('/', '~') or '~'}.json"


def _text(form: Mapping[str, Any]) -> str:
    return json.dumps(form, ensure_ascii=False, indent=1)
