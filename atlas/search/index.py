"""The index of one language: sorted terms, cut into files of a few kilobytes, and one small file for each page.

A browser fetches ``index.json``, then the files that hold the terms of a query, then the pages that it shows. How much that is depends on
the query, not on the size of the site: a term keeps only its heaviest pages, and a file only so many terms. Words and whole names, of
which a reader may have typed the beginning only, stand in order in the files ``t``; all others are spread over the files ``h``. Keys:

- ``word``, or a pair of letters: ``[tenths of idf, page, weight, page, weight, …]``, heaviest first;
- ``word@``: what the word stands under, where a browser would guess otherwise;
- ``=name``, a name written as one: the same, for queries that are a name or its beginning;
- ``^ab``: pages whose names begin so, for the first three letters typed;
- ``&typed``: what the site writes for it, by the term base;
- ``~se``, ``<ec``: words of names by their first and, turned round, last letters: a word with one slip still has the one or the other.

It is our own because the stock index of MkDocs loads whole on every page and finds nothing in Chinese, and Pagefind finds 암 only at the
start of a word, loses C-3-3 in 비자(C-3-3)는, knows no slips and no synonyms, and transfers 124 to 186 kB at the first search.
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from atlas.search.analysis import LEAST, beginning, beginnings, is_run, normalised, parts, terms_of, tokens
from atlas.search.entry import Entry
from atlas.search.vocabulary import Vocabulary

SCALE = 4
"""Steps of a weight of 1."""
WHOLE = 10
"""The weight of a page under its whole name."""
HEAVIEST = 255
BITS = 24
"""Weight and page stand in one number, the weight counted down and above so many bits: numbers in order are pages, the heaviest first."""
PAGE = (1 << BITS) - 1
VARIANT = 0.7
"""Pages below this weight only vary another, as a plan does in each city: they are found by title, headings and description."""
KEPT, PAIRS_KEPT = 250, 150
"""How many pages a word, and a pair of letters, keeps."""
NAME, WORD, FOREIGN, ASKED, ASKED_OF_LIST = 1.0, 0.8, 0.5, 0.4, 0.85
"""What a name of a page counts for, a word that people type for it, one in another language, one for all of its kind."""
COMPLETED = 16
FILE = 5_000
"""Characters in a file of terms in order, about 2 kB when compressed."""
SPREAD = 1_600
"""Characters in a file of the others: a query in Korean or Chinese needs many of them, and of each one line."""
NAMED = 8
"""From this weight on a term stands in a name; elsewhere it is counted for less, so that *hospital* does not seem to be rare."""
ELSEWHERE = 0.15
SHOWN = 700
"""Characters of a page that are kept to show where the query stands."""
TOGETHER = 200
"""How many words of names stand under the same letters."""


class Index:
    """Collects the pages of one language and writes the files."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, dict[int, float]] = defaultdict(dict)
        self._pages: list[str] = []
        self._kinds: list[str] = []
        self._words: set[str] = set()
        self._read: set[str] = set()
        self._stop = {normalised(word) for word in vocabulary.stop}
        latin, cyrillic = vocabulary.stemmers["Latn"], vocabulary.stemmers["Cyrl"]
        self._beginning = cache(partial(beginning, latin=latin, cyrillic=cyrillic))
        self._terms = cache(partial(terms_of, latin=latin, cyrillic=cyrillic))

    def add(self, entry: Entry) -> None:
        """Adds a page. Pages are numbered in the order in which they come."""
        number = len(self._pages)
        weights = self._named(number, entry)
        read = [(entry.place, 4.0, 1.0), (" ".join(entry.headings), 2.2, 1.0), (entry.description, 1.6, 1.0), (entry.text, 2.0, 3.0)]
        for text, weight, half in read if entry.weight >= VARIANT else read[:3]:
            found = Counter(tokens(normalised(text)))
            self._read.update(found)
            half += sum(found.values()) / 300
            counted: dict[str, int] = defaultdict(int)
            for token, count in found.items():
                for term in self._terms(token):
                    counted[term] += count
            for term, count in counted.items():
                weights[term] += weight * count / (count + half)
        scale, postings = entry.weight * SCALE, self._postings
        for term, weight in weights.items():  # _packed, written out: a site has millions of these
            heavy = round(weight * scale)
            postings[term].append((HEAVIEST - (HEAVIEST if heavy > HEAVIEST else heavy or 1) << BITS) | number)
        self._kinds.append(entry.kind)
        page: dict[str, object] = {"t": entry.title, "u": entry.path, "k": entry.kind, "p": entry.place, "d": entry.description}
        page |= {"n": entry.names, "w": entry.words, "b": entry.text[:SHOWN]}
        self._pages.append(_json({key: value for key, value in page.items() if value}))

    def _named(self, number: int, entry: Entry) -> dict[str, float]:
        """Names weigh by how much of them a word is: each term has the best of the names that hold it."""
        weights: dict[str, float] = defaultdict(float)
        named = dict.fromkeys(entry.asked, ASKED_OF_LIST if entry.kind == "list" else ASKED)
        named |= (
            dict.fromkeys(entry.foreign, FOREIGN * _apart(entry.foreign))
            | dict.fromkeys(entry.words, WORD * _apart(entry.words))
            | dict.fromkeys((entry.title, *entry.names), NAME)
        )
        for name, share in named.items():
            found = tokens(normalised(name))
            self._read.update(found)
            size = sum(len(token) / 2 if is_run(token) else 1 for token in found if token not in self._stop)
            weight = share * 11 / (0.6 + max(1, size))
            whole = "".join(found).replace("-", "")
            for token in found if len(found) == 1 or not is_run(whole) else [*found, whole]:
                for term in self._terms(token):
                    weights[term] = max(weights[term], weight)
                if is_run(token):
                    for letter in token:
                        weights[letter] = max(weights[letter], weight / 2)
                if share > FOREIGN and share != ASKED_OF_LIST:
                    self._words.update((token,) if is_run(token) else parts(token))
            if not whole:
                continue
            weights[f"={whole}"] = max(weights[f"={whole}"], share * WHOLE)
            if share > FOREIGN and share != ASKED_OF_LIST:
                for stop in range(1, LEAST + 1):
                    start = self._starts[f"^{whole[:stop]}"]
                    start[number] = max(start.get(number, 0), share * entry.weight / (4 + len(whole)))
        return weights

    def files(self) -> dict[str, str]:
        """All files by name, below the folder of the index."""
        count = len(self._pages)
        ordered = {key: _posting(found, count, KEPT) for key, found in self._postings.items() if not is_run(key)}
        spread = {key: _posting(found, count, PAIRS_KEPT) for key, found in self._postings.items() if is_run(key)}
        endings = _endings(self._read, self._beginning)
        ordered |= {f"{word}@": _json(stem) for word, stem in _exceptions(self._read, endings, ordered, self._beginning)}
        for key, begun in self._starts.items():
            spread[key] = _json(sorted(begun, key=lambda page: (-begun[page], page))[:COMPLETED])
        spread |= {key: _json(words) for key, words in _slips(self._words).items()}
        spread |= {f"&{typed}": _json(written) for typed, written in self._vocabulary.equal.items()}
        cuts, heaps = _cut(ordered), _spread(spread)
        version = hashlib.sha256("\n".join([*cuts.values(), *heaps, *self._pages]).encode()).hexdigest()[:12]
        letters = {letter for page in self._pages for letter in page}
        manifest = {
            "version": version,
            "cuts": list(cuts),
            "heaps": len(heaps),
            "kinds": [[kind, len(list(run))] for kind, run in groupby(self._kinds)],
            "says": self._vocabulary.says,
            "endings": endings,
            "stop": sorted(self._stop),
            "others": {other: simple for other, simple in self._vocabulary.others.items() if simple in letters},
        }
        written = {f"{version}/t{number}.json": text for number, text in enumerate(cuts.values())}
        written |= {f"{version}/h{number}.json": text for number, text in enumerate(heaps)}
        written |= {f"{version}/p{number}.json": text for number, text in enumerate(self._pages)}
        return {"index.json": _json(manifest), **written}


