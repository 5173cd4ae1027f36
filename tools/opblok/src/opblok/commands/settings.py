"""`opblok settings`: every variable, its default and meaning."""

from typing import Annotated

import typer

from opblok.saying import as_json, out, table
from opblok.settings_page import markdown, sections

Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="The page docs/settings.md.")]


def settings(
    *,
    json: Json = False,
    markdown_: Annotated[bool, typer.Option("--markdown", help="As docs/settings.md.")] = False,
) -> None:
    """Show every setting of the services and of this command."""
    if markdown_:
        typer.echo(markdown().rstrip("\n"))  # as it is: rich would take `[...]` for its own
    elif json:
        as_json(
            [
                dict(zip(("variable", "type", "default", "meaning"), row, strict=True))
                for *_, rows in sections()
                for row in rows
            ]
        )
    else:
        for heading, _, rows in sections():
            shown = table(heading, "variable", "default", "meaning")
            for variable, _, default, meaning in rows:
                shown.add_row(variable, default, meaning)
            out.print(shown)
            out.print()
