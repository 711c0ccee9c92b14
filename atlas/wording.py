"""The words of the interface in one language, and numbers, dates, money, plurals and names by CLDR."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, get_day_names
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from atlas.fault import Fault, FaultyInputError, shown
from atlas.yamltext import Document

NBSP = "\u00a0"


class Wording:
    """How one language says things. ``entries`` is its catalogue; an entry with plural forms is a map by CLDR category."""

    def __init__(self, code: str, locale: str, entries: Mapping[str, str | Mapping[str, str]], *, myriads: str | None = None) -> None:
        self.code = code
        self.myriads = myriads
        self.locale = Locale.parse(locale)
        self._entries = entries
        self.number = cache(self._number)
        """A number with the separators of the language."""
        self.date = cache(self._date)
        """A date as precise as it is given (``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``)."""

    def say(self, key: str, **values: object) -> str:
        """The text under ``key`` with its ``{names}`` filled in; a ``count`` among them chooses the plural form."""
        try:
            entry = self._entries[key]
            if isinstance(entry, Mapping):
                count = values["count"]
                assert isinstance(count, int | float)
                entry = entry[self.locale.plural_form(count)]
                values = {**values, "count": self.number(count)}
            return entry.format(**values) if values else entry
        except (KeyError, IndexError, AttributeError, AssertionError) as error:
            names = ", ".join(f"{{{name}}}" for name in values) or "none"
            what = f"the page cannot say this text: it fills in {names}"
            path, mend = f"data/wordings/{self.code}.yaml", "Put the text and its names back as they were, in every language."
            raise FaultyInputError([Fault(path, 1, 1, key, what, shown(self._entries.get(key)), mend)]) from error

    def say_genitive(self, key: str, count: float) -> str:
        """A counted thing in the genitive, as after *up to* in Russian: ``1 дня``, ``30 дней``. Other languages have no other form."""
        entry = self._entries[key]
        assert isinstance(entry, Mapping)
        form = self.locale.plural_form(count)
        if {"few", "many"} <= set(entry):
            form = {"one": "few", "few": "many"}.get(form, form)
        return entry[form].format(count=self.number(count))

    def forms(self, key: str) -> dict[str, str]:
        """The plural forms of an entry as they stand, for a script that counts."""
        entry = self._entries[key]
        assert isinstance(entry, Mapping)
        return dict(entry)

    @cached_property
    def plain(self) -> dict[str, str]:
        """The entries that have nothing to fill in: what templates may print as it stands."""
        return {key: entry for key, entry in self._entries.items() if isinstance(entry, str) and "{" not in entry}

    def _number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def percent(self, value: float) -> str:
        """``15`` → ``15%``, ``37.7`` → ``37.7%``."""
        said = format_percent(Decimal(str(value)) / 100, locale=self.locale, decimal_quantization=False)
        return str(said)

    def money(self, amount: int, currency: str) -> str:
        """An amount with its currency, to the last digit; by ten thousands where the language counts so: ``1억 원``, ``350万韩元``.

        From a thousand million on a round amount is written in words: ``KRW 7.5 trillion``, ``7,5 триллиона вон``.
        """
        if self.myriads == "decimal" and amount >= 10_000:
            said = format_compact_decimal(amount, locale=self.locale, fraction_digits=4)
        elif self.myriads == "split":
            said = self._by_myriads(amount)
        elif amount >= 10**9 and amount % 10 ** (len(str(amount)) - 5) == 0:
            said = format_compact_decimal(amount, format_type="long", locale=self.locale, fraction_digits=4)
        else:
            said = self.number(amount)
        return self.say(f"money-{currency.lower()}", amount=said)

    def compact(self, value: float) -> str:
        """A large number for a chart, rounded: ``585.5B``, ``5855억``, ``585,5 млрд``."""
        return format_compact_decimal(value, format_type="short", locale=self.locale, fraction_digits=1)

    def _by_myriads(self, amount: int) -> str:
        """``320000000`` → ``3억 2,000만``."""
        units = ((10**12, "trillion"), (10**8, "hundred-million"), (10**4, "ten-thousand"), (1, None))
        said = []
        for size, unit in units:
            number, amount = divmod(amount, size)
            if number:
                said.append(self.number(number) + (self.say(unit) if unit else ""))
        return " ".join(said)

    def _date(self, value: str) -> str:
        parts = [int(part) for part in value.split("-")]
        day = dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
        if len(parts) == 3:
            return format_date(day, "long", locale=self.locale)
        return self.say("year", year=parts[0]) if len(parts) == 1 else format_skeleton("yMMMM", day, locale=self.locale)

    def date_in(self, value: str, case: str) -> str:
        """A date in the genitive (*from*) or prepositional (*in*). Only a Russian month without a day differs: ``мая``, ``мае``."""
        said = self.date(value)
        if self.locale.language != "ru" or len(value) != 7:
            return said
        month: str = self.locale.months["format"]["wide"][int(value[5:])]
        form = month if case == "genitive" else month[:-1] + "е"
        return said.replace(self.locale.months["stand-alone"]["wide"][int(value[5:])], form)

    def days(self, names: Iterable[str]) -> str:
        """Days of the week, runs of three or more joined: ``Mon–Fri, Sun``."""
        order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        short = get_day_names("abbreviated", context="stand-alone", locale=self.locale)
        numbers = sorted(order.index(name) for name in names)
        said = [[short[number] for number in run] for run in runs(numbers)]
        return self.say("list-comma").join(f"{run[0]}–{run[-1]}" if len(run) > 2 else self.say("list-comma").join(run) for run in said)

    def month(self, number: int) -> str:
        """The name of a month, standing alone."""
        names = self.locale.months["stand-alone"]
        return str(names["abbreviated" if self.locale.language == "zh" else "wide"][number])

    def language(self, code: str) -> str:
        """The name of a language."""
        return language_name(self.locale, code)

    def listing(self, items: Iterable[str]) -> str:
        """``a, b and c`` by the rules of the language."""
        return format_list(list(items), style="standard", locale=self.locale)

    def kilometres(self, metres: float) -> str:
        """A distance, to 100 m below 10 km and to 1 km above."""
        km = metres / 1000
        rounded = round(km, 1) if km < 10 else float(round(km))
        return self.say("distance-km", km=self.number(rounded))


def language_name(locale: Locale, code: str) -> str:
    """The name of a language in another, or in English where CLDR has none: Tagalog (``tl``) in Kazakh is that of Filipino (``fil``)."""
    names = locale.languages
    return str(names.get(code) or names.get(get_global("language_aliases").get(code, "")) or Locale("en").languages[code])


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Ascending numbers in runs without a gap: ``1 2 3 6`` → ``1 2 3``, ``6``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def placeholders(text: str) -> set[str]:
    """The ``{names}`` in a text. Raises :class:`ValueError` where a brace stands alone, or holds anything but a name."""
    found = [part for part in string.Formatter().parse(text) if part[1] is not None]
    if any(not (name or "").isidentifier() or form or conversion for _, name, form, conversion in found):
        raise ValueError(text)
    return {str(name) for _, name, _, _ in found}


def wording_faults(documents: Iterable[Document], languages: tuple[str, ...]) -> list[Fault]:
    """What is missing in the catalogues: keys, plural forms, names to fill in. The default language, the first, is the measure."""
    found = {Path(document.path).stem: document for document in documents}
    faults: list[Fault] = []
    for code in languages:
        if code not in found:
            path = f"data/wordings/{code}.yaml"
            forms = ", ".join(sorted(_plural_forms(code)))
            mend = f"Copy {languages[0]}.yaml to {code}.yaml and translate it; its plural forms are {forms or 'those of CLDR'}."
            faults.append(Fault(path, 1, 1, "file", "this language has no catalogue of interface texts", "nothing", mend))
    if faults or not languages:
        return faults
    measure = found[languages[0]].value
    for code, document in found.items():
        if code not in languages:
            mend = f"Keep {', '.join(f'{one}.yaml' for one in languages)}, or add the language in data/languages.yaml."
            faults.append(Fault(document.path, 1, 1, "file", "this is not a language of this site", code, mend))
            continue
        entries = document.value
        for key in measure.keys() - entries.keys():
            faults.append(
                Fault(
                    document.path,
                    1,
                    1,
                    key,
                    "this text is missing",
                    "nothing",
                    f"Translate it from {languages[0]}.yaml.",
                )
            )
        for key, entry in entries.items():
            faults += _entry_faults(document, code, key, entry, measure.get(key))
    return faults


def _entry_faults(document: Document, code: str, key: str, entry: object, measure: object) -> list[Fault]:
    def fault(what: str, got: object, mend: str) -> list[Fault]:
        line, column = document.place((key,))
        return [Fault(document.path, line, column, key, what, shown(got), mend)]

    if measure is None:
        return fault("no page uses this text", key, "Take it out, or add it to the catalogue of the default language.")
    if isinstance(measure, dict) != isinstance(entry, dict):
        return fault(
            "plural forms stand in one language and not in the other",
            entry,
            "Write both as a map by plural form, or neither.",
        )
    forms = [form for form in _forms(entry) if isinstance(form, str) and form.strip()]
    if len(forms) != len(_forms(entry)):
        return fault("this must be text", entry, "Write the text in quotes.")
    if isinstance(entry, dict):
        wanted = _plural_forms(code)
        if wanted and set(entry) != wanted:
            return fault(
                "the plural forms are not those of the language",
                ", ".join(entry),
                f"Write {', '.join(sorted(wanted))}.",
            )
    try:
        named = [placeholders(form) for form in forms]
    except ValueError:
        return fault("a brace stands alone", entry, "Write {name}, or no brace at all.")
    try:
        reference = {name for form in _forms(measure) for name in placeholders(str(form))}
    except ValueError:
        return []  # told of the default language
    for form, names in zip(forms, named, strict=True):
        if names != reference:
            return fault(
                "the names to fill in are not those of the default language",
                form,
                f"Use {', '.join(sorted(reference)) or 'none'}.",
            )
    return []


def _plural_forms(code: str) -> set[str]:
    """The plural forms of a language by CLDR; none where CLDR does not know it, which its record is told of."""
    try:
        return {*Locale.parse(code).plural_form.tags, "other"}
    except (ValueError, UnknownLocaleError):
        return set()


def _forms(entry: object) -> list[object]:
    """The plural forms of an entry, or the entry itself."""
    return list(entry.values()) if isinstance(entry, dict) else [entry]
