"""`opblok facts`: the facts, as the services tell them."""

import json as json_
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from contracts.topics import topics as all_topics

from opblok.durations import duration
from opblok.log_reading import Told, asked, records
from opblok.saying import as_json, give_up, out, table

app = typer.Typer(no_args_is_help=True, help="The facts in Kafka.")

Topics = Annotated[
    list[str] | None, typer.Option("--topic", "-t", help="Only this topic; may be given several times.")
]
Since = Annotated[
    str | None, typer.Option(help="Begin so long ago (30m, 2d) or `beginning`; without it: now.")
]
Story = Annotated[str | None, typer.Option(help="Only facts of this story: an order id.")]
Once = Annotated[bool, typer.Option("--once", help="Stop at the end instead of waiting for more.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.callback()
def group() -> None:
    """The facts in Kafka."""


@app.command()
def tail(
    *,
    topic: Topics = None,
    since: Since = None,
    story: Story = None,
    once: Once = False,
    json: Json = False,
) -> None:
    """Show facts as they are told. Ctrl-C ends it."""
    chosen = topic or told_topics()
    begin = None if since == "beginning" else beginning(since)

    async def follow() -> None:
        async for each in records(chosen, begin, follow=not once):
            if story in (None, each.key):
                show(each, json=json)

    try:
        asked(follow())
    except KeyboardInterrupt:
        return


@app.command()
def count(*, json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False) -> None:
    """Count distinct facts by topic, over all that Kafka still keeps."""

    async def counted() -> Counter[str]:
        seen: dict[str, set[str]] = {}
        async for each in records(told_topics(), None, follow=False):
            seen.setdefault(each.topic, set()).add(each.header("ce_id"))
        return Counter({name: len(ids) for name, ids in seen.items()})

    found: Counter[str] = asked(counted())
    if json:
        as_json(dict(sorted(found.items())))
        return
    shown = table("", "topic", "facts")
    for name, number in sorted(found.items()):
        shown.add_row(name, str(number))
    out.print(shown)


def told_topics() -> list[str]:
    return [each.name for each in all_topics() if not each.is_dead_letters]


def beginning(since: str | None) -> datetime:
    try:
        return datetime.now(UTC) - duration(since) if since else datetime.now(UTC)
    except ValueError as wrong:
        give_up(str(wrong), code=2)


def show(told: Told, *, json: bool) -> None:
    if json:
        out.print(json_.dumps(whole(told), ensure_ascii=False), markup=False)
        return
    when = told.at.astimezone().strftime("%H:%M:%S.%f")[:-3]
    named = told.header("ce_type") or told.topic
    about = f"{told.header('ce_subject')} #{told.header('ce_sequence')}"
    out.print(f"{when}  {named:<32} {about:<42} {brief(told)}", markup=False)


def brief(told: Told, longest: int = 160) -> str:
    text = (told.value or b"").decode(errors="replace")
    return text if len(text) <= longest else f"{text[:longest]}…"


def whole(told: Told) -> dict[str, Any]:
    try:
        body = json_.loads(told.value or b"null")
    except ValueError:
        body = (told.value or b"").decode(errors="replace")
    place = {"topic": told.topic, "partition": told.partition, "offset": told.offset}
    return {**place, "at": told.at.isoformat(), "key": told.key, "headers": told.headers, "body": body}
