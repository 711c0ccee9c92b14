"""Data that can be fetched (schema.org ``Dataset``): the series of numbers, each with its CSV file, and all records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from atlas.structured.node import Addresses, Node, node
from atlas.views.reader import Reader

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of texts and data, which the foot of every page names."""
FORMATS = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}
"""Media types by the ending of a file."""


def dataset(reader: Reader, addresses: Addresses, *, name: str, description: str, files: Iterable[str], **more: str) -> Node:
    """A data set, published by the site: ``files`` are addresses below its root."""
    return node(
        "Dataset",
        name=name,
        description=description,
        **more,
        license=LICENCE,
        publisher=node("Organization", name=reader.text(reader.atlas.site.name)),
        distribution=[
            node("DataDownload", contentUrl=addresses.file(file), encodingFormat=FORMATS[file.rsplit(".", 1)[-1]]) for file in files
        ],
    )


def series(reader: Reader, view: Mapping[str, Any], addresses: Addresses, path: str) -> list[Node]:
    """The series of a page with numbers."""
    return [
        dataset(
            reader,
            addresses,
            name=one["title"]["text"],
            description=one["counts"]["text"],
            files=[one["csv"]],
            url=f"{addresses.page(path)}#{one['id']}",
        )
        for one in view["series"]
    ]


def records(reader: Reader, view: Mapping[str, Any], addresses: Addresses) -> Node:
    """All records, on the page that offers them as files: those files that it leads to."""
    offered = view["dataset"]
    kinds = [kind for group in view["groups"] for kind in group["kinds"]]
    linked = {file["path"] for kind in kinds for file in (*kind["files"], *kind.get("parts", {"files": ()})["files"])}
    return dataset(
        reader,
        addresses,
        name=view["heading"],
        description=view["lead"],
        files=[file["contentUrl"] for file in offered["distribution"] if file["contentUrl"] in linked],
        version=offered["version"],
        dateModified=offered["released"],
    )
