"""One command, ``atlas``: it teaches its use, speaks the reader's language, and tells programs the same in one shape."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from atlas.__main__ import cli
from atlas.commands import asking, check, new, report, typed
from atlas.commands import project as command_project
from atlas.commands.command import AtlasCommand, AtlasGroup
from atlas.commands.exitcode import DONE, FAULTS, MEANINGS, NOT_POSSIBLE, WRONG_USE
from atlas.commands.helping import paragraphs
from atlas.commands.listed import LISTED, TASKS
from atlas.commands.showing import fault_line, show_faults
from atlas.fault import Fault
from atlas.message import catalogue, entries, filled, reader_language, translated
from atlas.particle import PAIRS
from tests.sentences import BLANK, UNSAID, bare, files_of, spoken, templates

HOSPITAL = "data/hospitals/severance-hospital.yaml"
_KOREAN = re.compile("[가-힣]")


@pytest.fixture
def here(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, as the one that the commands work on."""
    for module in (asking, check, command_project, new, report, typed):
        if hasattr(module, "ROOT"):
            monkeypatch.setattr(module, "ROOT", project)
    return project


def run(*words: str, **extra: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="atlas", env=extra)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and every command of a group, as one types them."""
    context = click.Context(cli, info_name="atlas")
    for name in LISTED:
        found = cli.get_command(context, name)
        assert found, name
        yield f"atlas {name}", found
        if isinstance(found, click.Group):
            yield from ((f"atlas {name} {one}", command) for one, command in found.commands.items())


def test_every_sentence_of_the_code_has_its_korean() -> None:
    known = {bare(english) for english, _ in entries("ko")}
    missing = [f"{module}:{line}: {text}" for module, line, text in spoken() if bare(text) not in known]
    assert not missing, "Write these into atlas/messages/ko/:\n" + "\n".join(missing)


def test_every_template_has_its_korean_under_the_names_of_its_own_blanks() -> None:
    known = catalogue("ko").plain
    found = list(templates())
    assert len(found) > 20
    assert not [one for one in found if one[2] not in known]


def test_sentences_are_found_where_they_stand() -> None:
    found = {bare(text) for _, _, text in spoken()}
    for text in (
        "this is not a full phone number",
        "there is no ${} with this id",
        "many YAML tools read this as a number to base 60",
        "a sentence has ${} ${}: ${}…",
        "${} was not written: ${}${}. ${} What stood there is as it was.",
        "Windows keeps this name for a device",
    ):
        assert text in found
    assert len(found) > 500
    assert not UNSAID & {english for english, _ in entries("ko")}


def test_catalogues_say_the_same_with_the_same_blanks() -> None:
    for file in files_of("ko"):
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        keys = [str(key.value) for key, _ in node.value] if node else []
        assert len(keys) == len(set(keys)), f"{file.name}: {sorted(key for key in keys if keys.count(key) > 1)}"
    told: dict[str, str] = {}
    for english, korean in entries("ko"):
        assert told.setdefault(english, korean) == korean, f"{english} has two Korean sentences"
    for english, korean in entries("ko"):
        assert set(BLANK.findall(english)) == set(BLANK.findall(korean)), english
        assert _KOREAN.search(korean) or not re.search(r"[a-z]{3} [a-z]{3}", english.replace("${", "")), english


def test_blanks_are_filled_in_with_the_particle_that_their_value_needs() -> None:
    assert "을/를" in PAIRS
    assert filled("${x}을/를 씁니다", {"x": "병원"}) == "병원을 씁니다"
    assert filled("${x}을/를 씁니다", {"x": "치료"}) == "치료를 씁니다"
    assert translated("there is no institution-kind with this id", "ko") == "이 id를 가진 의료기관 종류가 없습니다"
    assert translated("Use 'high', 'medium' or 'low'.", "ko") == "다음 중 하나를 쓰세요: 'high', 'medium', 'low'."
    assert (
        translated("no value holds on 2026-01-01: it begins on 2027-01-01", "ko") == "2026-01-01에는 값이 없습니다. 2027-01-01에 시작합니다"
    )
    assert translated("what nobody has translated yet", "ko") == "what nobody has translated yet"


def test_the_language_is_that_of_the_reader() -> None:
    assert reader_language({}) == reader_language({"LANG": "C.UTF-8"}) == reader_language({"LC_ALL": "fr_FR", "LANG": "ko_KR"}) == "en"
    assert reader_language({"LANG": "ko_KR.UTF-8"}) == reader_language({"LC_ALL": "ko", "LANG": "en_US"}) == "ko"
    assert reader_language({"ATLAS_LANG": "en", "LC_ALL": "ko_KR.UTF-8"}) == "en"


def test_each_command_teaches_itself_in_both_languages() -> None:
    korean = catalogue("ko").plain
    for path, command in commands():
        assert isinstance(command, AtlasCommand | AtlasGroup), path
        assert command.examples, f"{path} has no example"
        for line, _ in command.examples:
            assert path in line or path == "atlas ends", f"{path}: {line}"
        texts = [*paragraphs(command), *(said for _, said in command.examples)]
        texts += [one.help for one in command.params if isinstance(one, click.Option | click.Argument) and one.help]
        assert all(one.help for one in command.params if isinstance(one, click.Option | click.Argument)), path
        assert not [text for text in texts if text not in korean], path
    for heading, listed in TASKS:
        assert heading in korean
        assert not [one.short for one in listed if one.short not in korean]


def test_help_lists_all_commands_by_task_with_exit_codes() -> None:
    english, korean = run("--help"), run("--help", ATLAS_LANG="ko")
    assert english.exit_code == korean.exit_code == 0
    for one in LISTED.values():
        assert one.hidden or re.search(rf"^  {one.name} ", english.output, re.MULTILINE), one.name
    for code, meaning in MEANINGS:
        assert f" {code} {meaning} " in " ".join(english.output.split())
        assert re.search(rf"^  {code} +.*[가-힣]", korean.output, re.MULTILINE)
    assert "\x1b" not in english.output + korean.output
    assert "Examples\n  atlas build" in run("build", "--help").output
    assert "예시\n  atlas build" in run("build", "--help", ATLAS_LANG="ko").output


@pytest.mark.parametrize(
    ("words", "english", "korean"),
    [
        (["chek"], "Did you mean check?", "혹시 check 아닌가요?"),
        (
            ["new", "hospital", "x", "--specialty", "eye", "--no-ask"],
            "gynaecology, ophthalmology",
            "있는 것: cancer, cardiology",
        ),
        (["new", "hospital", "x", "--district", "gangnam", "--no-ask"], "Did you mean gangnam-gu-seoul", "혹시 gangnam-gu-seoul"),
        (["build", "--prt"], "Did you mean '--part'?", "--prt 옵션은 없습니다. 혹시 --part 아닌가요?"),
        (["verify", "a", "b"], "Got unexpected extra argument (b)", "남는 인수가 있습니다: b"),
        (["due", "--on", "tomorrow"], "'tomorrow' does not match the format YYYY-MM-DD.", "YYYY-MM-DD 형식으로 쓰세요"),
        (["restore", "nowhere", "x"], "'nowhere' does not exist.", "폴더 'nowhere'가 없습니다."),
    ],
)
def test_wrong_use_says_what_was_meant_and_where_to_read_on(words: list[str], english: str, korean: str) -> None:
    for language, expected, more in (("en", english, "--help` tells how"), ("ko", korean, "쓰는 방법과 예시: `atlas")):
        done = run(*words, ATLAS_LANG=language)
        assert done.exit_code == WRONG_USE
        assert expected in done.stderr
        assert more in done.stderr
        assert "Traceback" not in done.stderr


def test_due_says_so_when_nothing_is_due(here: Path) -> None:
    released = yaml.safe_load((here / "data/site.yaml").read_text(encoding="utf-8"))["released"]
    calm, late = run("due", "--on", str(released)), run("due", "--on", "2031-01-01")
    assert (calm.exit_code, calm.stdout) == (DONE, f"On {released} nothing ends soon, and nothing is due for a new check.\n")
    assert late.exit_code == FAULTS
    assert "nothing" not in late.stdout
    assert "YYYY-MM-DD" in run("due", "--help").stdout


def test_check_tells_programs_the_same_in_one_shape(here: Path) -> None:
    good = run("check", "--json")
    assert good.exit_code == DONE, good.stderr
    told = json.loads(good.stdout)
    assert list(told) == ["command", "exit", "faults", "remarks", "said", "result"]
    assert (told["command"], told["exit"], told["faults"], told["result"]["institutions"]) == ("check", 0, [], 5)
    assert all(set(one) == {"path", "line", "column", "what"} for one in told["remarks"])
    one = told["remarks"][0]["path"]
    some = json.loads(run("check", str(here / one), "--json").stdout)["remarks"]
    assert some == [remark for remark in told["remarks"] if remark["path"] == one] != told["remarks"]
    path = here / HOSPITAL
    path.write_text(path.read_text(encoding="utf-8").replace("+82-2-2228-0114", "02-123"), encoding="utf-8")
    bad = run("check", "--json", ATLAS_LANG="ko")
    assert bad.exit_code == FAULTS
    (fault,) = json.loads(bad.stdout)["faults"]
    assert fault["path"] == HOSPITAL
    assert fault["what"] == "this is not a full phone number"
    assert bad.stderr == ""
    lines = run("check", ATLAS_LANG="ko").stderr.split("\n")
    assert lines[0].startswith(
        f'{HOSPITAL}:{fault["line"]}:{fault["column"]}: main_line.number: 온전한 전화번호가 아닙니다 (현재 값: "02-123"). 국가번호와'
    )
    assert lines[2] == "잘못 1건."


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_line_of_the_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").write_text("id: x\nname: 서울병원 02\n", encoding="utf-8")
    fault = Fault("x.yaml", 2, 13, "name", "a number is typed into the text", '"02"', "Say it without the number.")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = {}
    for colours in ("", "1"):
        monkeypatch.setattr(sys, "stderr", terminal := _Terminal())
        show_faults([fault], tmp_path)
        shown[colours] = terminal.getvalue()
        monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in shown[""]
    assert "\x1b[3" not in shown["1"], "no colours were wanted"
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown["1"]).split("\n")
    assert lines[1] == "    2 │ name: 서울병원 02"
    assert lines[2].rstrip() == "      │ " + " " * (len("name: ") + 2 * len("서울병원") + 1 + 1) + "^"
    assert fault_line(fault) == str(fault)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_languages_pages_and_ids(shell: str, here: Path) -> None:
    source = run("completion", shell)
    assert source.exit_code == 0
    assert "_ATLAS_COMPLETE" in source.output
    for typed_so_far, offered in (
        ("atlas ch", "check"),
        ("atlas new hospital x --province KR-2", "KR-26"),
        ("atlas new page rights/con", "rights/consent"),
        ("atlas new treatment x --specialty dermat", "dermatology"),
    ):
        words, last = typed_so_far, typed_so_far.split()[-1]
        env = {"_ATLAS_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        if shell == "fish":
            env["COMP_CWORD"] = last
        done = CliRunner().invoke(cli, prog_name="atlas", env=env)
        assert offered in done.output, (shell, typed_so_far, done.output)


def test_what_cannot_be_done_here_has_an_exit_code_of_its_own(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device", "site")

    monkeypatch.setattr("atlas.schema.write_schemas", full)
    done = run("schemas", ATLAS_LANG="ko")
    assert done.exit_code == NOT_POSSIBLE
    assert "Traceback" not in done.stderr
    assert done.stderr == "저장 공간이 없습니다: site\n"
