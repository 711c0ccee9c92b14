"""The command ``serve``."""

from __future__ import annotations

import click

from atlas.commands.command import FailedError, command, usage
from atlas.commands.exitcode import NOT_POSSIBLE, WRONG_USE
from atlas.commands.today import today_in_korea
from atlas.message import said

EXAMPLES = (
    ("atlas serve", "then look at http://127.0.0.1:8000/"),
    ("atlas serve --lang ru", "the address that is printed leads to the Russian pages"),
    ("atlas serve --address 127.0.0.1:9000", "where something else has the port"),
)


@command("serve", examples=EXAMPLES)
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
@click.option("--lang", metavar="LANGUAGE", default=None, help="The language to begin with; the others are one link away.")
def serve_command(address: str, lang: str | None) -> int:
    """Show the site in the browser; what you save shows by itself, and a mistake is named without ending the preview.

    On top of each page stands a bar for editors: where each fact is written, what is due, in doubt or not translated.
    """
    from atlas.preview.showing import UnknownLanguageError, preview
    from atlas.staging import last_edition

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise usage("Write the address as host and port, such as 127.0.0.1:8000.")
    try:
        preview(host.strip("[]"), int(port), lang, last_edition(), today_in_korea, click.echo)
    except UnknownLanguageError as error:
        sentence = "there is no language ${language}; use one of: ${languages}"
        raise FailedError(said(sentence, language=error.language, languages=", ".join(error.known)), code=WRONG_USE) from None
    except OSError as error:
        raise FailedError(
            said("${address} cannot be had: ${why}", address=address, why=error.strerror or error), code=NOT_POSSIBLE
        ) from None
    return 0
