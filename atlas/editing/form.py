"""The configuration of Sveltia CMS, made from the models: a collection for each kind of record and one for the pages.

The words are those of https://sveltiacms.app/en/docs, which are those of Decap CMS with additions.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas.article import FrontMatter
from atlas.editing.folder import PAGES
from atlas.editing.label import hint, label
from atlas.editing.page import PATH, TEXTS, settings_shape
from atlas.editing.record import FILE, is_split
from atlas.editing.shape import Part, Shape, shape_of
from atlas.editing.value import KEY, NAME, TYPE, VALUE
from atlas.editing.widget import LONG, is_long, number, options, words
from atlas.kinds import KINDS, Kind

Field = dict[str, Any]
MONTHS = 12


def configuration(root: Path, languages: Mapping[str, str]) -> dict[str, Any]:
    """What ``CMS.init`` takes. ``languages`` are those of the site, with their own names, the first language first."""
    form = _Form(languages)
    return {
        "load_config_file": False,
        "backend": {"name": "gitea", "repo": "local/folder", "auth_methods": ["token"]},  # never asked: see page/edit.js
        "media_folder": "none",
        "app_title": "Korea Care Atlas",
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"json": {"indent_size": 1}},
        "collections": [form.pages(), *(form.collection(root, kind) for kind in KINDS)],
    }


class _Form:
    """The fields of forms in the languages of a site."""

    def __init__(self, languages: Mapping[str, str]) -> None:
        self.languages = languages

    def pages(self) -> Field:
        """The written pages: texts by language, section by section."""
        front = shape_of(FrontMatter).fields
        texts = {name: Part(Shape("localised"), required=False, said=front[name].said) for name in TEXTS}
        texts["needs"] = Part(Shape("languages", item=front["needs"].shape), required=False, said=front["needs"].said)
        settings = Part(Shape("languages", item=settings_shape()), required=True)
        section = {
            **self._list("sections"),
            "fields": [{"name": "id", "label": label("section_id"), "widget": "string", "required": False}, *self._texts(long=True)],
            "summary": "{{fields.id}}",
            "collapsed": False,
            "allow_reorder": False,
        }
        fields = [self._field(name, part, ()) for name, part in texts.items()]
        identity = {
            "name": "id",
            "label": label("path"),
            "widget": "string",
            "pattern": [f"^{PATH}$", label("path_form")],
        }
        return {
            **self._collection(PAGES, (*(f"{{{{title.{code}}}}}" for code in list(self.languages)[:2]), "({{id}})")),
            "fields": [identity, *fields, section, self._field("settings", settings, ())],
        }

    def collection(self, root: Path, kind: Kind) -> Field:
        """The records of one kind."""
        shape = shape_of(kind.model)
        fields = [self._field(name, part, (kind.name,)) for name, part in shape.fields.items() if name != "id"]
        said = shape.fields["id"].said if "id" in shape.fields else ""
        identity: Field = {
            "name": "id",
            "label": "id",
            "widget": "string",
            "hint": hint("id", said),
            "pattern": [kind.id_form, kind.id_words],
        }
        if kind.name == "search-word":
            identity["required"] = False
        place = []
        if is_split(kind):
            files = [file.relative_to(root / "data").as_posix() for file in sorted((root / "data").glob(kind.files))]
            place = [{"name": FILE, "label": label(FILE), "widget": "select", "options": files}]
        return {
            **self._collection(kind.name, self._titles(shape), create=kind.name != "site"),
            "fields": [identity, *place, *fields],
        }

    def _collection(self, name: str, titles: tuple[str, ...], *, create: bool = True) -> Field:
        return {
            "name": name,
            "label": label(name),
            "folder": name,
            "extension": "json",
            "format": "json",
            "slug": "{{fields.id}}",
            "identifier_field": "id",
            "summary": " ".join(titles),
            "create": create,
            "delete": False,
            "duplicate": False,
            "sortable_fields": ["id"],
        }

    def _field(self, name: str, part: Part, path: tuple[str, ...]) -> Field:
        """The field of a form for a part of a group."""
        shape = part.shape
        asked = part.required and not shape.nullable and (shape.sort not in {"list", "figures", "pairs"} or "minItems" in shape.limits)
        base: Field = {"name": name, "label": label(name), "required": asked}
        said = hint(shape.form, part.said, shape.said if shape.sort == "group" else "")
        found = {**base, **({"hint": said} if said else {}), **self._widget(name, shape, (*path, name))}
        if part.default not in (None, [], {}, ()) and shape.sort in {"flag", "choice", "number", "words"} and not shape.nullable:
            found["default"] = part.default
        return found

    def _widget(self, name: str, shape: Shape, path: tuple[str, ...]) -> Field:
        """What a value is edited with."""
        match shape.sort:
            case "localised":
                return {"widget": "object", "fields": self._texts(long=name in LONG)}
            case "languages":
                assert shape.item is not None
                inner = Part(shape.item, required=False)
                return {
                    "widget": "object",
                    "fields": [
                        {**self._field(code, inner, path), "label": own, "hint": ""} | ({"required": False})
                        for code, own in self.languages.items()
                    ],
                }
            case "group":
                return {"widget": "object", "fields": [self._field(one, part, path) for one, part in shape.fields.items()]}
            case "figures":
                return {**self._list(name), "types": self._figures(shape), "typeKey": TYPE, "summary": "{{fields.name}}"}
            case "pairs":
                assert shape.key is not None
                assert shape.item is not None
                pair = {KEY: shape.key, VALUE: shape.item}
                return {**self._list(name), "fields": [self._field(one, Part(inner, required=True), path) for one, inner in pair.items()]}
            case "list":
                return self._several(name, shape, path)
            case "choice":
                return {"widget": "select", "options": options(shape.choices)}
            case "reference":
                return self._reference(shape)
            case "number":
                return number(shape)
            case "flag":
                if not shape.nullable:
                    return {"widget": "boolean"}
                return {"widget": "select", "options": [{"label": label(one), "value": one == "yes"} for one in ("yes", "no")]}
        return words(name, shape)

    def _texts(self, *, long: bool) -> list[Field]:
        """A text in each language, side by side."""
        widget = "text" if long else "string"
        return [{"name": code, "label": own, "widget": widget, "required": False} for code, own in self.languages.items()]

    def _several(self, name: str, shape: Shape, path: tuple[str, ...]) -> Field:
        item = shape.item
        assert item is not None
        limits = {"min": shape.limits["minItems"]} if "minItems" in shape.limits else {}
        if item.sort == "reference" and len(item.kinds) == 1:
            return {**self._reference(item), "multiple": True, **limits}
        if item.sort == "choice":
            return {"widget": "select", "options": options(item.choices), "multiple": True, **limits}
        if item.sort == "number" and item.limits.get("maximum") == MONTHS:
            return {"widget": "select", "options": [*range(1, MONTHS + 1)], "multiple": True, **limits}
        if item.sort == "group":
            fields = [self._field(one, part, path) for one, part in item.fields.items()]
            return {**self._list(name), "fields": fields, "summary": " ".join(self._titles(item)), "collapsed": True, **limits}
        if item.sort == "localised":
            return {**self._list(name), "fields": self._texts(long=True), **limits}
        if item.sort == "words" and not is_long(name, item):
            return {**self._list(name), **limits}  # a line for each
        return {**self._list(name), "field": {**self._field(name, Part(item, required=True), path), "label": ""}, **limits}

    def _list(self, name: str) -> Field:
        return {"name": name, "label": label(name), "widget": "list", "required": False}

    def _figures(self, shape: Shape) -> list[Field]:
        named = {"name": NAME, "label": label("figure_name"), "widget": "string"}
        return [
            {
                "name": kind,
                "label": label(kind),
                "fields": [named, *(self._field(one, part, (kind,)) for one, part in group.fields.items())],
            }
            for kind, group in shape.alternatives.items()
        ]

    def _reference(self, shape: Shape) -> Field:
        if len(shape.kinds) != 1:
            return {"widget": "string"}
        kind = next(kind for kind in KINDS if kind.name == shape.kinds[0])
        shown = [title.strip("{}()") for title in self._titles(shape_of(kind.model))]
        return {"widget": "relation", "collection": kind.name, "value_field": "id", "display_fields": shown, "search_fields": shown}

    def _titles(self, shape: Shape) -> tuple[str, ...]:
        """What an entry of a list is called: its name in the first two languages and its id, or the first thing it says."""
        ending = ("({{id}})",) if "id" in shape.fields else ()
        for name in ("names", "name", "title", "heading", "forms", "label", "text", "answer"):
            if name in shape.fields:
                inner = ".text" if name == "names" else ""
                if shape.fields[name].shape.sort in {"localised", "languages"}:
                    return (*(f"{{{{{name}.{code}{inner}}}}}" for code in list(self.languages)[:2]), *ending)
        if "valid_from" in shape.fields:
            return ("{{valid_from}}", "–", "{{valid_to}}")
        if ending:
            return ("{{id}}",)
        first = next(iter(shape.fields))
        return (f"{{{{{first}}}}}",)
