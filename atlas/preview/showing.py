"""The preview: the server of the site as it would be built from what is saved now.

A page is made when it is looked at, by the same code and templates as in a build; what is added to it is the editor's bar. What
only a whole site has (the index of search, zip files, the manifest) comes from the last build, if there is one.
"""

from __future__ import annotations

import gc
import hashlib
import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from atlas.building.drawing import Drawer, environment
from atlas.building.origin import origin_of
from atlas.fault import Fault
from atlas.hosting.media import media_type
from atlas.intake.blame import blamed
from atlas.kept import keeping
from atlas.message import said, translated
from atlas.preview.bar import FILES, FOLDER, Bar, Seen
from atlas.preview.desk import Desk, State
from atlas.preview.server import OWN, Answer, Line, served
from atlas.preview.shown import facts
from atlas.preview.watching import ENGINE, watched
from atlas.publishing.asset import FOLDER as ASSETS
from atlas.staging import front_matter
from atlas.views.page import Page as View

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = 0.02
"""Seconds without a further file after which what was saved is read: an editor writes, renames and sets rights in several steps."""
LONGEST = 50
"""How many files are waited for at most."""
LAST_BUILD = ("search/", "offline/", "manifest.json", "sitemap.xml", "robots.txt")
"""What only a whole site has, by what its address below the language begins with."""
_BEHIND = re.compile(r'<body>(?:(?s:.*?)<a class="skip".*?</a>)?')
"""Where the bar stands: behind the link that leads over the header, which must be the first."""
_EMPTY = "<!doctype html><html lang=en><meta charset=utf-8><title>!</title><body></body></html>"


class UnknownLanguageError(Exception):
    """A language that the site does not have, and those that it has."""

    def __init__(self, language: str, known: tuple[str, ...]) -> None:
        super().__init__(language)
        self.language, self.known = language, known


class Renderer:
    """Draws one page at a time, as a build does, with templates that are read again when they are saved."""

    def __init__(self, root: Path) -> None:
        self.origin = origin_of(root)
        self._env = environment(root, reload=True)

    def page(self, state: State, view: View) -> str:
        """A page as it is built. Raises what the templates raise."""
        contents = state.contents
        front = front_matter(contents.readers[view.language], state.stage, view, contents.translated(view.path), contents.origin)
        return self._drawer(state).page(view.language, front, view.body)

    def lost(self, state: State) -> str:
        """The page for addresses that there are not, which may load the script of the bar."""
        html = self._drawer(state).lost(state.stage.default, urlsplit(self.origin).path)
        policy = state.shared[state.stage.default]["policy"]
        return html.replace(policy["lost"], policy["page"])

    def _drawer(self, state: State) -> Drawer:
        return Drawer(self._env, state.shared)


