"""Which files people save: what the system tells of the folders that they edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

FOLDERS = ("data", "docs", "overrides")
"""What is read anew."""
ENGINE = ("atlas", "hooks")
"""What shows after a restart only."""
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})
"""Events that change something; reading is told too, and would never end."""


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, changed: Callable[[str], object]) -> None:
        self._root, self._changed = root, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            for path in filter(None, map(str, (event.src_path, event.dest_path))):
                file = Path(path).relative_to(self._root)
                if file.parts[0] in FOLDERS or file.suffix == ".py":
                    self._changed(file.as_posix())


@contextmanager
def watched(root: Path, changed: Callable[[str], object]) -> Iterator[None]:
    """Calls ``changed``, in another thread, with the path of each file below ``root`` that is saved, renamed or deleted.

    Where the system has no room for more watches, the folders are looked through once a second.
    """
    handler = _Handler(root, changed)
    for make in (Observer, lambda: PollingObserver(timeout=1)):
        observer = make()
        try:
            for name in (*FOLDERS, *ENGINE):
                observer.schedule(handler, str(root / name), recursive=True)
            observer.start()
        except OSError:
            observer.stop()
            continue
        try:
            yield
        finally:
            observer.stop()
            observer.join()
        return
    raise OSError("the folders of the project cannot be watched")
