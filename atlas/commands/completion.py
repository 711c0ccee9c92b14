"""The command ``completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from atlas.commands.command import command

_EXAMPLES = (
    ('eval "$(atlas completion bash)"', "in ~/.bashrc"),
    ('eval "$(atlas completion zsh)"', "in ~/.zshrc"),
    ("atlas completion fish > ~/.config/fish/completions/atlas.fish", "once"),
)


@command("completion", examples=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), help="Your shell.")
def completion_command(shell: str) -> None:
    """Print what makes the shell complete commands, options, languages, pages and ids of records when you press Tab."""
    from atlas.commands.group import cli

    found = get_completion_class(shell)
    assert found
    click.echo(found(cli, {}, "atlas", "_ATLAS_COMPLETE").source())
