"""`python -m contracts.catalogue_page FILE`: the catalogue of facts as one HTML file that needs nothing else."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce
from html import escape
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

import yaml

from contracts.catalogue import PACKAGE, example_of, example_text, facts, frozen_schema_of
from contracts.fact import Fact
from contracts.publication import published
from contracts.schema_words import Field, fields
from contracts.topics import Topic, services, topics

TEMPLATE = PACKAGE / "catalogue_page.html"
RUSSIAN = PACKAGE / "in_russian.yaml"


def page() -> str:
    """The whole page."""
    told = {topic.name: topic for topic in topics("production") if not topic.is_dead_letters}
    russian = yaml.safe_load(RUSSIAN.read_text(encoding="utf-8"))
    promised = published()["facts"]
    known = facts()
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        version=escape(version("opblok-contracts")),
        count=len(known),
        services="".join(
            f'<button type="button" data-service="{each}">{each}</button>' for each in services()
        ),
        facts="".join(
            _fact(fact, told[fact.topic], promised[type_], russian[type_])
            for type_, fact in sorted(known.items(), key=lambda each: (told[each[1].topic].told_by, each[0]))
        ),
        parts="".join(_part(name, part) for name, part in sorted(_parts(known.values()).items())),
    )


def _fact(fact: type[Fact], topic: Topic, promised: Mapping[str, Any], russian: str) -> str:
    schema, example = frozen_schema_of(fact), example_of(fact)
    facts_of_it = {
        "topic": f"<code>{topic.name}</code>, {topic.partitions} partitions in production",
        "told by": ", ".join(topic.told_by),
        "since": f"{promised['since']} of the contracts",
        "kept": escape(_kept(topic)),
        "record key": f"{_key(promised['key'], example.story(), example_text(fact))}, here <code>{escape(example.story())}</code>",
        "order": f"as told within a key; <code>ce_sequence</code> counts the facts of {_places(promised['subject'], ' + ')} "
        f"(<code>ce_subject</code>, here <code>{escape(example.subject())}</code>)",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts_of_it.items())
    says = _prose(schema["description"])
    return (
        f'<article id="{fact.type}" data-service="{" ".join(topic.told_by)}">'
        f'<h2><a href="#{fact.type}">{fact.type}</a></h2><p lang="en">{says}</p><p lang="ru">{escape(russian)}</p>'
        f"<dl>{rows}</dl><details><summary>Fields</summary>{_table(fields(schema))}</details>"
        f"<details><summary>Example</summary><pre>{escape(_pretty(example_text(fact)))}</pre></details></article>\n"
    )


def _part(name: str, schema: Mapping[str, Any]) -> str:
    says = _prose(schema.get("description", ""))
    return f'<section id="{name}"><h3>{name}</h3><p lang="en">{says}</p>{_table(fields(schema))}</section>\n'


def _parts(known: Iterable[type[Fact]]) -> dict[str, Mapping[str, Any]]:
    """Shared parts, each once: facts that have one of a name have the same."""
    return {name: part for fact in known for name, part in frozen_schema_of(fact).get("$defs", {}).items()}


def _table(shown: Iterable[Field]) -> str:
    rows = "".join(
        f"<tr><td><code>{each.name}</code></td><td>{_linked(each)}</td><td>{'' if each.always else 'optional'}</td></tr>"
        for each in shown
    )
    return f"<table>{rows}</table>"


def _linked(field: Field) -> str:
    words = escape(field.words)
    return words.replace(field.part, f'<a href="#{field.part}">{field.part}</a>') if field.part else words


def _key(places: list[str], story: str, example: str) -> str:
    """One field; or several, of which the first that is not empty is it, or which are all in it."""
    alone = any(_at(place, json.loads(example)) == story for place in places)
    return _places(places, ", or where it is empty " if alone else " + ")


def _at(place: str, body: Any) -> Any:
    return reduce(lambda part, name: part[name], place.split("."), body)


def _places(places: Iterable[str], between: str) -> str:
    return between.join(f"<code>{each}</code>" for each in places)


def _prose(docstring: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(docstring.split())))


def _kept(topic: Topic) -> str:
    if topic.retention is None:
        lag = timedelta(milliseconds=int(topic.config["min.compaction.lag.ms"]))
        return f"the newest of each key for ever, every change for {lag.days} days"
    return f"{topic.retention.days} days"


def _pretty(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1)


def main(path: Path) -> int:
    """The command."""
    path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
