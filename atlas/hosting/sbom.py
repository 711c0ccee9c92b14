"""What the site was built with: a software bill of materials in the form CycloneDX 1.6, published as ``/sbom.cdx.json``.

It is made from the lock file ``requirements/site.txt`` and committed beside this module, so that a build needs no tool for it: licences
come from the metadata of the installed packages. ``make sbom`` writes it anew; a test fails when it has fallen behind. It bears no time
and no serial number: the same lock gives the same bytes. The library (cyclonedx-python-lib) is among the requirements of the tests.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License

ADDRESS = "sbom.cdx.json"
COMMITTED = Path(__file__).with_name(ADDRESS)
OUTLINES = "Zs+hcVWn1V2s9ZUdgETOU81EmCyp6Nb9VULsbchvzdXjvvfta/C9cMlIQ58cd75gEWaKUutiyygUpQRESnt/RQ=="
"""SHA-512 of the archive of @svg-maps/south-korea 2.0.0, from which the outlines of the provinces are taken (LICENSE-DATA.md)."""
_LOCKED = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)[^\\\n]*((?:\\\n +--hash=sha256:[0-9a-f]{64} ?)+)", re.ASCII | re.MULTILINE)


def locked(lock: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and the SHA-256 of each archive of every package in the text of a lock file, in its order."""
    for name, version, hashes in _LOCKED.findall(lock):
        yield name, version, tuple(re.findall(r"sha256:([0-9a-f]{64})", hashes))


def sbom(lock: str, name: str, version: str) -> str:
    """The bill (JSON) of the generator ``name`` in ``version``, which builds with the packages of a lock file.

    Raises :class:`LookupError` if a package is not installed in the version of the lock: its licence could not be told.
    """
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    bom = Bom()
    bom.metadata.component = root = Component(
        name=name, version=version, type=ComponentType.APPLICATION, bom_ref=name, licenses=[DisjunctiveLicense(id="Apache-2.0")]
    )
    parts: list[Component] = []
    for package, number, hashes in locked(lock):
        url = PackageURL("pypi", name=package, version=number)
        sums = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes]
        parts.append(Component(name=package, version=number, purl=url, bom_ref=str(url), hashes=sums, licenses=_licences(package, number)))
    url = PackageURL("npm", "@svg-maps", "south-korea", "2.0.0")
    outlines = Component(
        name="south-korea",
        group="@svg-maps",
        version="2.0.0",
        type=ComponentType.DATA,
        purl=url,
        bom_ref=str(url),
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=b64decode(OUTLINES).hex())],
        licenses=[DisjunctiveLicense(id="CC-BY-4.0")],
    )
    for part in (*parts, outlines):
        bom.components.add(part)
    bom.register_dependency(root, [*parts, outlines])
    found = json.loads(JsonV1Dot6(bom).output_as_string())
    del found["serialNumber"], found["metadata"]["timestamp"]  # both are optional, and would differ each time
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _licences(package: str, version: str) -> list[License]:
    """What the installed package says of its licence: an SPDX expression or identifier, or else the names of its classifiers, or of the
    text that lies beside it.
    """
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
    from cyclonedx.spdx import is_supported_id

    try:
        told = distribution(package).metadata
    except PackageNotFoundError:
        raise LookupError(f"{package} {version} is not installed.") from None
    if told["Version"] != version:
        raise LookupError(f"{package} {told['Version']} is installed; the lock says {version}.")
    if "License-Expression" in told:
        return [LicenseExpression(told["License-Expression"])]
    name = told["License"].strip() if "License" in told else ""
    if is_supported_id(name):
        return [DisjunctiveLicense(id=name)]
    names = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    if not names and not name and "License-File" in told:  # its text begins with its name
        name = (distribution(package).read_text(f"licenses/{told['License-File']}") or "").split("\n", 1)[0].strip()
    return [DisjunctiveLicense(name=one) for one in names or [name] if one]
