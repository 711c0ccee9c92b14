"""Promise 3: a fact that is changed once changes in all four languages, there and nowhere else; nothing needs translating."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.staging import stage
from tests.conftest import ORIGIN, staged


def changed(project: Path, before: dict[str, str], file: str, old: str, new: str) -> set[str]:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = staged(project)
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def test_a_changed_phone_changes_one_page_in_four_languages(project: Path, before: dict[str, str]) -> None:
    found = changed(project, before, "data/hospitals/severance-hospital.yaml", "+82-2-2228-0114", "+82-2-2228-0115")
    assert found == {f"{code}/hospitals/severance-hospital/index.md" for code in ("en", "ko", "ru", "zh")}


def test_a_changed_sum_in_a_rule_changes_its_pages_in_four_languages(project: Path, before: dict[str, str]) -> None:
    found = changed(project, before, "data/rules/registration.yaml", "large: {amount: 200000000", "large: {amount: 250000000")
    assert found == {f"{code}/{page}/index.md" for code in ("en", "ko", "ru", "zh") for page in ("rights/registration", "plan/quote")}
    texts = [
        (project / "build/docs" / code / "rights/registration/index.md").read_text(encoding="utf-8") for code in ("en", "ko", "ru", "zh")
    ]
    for text, form in zip(texts, ("KRW\u00a0250,000,000", "2억 5,000만 원", "250\u00a0000\u00a0000\u00a0вон", "2.5亿韩元"), strict=True):
        assert form in text


def test_a_changed_specialty_name_changes_only_pages_that_show_it(project: Path, before: dict[str, str]) -> None:
    found = changed(project, before, "data/specialties.yaml", "zh: 眼科}", "zh: 眼科学}")
    assert found
    assert all(name.startswith("zh/") for name in found)


def test_only_what_changed_is_written(project: Path) -> None:
    stage(project, ORIGIN)
    times = {path: path.stat().st_mtime_ns for path in (project / "build/docs").rglob("*.md")}
    path = project / "data/hospitals/kangbuk-samsung-hospital.yaml"
    path.write_text(re.sub(r"number: (\d+), as_of", "number: 701, as_of", path.read_text(encoding="utf-8")), encoding="utf-8")
    stage(project, ORIGIN)
    written = {path.parent.name for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert written == {"kangbuk-samsung-hospital"}


def test_a_removed_record_leaves_no_page_behind(project: Path) -> None:
    stage(project, ORIGIN)
    (project / "data/hospitals/hangil-eye-hospital.yaml").unlink()
    docs = stage(project, ORIGIN).docs
    assert not list(docs.rglob("*hangil*"))
