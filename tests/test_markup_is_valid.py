"""The Nu Html Checker, which is that of the W3C, finds no error and has no warning in what is published."""

from __future__ import annotations

import json
import subprocess
import zlib

from tests.conftest import KINDS, LANGUAGES, ROOT, Site

JAR = ROOT / ".venv/gates/node_modules/vnu-jar/build/dist/vnu.jar"
KNOWN = {
    # HTML, 4.12.1, step 13 of preparing a script: what is no script is not asked whether the policy allows it.
    "Inline script violates Content Security Policy (meta tag): blocked by “script-src” directive (missing “‘unsafe-inline’” or "
    "nonce/hash).": '<script type="application/ld+json">',
    # SVG 2, 8.13 and 13.9, and CSS Masking 1, 7.9: the parts of the checker that read pictures and styles are older than they.
    "Attribute “vector-effect” not allowed on element “path” at this point.": 'vector-effect="non-scaling-stroke"',
    "CSS: “paint-order”: Property “paint-order” doesn't exist.": "paint-order:",
    "CSS: “mask”: Too many values or values are not recognized.": "center/contain no-repeat",
}
"""What the checker takes for a fault and is none, with what must stand at the place."""


def test_the_checker_of_the_w3c_finds_nothing(site: Site, server: str) -> None:
    """Every page in one of its languages, each kind of page in all of them, and the page for lost readers, pictures and styles."""
    folders = [folder for folder, _ in LANGUAGES.values()]
    paths = {address for address in site.pages if not address.startswith(tuple(filter(None, folders)))}
    addresses = {folders[zlib.crc32(path.encode()) % len(folders)] + path for path in paths}
    addresses |= {folder + path for folder in folders for path in KINDS.values()} | {"404.html"}
    files = [str(file) for kind in ("svg", "css") for file in sorted(site.folder.rglob(f"*.{kind}"))]
    found = checked([*sorted(server + address for address in addresses), *files])
    wrong = [one for one in found if KNOWN.get(one["message"], "\0") not in one.get("extract", "")]
    assert not wrong, "\n".join(f"{one['url']}: {one['message']}" for one in wrong[:20])
    assert {one["message"] for one in found} == set(KNOWN), "take out what is no longer said"


def checked(documents: list[str]) -> list[dict[str, str]]:
    """What the checker says of files, and of pages on the loopback interface, where the policy of a page has an origin to hold against."""
    command = [
        "java",
        "-Xss8m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",
        "-jar",
        str(JAR),
    ]
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    done = subprocess.run([*command, *options, *documents], capture_output=True, text=True, check=True)
    said: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return said
