"""How much there may be of anything. Each limit is several times what the largest file of the site needs; none is there to be reached.

Whatever reads is only given what it can read in a moment: regular expressions take minutes for 20,000 brackets in a row, and libyaml's
composer overflows the stack of the process at some ten thousand.
"""

from __future__ import annotations

LARGEST = {"docs": 128 * 1024, "data": 2 * 1024 * 1024, "overrides": 1024 * 1024}
"""Bytes of one file, by the folder that it lies in. A page of 128 KiB would take an hour to read."""
LONGEST_LINE = {"docs": 8_000, "data": 40_000}
"""Characters of one line; ``data/outline.json`` is one line and is not counted."""
LONGEST_NAME = 80
"""Characters of the name of a file or folder, and of an id."""
LONGEST_PATH = 200
"""Characters of a path below the project: some systems end at 260 for the whole of it."""
FRONT_MATTER = 16_000
"""Characters of the front matter of a page."""
LONGEST_TEXT = 12_000
"""Characters of one text in a data file."""
LONGEST_KEY = 120
"""Characters of the name of a field, which in a table is an id or an address."""
LONGEST_NUMBER = 15
"""Digits of a number: more are not kept exactly by JavaScript and spreadsheets (IEEE 754 double precision)."""
DEEPEST = 20
"""Levels of groups and lists in YAML."""
PARAGRAPH = 12_000
"""Characters of Markdown between two empty lines."""
MARKS = 300
"""How often a character that means something in Markdown may stand in one paragraph."""
MARKS_OF_PAGE = 3_000
"""How often it may stand on a page."""
QUOTE_DEPTH = 3
"""Quotes within quotes."""
INDENT = 16
"""Spaces before a line of Markdown: a list in a list in a list in a list."""
SECONDS = 10
"""How long one page, or one data file, may take."""
