"""Files are put in place in one step: whoever reads or builds meanwhile finds the old text or the new one."""

from __future__ import annotations

from pathlib import Path


def put(file: Path, text: str) -> None:
    """Writes ``text`` beside ``file``, under a name that the checks pass over, and renames it (rename(2))."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}~")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