class Preview:
    """Answers requests from the desk, in one thread."""

    def __init__(self, desk: Desk, renderer: Renderer, say: Callable[[str], object]) -> None:
        self._desk, self._renderer, self._say = desk, renderer, say
        self._bar = Bar(desk.root)
        self._mount = urlsplit(renderer.origin).path.removeprefix("/")
        self._answers: dict[str, Answer] = {}
        self._good: dict[str, tuple[str, Seen | None]] = {}
        """By address, the page as it was when it could last be made."""

    def begin(self) -> None:
        """Says what is wrong from the beginning."""
        self._tell(())

    def look(self, paths: set[str]) -> None:
        """Reads what was saved, and says what is wrong with it, or that nothing is any more."""
        before = self._desk.faults
        if any(path.split("/", 1)[0] in ENGINE and path.endswith(".py") for path in paths):
            self._say(said("The engine has changed: stop this preview and start it again to see that."))
        self._desk.look(paths)
        self._answers.clear()
        self._tell(before)

    def _tell(self, before: Sequence[Fault]) -> None:
        new = [fault for fault in self._desk.faults if fault not in before]
        for fault in new:
            self._say(translated(str(fault)))
        if before and not self._desk.faults:
            self._say(said("No faults any more."))

    def answer(self, address: str) -> Answer:
        """What lies at an address of the site."""
        if address.startswith(OWN):
            name = address.removeprefix(OWN)
            return _file(address, (FOLDER / name).read_bytes()) if name in FILES else Answer(b"", "text/plain", 404)
        if address not in self._answers:
            self._answers[address] = self._made(address)
        return self._answers[address]

    def _made(self, address: str) -> Answer:
        if not address.startswith(self._mount):
            return Answer(b"", status=302, location=f"/{self._mount}")
        path, state = address.removeprefix(self._mount), self._desk.state
        if state is None:
            return self._with_bar(_EMPTY, None, (), status=500)
        if path and not path.endswith("/") and state.contents.page(*self._split(state, f"{path}/")):
            return Answer(b"", status=302, location=f"/{address}/")
        if path.endswith("/") or not path:
            return self._page(state, address, path)
        if (content := state.stage.assets.contents.get(path)) is not None:
            return replace(_file(path, content), lasting=True)
        if not path.startswith(ASSETS) and (text := state.file(path)) is not None:
            return _file(path, text.encode("utf-8"))
        if self._split(state, path)[1].startswith(LAST_BUILD) and (built := ROOT / "site" / path).is_file():
            return _file(path, built.read_bytes())
        return self._with_bar(self._renderer.lost(state), None, (), status=404)

    def _split(self, state: State, path: str) -> tuple[str, str]:
        """Language and path of a page."""
        first, _, rest = path.partition("/")
        known = first in state.contents.readers and first != state.stage.default
        return (first, rest) if known else (state.stage.default, path)

    def _page(self, state: State, address: str, path: str) -> Answer:
        language, below = self._split(state, path)
        draft = state.contents.page(language, below)
        if draft is None:
            return self._with_bar(self._renderer.lost(state), None, (), status=404)
        faults: tuple[Fault, ...] = ()
        try:
            view, reads = state.made(draft, language)
            html = self._renderer.page(state, view)
            reader = state.contents.readers[language]
            self._good[address] = html, Seen(view, tuple(facts(reads, state.kinds, state.places, html, reader)))
        except Exception as error:
            faults = (blamed(error, self._desk.root),)
            self._tell_once(faults)
        html, seen = self._good.get(address, (_EMPTY, None))
        return self._with_bar(html, seen, faults)

    def _tell_once(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            self._say(translated(str(fault)))

    def _with_bar(self, html: str, seen: Seen | None, faults: Sequence[Fault], status: int = 200) -> Answer:
        note = ""
        if seen and seen.page.path.startswith(LAST_BUILD[:2]):
            note = said("Search and the zip files are those of the last build (make site), because they need all pages.")
        bar = self._bar.draw(seen, self._desk.state, (*self._desk.faults, *faults), note)
        digest = hashlib.sha256((html + bar).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        bar = bar.replace("<atlas-editor", f'<atlas-editor data-seen="{digest}"', 1)
        place = _BEHIND.search(html)
        at = place.end() if place else 0
        page = "".join([html[:at], bar, '<script src="/-/bar.js" type="module"></script>', html[at:]])
        return Answer(page.encode("utf-8", "xmlcharrefreplace"), status=status, seen=digest)


def _file(address: str, content: bytes) -> Answer:
    return Answer(content, media_type(address), seen=hashlib.sha256(content).hexdigest()[:16])


def preview(host: str, port: int, language: str | None, last: Path | None, today: Callable[[], str], say: Callable[[str], object]) -> None:
    """Serves the site until it is interrupted; ``language`` is the one that the printed address leads to.

    Raises :class:`OSError` where the address cannot be had, and :class:`UnknownLanguageError`.
    """
    line = Line()
    with served(line, host, port) as at, watched(ROOT, line.saved):
        renderer = Renderer(ROOT)
        desk = Desk(ROOT, renderer.origin, last, today)
        with keeping(ROOT):
            desk.look()
        shown = Preview(desk, renderer, say)
        if language and desk.state and language not in desk.state.contents.readers:
            raise UnknownLanguageError(language, tuple(desk.state.contents.readers))
        gc.collect()
        gc.freeze()  # what was read stays: to look through it again and again takes half a second each time
        shown.begin()
        mount = urlsplit(renderer.origin).path
        below = f"{language}/" if language and not (desk.state and language == desk.state.stage.default) else ""
        say(said("Look at ${address}", address=f"http://{f'[{host}]' if ':' in host else host}:{at}{mount}{below}"))

        def looked(paths: set[str]) -> None:
            shown.look(paths)
            line.changed()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: line.stop())
        line.serve(shown.answer, looked, QUIET, LONGEST)
