"""Whom to tell of a flaw (security.txt), and what the site was built with (the bill of materials)."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from atlas.hosting.command import bill
from atlas.hosting.sbom import COMMITTED, locked, sbom
from atlas.hosting.securitytxt import security_txt
from tests.conftest import ROOT, Site


def test_security_txt_says_whom_to_tell_and_until_when(site: Site) -> None:
    lines = (site.folder / ".well-known/security.txt").read_text(encoding="utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines)
    assert len(said) == len(lines)
    assert re.fullmatch(r"mailto:\S+@\S+", said["Contact"])
    assert said["Preferred-Languages"] == "en, ko, ru, zh-Hans"
    assert said["Canonical"].endswith(".example/.well-known/security.txt")
    assert "about/security/" in site.pages
    assert said["Policy"] == site.pages["about/security/"].xpath("//link[@rel='canonical']/@href")[0]


def test_security_txt_ends_within_a_year_of_the_release_and_knows_its_host() -> None:
    text = security_txt("a@b.example", "2028-02-29", ["en"], "https://guide.example/korea/")
    assert text.splitlines() == [
        "Contact: mailto:a@b.example",
        "Expires: 2029-02-27T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://guide.example/.well-known/security.txt",
        "Policy: https://guide.example/korea/about/security/",
    ]
    expires = dt.datetime.fromisoformat(text.splitlines()[1].removeprefix("Expires: "))
    assert dt.timedelta(300) < expires - dt.datetime(2028, 2, 29, tzinfo=dt.UTC) < dt.timedelta(365)


def test_the_bill_of_materials_is_that_of_the_lock_file(site: Site) -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    assert text == bill(), "requirements/site.txt has changed: run `make sbom`"
    assert (site.folder / "sbom.cdx.json").read_text(encoding="utf-8") == text
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    found = json.loads(text)
    assert not {"serialNumber"} & set(found)
    assert "timestamp" not in found["metadata"]
    lock = (ROOT / "requirements/site.txt").read_text(encoding="utf-8")
    parts = {one["purl"]: one for one in found["components"]}
    assert len(parts) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) + 1
    assert "pkg:npm/%40svg-maps/south-korea@2.0.0" in parts
    for name, version, hashes in locked(lock):
        part = parts[f"pkg:pypi/{name.lower()}@{version}"]
        assert {one["content"] for one in part["hashes"]} == set(hashes)
        assert part["licenses"], name


def test_a_package_that_is_not_the_one_of_the_lock_is_not_vouched_for() -> None:
    hashes = f" \\\n    --hash=sha256:{'0' * 64}\n"
    with pytest.raises(LookupError, match=r"^click \S+ is installed; the lock says 0\.1\.$"):
        sbom(f"click==0.1{hashes}", "x", "1")
    with pytest.raises(LookupError, match=r"^no-such-package 1 is not installed\.$"):
        sbom(f"no-such-package==1{hashes}", "x", "1")