def write_index(index: Index, folder: Path) -> None:
    """Writes the files of an index into a folder of the published site."""
    for name, text in index.files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _apart(words: Collection[str]) -> float:
    """A page with many words, such as that of a region with its cities, says less by each."""
    return 1 - min(0.3, len(words) / 200)


def _posting(found: list[int], pages: int, kept: int) -> str:
    found.sort()
    named = bisect_left(found, HEAVIEST - NAMED + 1 << BITS)
    idf = round(10 * math.log(1 + pages / max(1, named + ELSEWHERE * (len(found) - named))))
    return f"[{idf},{','.join([f'{one & PAGE},{HEAVIEST - (one >> BITS)}' for one in found[:kept]])}]"


def _slips(words: Iterable[str]) -> dict[str, list[str]]:
    """Words of names by their first and last letters; those with digits are codes, in which nothing is forgiven."""
    filed: dict[str, list[str]] = {}
    known = [word for word in words if len(word) > (2 if is_run(word) else LEAST) and word.isalpha()]
    for runs in (True, False):
        kept = [word for word in known if is_run(word) == runs]
        filed |= _filed("~", {word: word for word in kept}, 1 if runs else 2)
        filed |= _filed("<", {word[::-1]: word for word in kept}, 1 if runs else 2)
    return filed


