"""`opblok topics`: Kafka's topics as contracts want them."""

from dataclasses import asdict
from typing import Annotated

import typer
from chassis.topics import Applied, Listed, listing
from contracts.topics import topics

from opblok.log_reading import asked, kafka_settings
from opblok.saying import as_json, out, say, table
from opblok.topic_making import make_topics

app = typer.Typer(no_args_is_help=True, help="Kafka's topics as contracts want them.")

Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Production = Annotated[
    bool, typer.Option("--production", help="12 partitions and 3 replicas instead of 3 and 1.")
]
Partitions = Annotated[
    int | None, typer.Option(min=1, help="For all topics alike (wire.md 1); needs no --production.")
]

Widen = Annotated[
    bool, typer.Option("--widen", help="Add partitions too. Stories move: stop all services first.")
]


@app.command("apply")
def apply_(
    *, production: Production = False, partitions: Partitions = None, widen: Widen = False, json: Json = False
) -> None:
    """Make what is missing, alter what differs; nothing is shrunk or deleted."""
    mode = "production" if production else "development"
    done: Applied = asked(make_topics(kafka_settings(), mode, partitions, widen=widen))
    if json:
        as_json(asdict(done))
        return
    for what, names in asdict(done).items():
        if names:
            say(f"{what.replace('_', ' ')}: {', '.join(names)}")
    if not done.changed:
        say("All topics are as they should be.")


@app.command("list")
def list_(*, json: Json = False) -> None:
    """Show the topics there are, and those that are missing."""
    there: list[Listed] = asked(listing(kafka_settings()))
    missing = sorted({each.name for each in topics()} - {each.name for each in there})
    if json:
        as_json({"topics": [asdict(each) for each in there], "missing": missing})
        return
    shown = table("", "topic", "partitions", "replicas", "settings of its own")
    for each in there:
        config = ", ".join(f"{name}={value}" for name, value in sorted(each.config.items()))
        shown.add_row(each.name, str(each.partitions), str(each.replication), config)
    out.print(shown)
    if missing:
        say(f"Missing: {', '.join(missing)}. `opblok topics apply` makes them.")
