"""`opblok dead-letters`: records that no service could work, and telling them again."""

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from chassis.publishing import KafkaPublisher
from chassis.replaying import Letter, NoSuchLetter, letters, replay, show
from contracts.topics import services

from opblok.log_reading import asked, kafka_settings
from opblok.saying import as_json, give_up, out, say, table

app = typer.Typer(no_args_is_help=True, help="Records that no service could work.")

Service = Annotated[str, typer.Argument(help="The service whose dead letters are meant.")]
Id = Annotated[str, typer.Argument(help="The id that `list` shows.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command("list")
def list_(
    service: Annotated[str | None, typer.Argument(help="Without it: all services.")] = None,
    *,
    json: Json = False,
) -> None:
    """List them, the oldest first. Exit code 3 when there is one that was not replayed."""
    found: list[Letter] = asked(gathered([service] if service else services()))
    if json:
        as_json([plain(each) for each in found])
    elif found:
        out.print(drawn(found))
    else:
        say("No dead letters.")
    if any(not each.replayed_at for each in found):
        raise SystemExit(3)


async def gathered(of: list[str]) -> list[Letter]:
    settings = kafka_settings()
    return [letter for service in of for letter in await letters(settings, service)]


def drawn(found: list[Letter]) -> Any:
    shown = table("", "service", "id", "type", "subject", "reason", "error", "tried", "last at", "replayed")
    for each in found:
        shown.add_row(
            *(each.service, each.id, each.type, each.subject, each.reason, each.error),
            *(str(each.attempts), each.last_at, str(len(each.replayed_at) or "")),
        )
    return shown


@app.command("show")
def show_(service: Service, id_: Id, *, json: Json = False) -> None:
    """Show one, with the record it holds."""
    letter = found(show(kafka_settings(), service, id_), service, id_)
    whole = plain(letter) | held(letter)
    if json:
        as_json(whole)
        return
    for name, value in whole.items():
        out.print(f"{name:>12}  {value}", markup=False)


@app.command("replay")
def replay_(
    service: Service,
    ids: Annotated[
        list[str] | None, typer.Argument(help="Ids that `list` shows; without them --all.")
    ] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="All that were not replayed yet.")] = False,
) -> None:
    """Tell them again, to this service alone, once the cause is mended."""
    if bool(ids) == all_:
        give_up("name the ids, or --all.", code=2)
    chosen = ids or [each.id for each in asked(letters(kafka_settings(), service)) if not each.replayed_at]
    for id_ in chosen:
        letter = found(replayed(service, id_), service, id_)
        say(f"{service} {letter.id}: {letter.type} of {letter.subject} told again.")
    say(f"{len(chosen)} told again.")


async def replayed(service: str, id_: str) -> Letter:
    settings = kafka_settings()
    publisher = KafkaPublisher(settings, client_id="opblok-dead-letters")
    publisher.start()
    try:
        return await replay(settings, publisher, service, id_)
    finally:
        await publisher.stop()


def found(question: Any, service: str, id_: str) -> Letter:
    try:
        letter: Letter = asked(question)
    except NoSuchLetter:
        give_up(
            f"{service} has no dead letter {id_}.",
            f"`opblok dead-letters list {service}` shows them.",
            code=2,
        )
    return letter


def plain(letter: Letter) -> dict[str, Any]:
    fields = asdict(replace(letter, record=None))
    del fields["record"]
    return fields


def held(letter: Letter) -> dict[str, Any]:
    if letter.record is None:
        return {}
    headers = {name: (value or b"").decode(errors="replace") for name, value in letter.record.headers}
    return {
        "key": (letter.record.key or b"").decode(errors="replace"),
        "headers": headers,
        "value": (letter.record.value or b"").decode(errors="replace"),
    }
