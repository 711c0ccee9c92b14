"""Every record can be had as JSON, CSV and GeoJSON, is what independent tools say that it must be, and gives the same site again."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import frictionless
import pytest
import shapely
import yaml
from geojson_pydantic import Feature, FeatureCollection
from geojson_pydantic.geometries import Geometry
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, validators
from shapely.geometry import shape

from atlas.fault import FaultyInputError
from atlas.fidelity.table import read_tables
from atlas.kinds import KINDS
from atlas.loading import raw_records
from atlas.opendata.cell import joined, parted, plain, safe
from atlas.opendata.kinds import FOLDER, PUBLISHED, WITHOUT_TABLES
from atlas.opendata.package import licence
from atlas.opendata.publication import open_data
from atlas.opendata.restoring import restore
from atlas.staging import check, stage
from atlas.views.data import GROUPS
from tests.conftest import LANGUAGES, ROOT, Site, found
from tests.conftest import _rewrite as rewrite

ORIGIN = "https://korea-care-atlas.example/"
WITH_A_PLACE = {"institution", "wellness-site", "experience", "airport", "cluster", "province"}
RISKY = re.compile(r"(?:^|[;\t\r\n]) *[=+\-@\t\r＝＋－＠]")


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def read(path: Path) -> Any:
    return json.loads(text_of(path))


@pytest.fixture
def v1(site: Site) -> Path:
    return site.folder / FOLDER


def tables(v1: Path, kind: str) -> Iterator[Path]:
    """The CSV files of a kind, that of its records first."""
    yield from (v1 / f"{kind}.csv", *sorted(v1.glob(f"{kind}.*.csv")))


def test_frictionless_finds_nothing_wrong_with_the_package_and_its_tables(v1: Path) -> None:
    report = frictionless.validate(str(v1 / "datapackage.json"))
    assert report.valid, report.flatten(["name", "message"])[:5]
    described = {resource["path"] for resource in read(v1 / "datapackage.json")["resources"]}
    there = {path.relative_to(v1).as_posix() for path in v1.rglob("*") if path.is_file()}
    assert there - described == {"datapackage.json", "README.md", "LICENSE.md", "CITATION.cff"}
    assert described <= there


def test_every_kind_of_record_is_there_in_every_form(v1: Path) -> None:
    for kind in PUBLISHED:
        assert (v1 / f"{kind.name}.json").is_file()
        assert (v1 / f"schema/{kind.name}.json").is_file()
        assert (v1 / f"{kind.name}.csv").is_file() == (kind not in WITHOUT_TABLES)
        assert (v1 / f"{kind.name}.geojson").is_file() == (kind.name in WITH_A_PLACE)


def test_the_records_fit_their_published_schemas(v1: Path) -> None:
    for kind in PUBLISHED:
        schema = read(v1 / f"schema/{kind.name}.json")
        assert schema["$id"] == f"{ORIGIN}{FOLDER}schema/{kind.name}.json"
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        document = read(v1 / f"{kind.name}.json")
        assert not [error.message for error in validator.iter_errors(document)][:3], kind.name
        first = next(iter(document["records"].values()))
        assert not validator.is_valid({**document, "records": {"x": {**first, "rating": 5}}})


def test_json_holds_the_records_as_they_are_written_and_in_their_order(v1: Path) -> None:
    written = raw_records(ROOT)
    for kind in KINDS:
        assert json.dumps(read(v1 / f"{kind.name}.json")["records"]) == json.dumps(written[kind.name]), kind.name


def test_geojson_is_valid_and_lies_where_the_records_say(v1: Path) -> None:
    sites = read(v1 / "wellness-site.json")["records"]
    for kind in WITH_A_PLACE:
        collection = FeatureCollection[Feature[Geometry, dict[str, Any]]].model_validate(read(v1 / f"{kind}.geojson"))
        records = read(v1 / f"{kind}.json")["records"]
        assert [feature.id for feature in collection.features] == list(records)
        for feature in collection.features:
            record = records[feature.id]
            place = sites[record["site"]].get("point") if "site" in record else record.get("point") or record.get("centre")
            geometry: Any = shape(feature.geometry.model_dump()) if feature.geometry else None
            if kind == "province":
                assert geometry.is_valid
                assert all(polygon.exterior.is_ccw for polygon in geometry.geoms)
                assert all(not ring.is_ccw for polygon in geometry.geoms for ring in polygon.interiors)
                assert not place or geometry.buffer(0.02).contains(shapely.Point(place["lon"], place["lat"]))
            else:
                assert (geometry and (geometry.x, geometry.y)) == (place and (place["lon"], place["lat"]))


def values(value: object) -> Iterator[str]:
    """The plain values in a record, as cells say them; an empty text is an empty cell."""
    if isinstance(value, dict):
        for item in value.values():
            yield from values(item)
    elif isinstance(value, list):
        for item in value:
            yield from values(item)
    elif value is not None and value != "":
        yield from parted(str(value).lower() if isinstance(value, bool) else str(value))


def test_csv_leaves_no_value_out_and_adds_none(v1: Path) -> None:
    for kind in PUBLISHED:
        if kind in WITHOUT_TABLES:
            continue
        cells: Counter[str] = Counter()
        for path in tables(v1, kind.name):
            for row in csv.DictReader(io.StringIO(text_of(path).removeprefix("\ufeff"))):
                own = {"id", "record"} if path.stem != kind.name else set()
                if re.search(r"\.(values|by_country|texts)$", path.stem):
                    own.add("name")
                cells.update(value for name, cell in row.items() if name not in own and cell for value in parted(plain(cell)))
        wanted = Counter(value for record in read(v1 / f"{kind.name}.json")["records"].values() for value in values(record))
        assert cells == wanted, kind.name


def test_no_cell_is_a_formula_and_excel_knows_the_encoding(v1: Path) -> None:
    phones = 0
    for path in v1.glob("*.csv"):
        text = text_of(path)
        assert text.startswith("\ufeffid")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert text.count("\r\n") == len(rows)
        for row in rows:
            for cell in row:
                assert not RISKY.search(cell), (path.name, cell)
                phones += cell.startswith("'+82")
    assert phones > 100


@given(st.text(st.sampled_from("=+-@＝\t\r\n;' |\\a7가")))
def test_a_text_is_made_safe_and_comes_back(text: str) -> None:
    assert plain(safe(text)) == text
    assert not RISKY.search(safe(text))


@given(st.lists(st.text(st.sampled_from("a|\\\n가")), min_size=1))
def test_a_list_in_one_cell_comes_back(entries: list[str]) -> None:
    assert parted(joined(entries)) == entries


def publish(files: dict[str, str], root: Path) -> Path:
    for address, text in files.items():
        (root / address).parent.mkdir(parents=True, exist_ok=True)
        (root / address).write_text(text, encoding="utf-8", newline="")
    return root / FOLDER


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_published_data_alone_give_the_same_site(project: Path, tmp_path: Path) -> None:
    odd = {"en": 'No: #1 "08" \\ 10:30', "ko": "=no", "ru": "null", "zh": " 010 "}
    rewrite(project / "data/works.yaml", lambda key, one: {**one, "name": odd} if key == "18-again" else one)
    staged = stage(project, ORIGIN)
    assert json.loads(staged.files[f"{FOLDER}work.json"])["records"]["18-again"]["name"] == odd
    folder = publish(dict(staged.files), tmp_path / "published")
    again = tmp_path / "again"
    for name in ("docs", "overrides"):
        shutil.copytree(project / name, again / name)
    done = subprocess.run(
        [sys.executable, "-m", "atlas", "restore", str(folder), str(again / "data")],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert read_tables(again) == read_tables(project)
    assert all(read_tables(again)[0].counting(code).numbers("2") for code in ("en", "ko", "ru", "zh"))
    assert dict(stage(again, ORIGIN).files) == dict(staged.files)
    assert content(again / "build") == content(project / "build")


@pytest.fixture
def published(project: Path, tmp_path: Path) -> Path:
    atlas, _ = check(project)
    return publish(dict(open_data(atlas, ORIGIN).texts()), tmp_path / "published")


def test_what_cannot_be_restored_is_refused_and_nothing_is_written(published: Path, tmp_path: Path) -> None:
    def change(name: str, old: str, new: str) -> list[str]:
        path = published / name
        good = text_of(path)
        assert old in good
        path.write_text(good.replace(old, new), encoding="utf-8")
        with pytest.raises(FaultyInputError) as raised:
            restore(published, tmp_path / "new")
        path.write_text(good, encoding="utf-8")
        assert not (tmp_path / "new").exists()
        assert not (tmp_path / ".new.restoring").exists()
        return [fault.what for fault in raised.value.faults]

    assert change("institution.json", "severance-hospital", "../../severance") == ["this id does not have the right form"]
    assert change("outline.json", '"KR-11"', '"../../etc"') == ["this id does not have the right form"]
    assert change("source.json", '"v1"', '"v2"') == ["this does not hold records of the kind source in version v1"]
    assert change("treatment.json", "{", "[") == ["this is not JSON in UTF-8"]
    assert change("airport.json", "37.4691", "1e-9")[0].startswith(
        "a value here cannot be written as YAML, such as a number with an exponent"
    )
    (published / "term.json").unlink()
    with pytest.raises(FaultyInputError, match=r"this file is missing"):
        restore(published, tmp_path / "new")
    (tmp_path / "new").mkdir()
    with pytest.raises(FaultyInputError, match="this exists already"):
        restore(published, tmp_path / "new")


def test_a_closed_record_stays_with_its_date_and_reason_in_every_form(project: Path) -> None:
    path = project / "data/hospitals/hangil-eye-hospital.yaml"
    reason = "reason: {en: It moved away., ko: 이전했습니다., ru: Она переехала., zh: 已搬迁。}"
    path.write_text(text_of(path) + f'closed: {{date: "2026-05", {reason}, sources: [kbr-hangil]}}\n', encoding="utf-8")
    staged = stage(project, ORIGIN)
    texts = staged.files
    closed = json.loads(texts[f"{FOLDER}institution.json"])["records"]["hangil-eye-hospital"]["closed"]
    assert (closed["date"], closed["reason"]["ru"], closed["sources"]) == ("2026-05", "Она переехала.", ["kbr-hangil"])
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(texts[f"{FOLDER}institution.csv"].removeprefix("\ufeff")))}
    assert (rows["hangil-eye-hospital"]["closed.date"], rows["hangil-eye-hospital"]["closed.reason.zh"]) == ("2026-05", "已搬迁。")
    features = {one["id"]: one for one in json.loads(texts[f"{FOLDER}institution.geojson"])["features"]}
    assert features["hangil-eye-hospital"]["properties"]["closed.date"] == "2026-05"
    assert "Она переехала." in text_of(staged.docs / "ru/hospitals/hangil-eye-hospital/index.md")


def test_the_page_names_every_file_with_its_size_in_every_language(site: Site, v1: Path) -> None:
    assert sorted(kind for _, kinds in GROUPS for kind in kinds) == sorted(kind.name for kind in PUBLISHED)
    filled = {path for path in v1.rglob("*") if path.is_file() and (path.suffix != ".csv" or text_of(path).count("\n") > 1)}
    for folder, _ in LANGUAGES.values():
        page = site.pages[f"{folder}data/"]
        links = [link for link in found(page, "//main//a[@href]") if f"/{FOLDER}" in link.get("href")]
        assert {v1 / link.get("href").partition(FOLDER)[2] for link in links} == filled
        for link in links:
            size = (v1 / link.get("href").partition(FOLDER)[2]).stat().st_size / 1000
            said = re.sub(r"[^\d.,]", "", found(link, "span")[0].text_content())
            assert abs(float(said.replace(",", "." if folder == "ru/" else "")) - size) <= (0.5 if size >= 10 else 0.05) + 1e-9
        assert f"{ORIGIN}data/" in page.text_content()
        assert found(page, "//footer//a[contains(@href, 'data/')]")


def test_licence_and_citations_say_the_same_as_the_repository(v1: Path) -> None:
    assert licence() == text_of(ROOT / "LICENSE-DATA.md") == text_of(v1 / "LICENSE.md")
    released = yaml.safe_load(text_of(ROOT / "data/site.yaml"))["released"]
    schema = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/citation-file-format.json").read_text(encoding="utf-8"))
    for path in (ROOT / "CITATION.cff", v1 / "CITATION.cff"):
        cited = yaml.load(text_of(path), yaml.BaseLoader)
        assert not list(validators.validator_for(schema)(schema).iter_errors(cited))
        assert cited["date-released"] == released
        assert "CC-BY-4.0" in cited["license"]
