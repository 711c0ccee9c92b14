"""Draws the pictures that are shown where an address of the site is shared: ``overrides/assets/card-<language>.png``.

``python -m bench.cards`` lays them out with our colours, cloth and words in Chromium. They are committed, because letters are drawn with
the fonts of the machine (Noto). Draw them anew when the name of the site or the heading of its home page changes.
"""

from __future__ import annotations

import base64
import re
import sys
from html import escape
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright

from atlas.structured.card import HEIGHT, WIDTH, picture

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "overrides" / "assets"
LIMIT = 60_000
"""The most bytes that a picture may have: some services show none that comes slowly."""

PAGE = """<!doctype html>
<html lang="{tag}"><meta charset="utf-8"><style>
:root {{ {tokens} }}
* {{ margin: 0; box-sizing: border-box }}
body {{ width: {width}px; height: {height}px; background: var(--paper); color: var(--ink);
  font-family: "Noto Sans", "Noto Sans CJK {cjk}", sans-serif;
  display: grid; grid-template-columns: 740px 1fr; word-break: keep-all; line-break: strict }}
main {{ display: flex; flex-direction: column; padding: 72px 40px 64px 72px }}
.name {{ display: flex; align-items: center; gap: 20px; font-size: 34px; font-weight: 700; color: var(--jade) }}
.name img {{ width: 56px }}
h1 {{ margin-block: auto; font-size: {size}px; line-height: {leading}; letter-spacing: {tracking}em; font-weight: 700 }}
p {{ text-wrap: balance; font-size: 27px; line-height: 1.45; color: var(--ink-2); padding-top: 24px;
  border-top: 2px dashed var(--celadon) }}
aside {{ background: var(--hanji) url({cloth}) 84% 50% / cover }}
</style>
<main><div class="name"><img src="{mark}" alt="">{name}</div><h1>{heading}</h1><p>{line}</p></main><aside></aside></html>"""
CJK = {"ko": "KR", "zh": "SC"}
SIZES = {"en": 64, "ko": 66, "zh": 66}
"""The heading, in pixels: so large that it breaks where a reader pauses. Other languages run longer."""
LONGER = 58


def page(code: str) -> str:
    """The card of a language as HTML."""
    languages = yaml.safe_load((ROOT / "data/languages.yaml").read_text(encoding="utf-8"))
    words = yaml.safe_load((ROOT / f"data/wordings/{code}.yaml").read_text(encoding="utf-8"))
    names = yaml.safe_load((ROOT / "data/site.yaml").read_text(encoding="utf-8"))["name"]
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    root = re.search(r":root \{(.*?)\}", style, re.DOTALL)
    assert root is not None
    wide = code in CJK
    return PAGE.format(
        tag=languages[code]["site"]["tag"],
        tokens=" ".join(re.findall(r"--[\w-]+: #[0-9a-f]+;", root[1])),
        width=WIDTH,
        height=HEIGHT,
        cjk=CJK.get(code, "SC"),
        size=SIZES.get(code, LONGER),
        leading=1.3 if wide else 1.14,
        tracking=-0.01 if wide else -0.022,
        cloth=_inline("bojagi.svg"),
        mark=_inline("mark.svg"),
        name=escape(names[code]),
        heading=escape(words["home-heading"]),
        line=escape(re.sub(r" (\w) ", " \\1\u00a0", words["home-how-sourced"])),
    )


def _inline(name: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode((ASSETS / name).read_bytes()).decode()}"


def main() -> None:
    """Draws a card for each language of the site."""
    codes = [path.stem for path in sorted((ROOT / "data/wordings").glob("*.yaml"))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--font-render-hinting=none"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for code in codes:
            tab.set_content(page(code))
            drawn = tab.screenshot(path=ASSETS / picture(code))
            print(f"{picture(code)}: {len(drawn) / 1000:.1f} kB")
            if len(drawn) > LIMIT:
                sys.exit("too heavy")
        browser.close()


if __name__ == "__main__":
    main()