def _filed(sign: str, words: Mapping[str, str], size: int) -> dict[str, list[str]]:
    """Words by so many letters of their keys; where too many share these, by one more, and at the third step those stay out."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for key, word in words.items():
        groups[key[:size]][key] = word
    filed: dict[str, list[str]] = {}
    for start, found in groups.items():
        if len(found) <= TOGETHER:
            filed[sign + start] = sorted(found.values())
        elif size <= LEAST:
            filed |= _filed(sign, found, size + 1)
    return filed


def _endings(read: Iterable[str], beginning: Callable[[str], str]) -> list[str]:
    """What was cut off from more than one word, which a browser will try to cut off."""
    cut: Counter[str] = Counter()
    for token in read:
        for part in () if is_run(token) else parts(token):
            if part.startswith(stem := beginning(part)):
                cut[part[len(stem) :]] += 1
    return sorted(ending for ending, seen in cut.items() if seen > 1 and ending)


def _exceptions(
    read: Iterable[str], endings: list[str], known: Mapping[str, str], beginning: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Words that a browser would take for another: ``accident``, which stands under ``accid``, for ``accidental``."""
    ends = frozenset(endings)
    for token in read:
        for part in () if is_run(token) else parts(token):
            stem = beginning(part)
            if stem in known and next((one for one in beginnings(part, ends) if one in known), stem) != stem:
                yield part, stem


def _cut(lines: Mapping[str, str]) -> dict[str, str]:
    """The lines in files, in the order in which JavaScript sorts strings; each by the shortest text that no earlier key reaches."""
    files: dict[str, list[str]] = {}
    size, before, name = FILE + 1, "", ""
    for key in sorted(lines, key=lambda key: key.encode("utf-16-be")):
        if size > FILE:
            size = 0
            same = next((place for place, (one, other) in enumerate(zip(key, before, strict=False)) if one != other), len(before))
            name = key[: same + 1]
            files[name] = []
        files[name].append(f"{_json(key)}:{lines[key]}")
        size += len(key) + len(lines[key])
        before = key
    return {name: f"{{{','.join(found)}}}" for name, found in files.items()}


def _spread(lines: Mapping[str, str]) -> list[str]:
    """The lines in as many files as they fill, each in the file that :func:`_heap` names."""
    count = 1 + sum(len(key) + len(line) for key, line in lines.items()) // SPREAD
    files: list[list[str]] = [[] for _ in range(count)]
    for key in sorted(lines):
        files[_heap(key, count)].append(f"{_json(key)}:{lines[key]}")
    return [f"{{{','.join(found)}}}" for found in files]


def _heap(key: str, count: int) -> int:
    """The file of a key; what the term base knows by its first letters, so that the phrases of a query lie together."""
    number = 0
    for letter in key[:3] if key[0] == "&" else key:
        number = (number * 31 + ord(letter)) & 0xFFFFFF
    return number % count


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
