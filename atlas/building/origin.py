"""The address of a site: ``site_url`` in ``mkdocs.yml``, which may name a variable of the environment."""

from __future__ import annotations

from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # it has no types


def origin_of(root: Path) -> str:
    """The address of the site of a project, with a slash at the end: ``https://korea-care-atlas.example/``."""
    document = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)  # safe, with !ENV
    return str(document["site_url"]).rstrip("/") + "/"


class _Loader(yaml.SafeLoader):
    """Safe YAML with ``!ENV``, as MkDocs has it."""


_Loader.add_constructor("!ENV", construct_env_tag)
