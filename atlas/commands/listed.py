"""The commands by task, and where each of them is: ``atlas --help`` prints this list without loading any of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One command: its name, ``module:function`` and what it does, in one line."""

    name: str
    where: str
    short: str
    hidden: bool = False


TASKS: tuple[tuple[str, tuple[Listed, ...]], ...] = (
    (
        "Write and check",
        (
            Listed("check", "atlas.commands.check:check_command", "Find every mistake in data/ and docs/, with its place and its remedy."),
            Listed("new", "atlas.commands.new:new_command", "Begin a hospital, a treatment, a site, a page or a country."),
            Listed("edit", "atlas.editing.command:edit_command", "Edit records and pages in the browser, on this machine."),
            Listed("due", "atlas.commands.due:due_command", "Say what ends soon and what is due for a new check."),
            Listed("ends", "atlas.commands.due:due_command", "The same as due.", hidden=True),
            Listed("changes", "atlas.commands.changes:changes_command", "Say which facts change, for whoever reviews a change."),
        ),
    ),
    (
        "Translate",
        (
            Listed("status", "atlas.translation.command:status_command", "List what is missing, outdated and not reviewed, by language."),
            Listed("diff", "atlas.translation.command:diff_command", "Show what has changed in the source since it was translated."),
            Listed("accept", "atlas.translation.command:accept_command", "Say that a translation says what its source says now."),
            Listed("export", "atlas.handoff.command:export_command", "Write what is to be translated as XLIFF or PO."),
            Listed("import", "atlas.handoff.command:import_command", "Take a translated file back, checked."),
            Listed("terms", "atlas.terms.command:terms_command", "The term base as a table for a spreadsheet: out, and back again."),
        ),
    ),
    (
        "See and build",
        (
            Listed("serve", "atlas.commands.serve:serve_command", "Show the site in the browser, and each change as you save it."),
            Listed("stage", "atlas.commands.build:stage_command", "Write the pages as Markdown into build/docs/, for any renderer."),
            Listed("build", "atlas.commands.build:build_command", "Build the whole site into site/, or one part of it."),
            Listed("merge", "atlas.commands.build:merge_command", "Make the whole site of the parts that were built apart."),
        ),
    ),
    (
        "Publish and look after",
        (
            Listed("verify", "atlas.commands.verify:verify_command", "Say whether a built or published site is whole."),
            Listed("publish", "atlas.commands.publish:publish_command", "Put the built site in place for a web server, or go back."),
            Listed("last", "atlas.publishing.command:last_command", "Fetch what the published site says of itself, to compare with."),
            Listed("hosting", "atlas.hosting.command:hosting_command", "Print the configuration of a web server or a host."),
            Listed("links", "atlas.linkcheck.command:links_command", "Ask every link to another site once, and report the dead ones."),
            Listed("restore", "atlas.commands.restore:restore_command", "Make data/ again from a published data/v1/."),
        ),
    ),
    (
        "For this program",
        (
            Listed("schemas", "atlas.commands.schemas:schemas_command", "Write data/schemas/ anew from the models."),
            Listed("sbom", "atlas.hosting.command:sbom_command", "Write the bill of materials anew."),
            Listed("completion", "atlas.commands.completion:completion_command", "Print what makes the shell complete commands and ids."),
        ),
    ),
)
"""The tasks of ``atlas --help`` and their commands, in the order in which they are printed."""

LISTED = {one.name: one for _, commands in TASKS for one in commands}
