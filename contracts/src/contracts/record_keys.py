"""By which field of its body a fact is keyed: found by asking the fact itself, so that it can be written down and compared."""

import json
from collections.abc import Iterator
from typing import Any, cast

from pydantic import ValidationError

from contracts.catalogue import example_text
from contracts.fact import Fact

ELSEWHERE = "an_id_that_no_example_has"  # a code too, for keys that are made of several fields


def key_of(fact: type[Fact]) -> tuple[str, ...]:
    """The field that gives the record key (`order.order_id`), and those that do where it is empty or do beside it."""
    return tuple(_found(fact, "story"))


def subject_of(fact: type[Fact]) -> tuple[str, ...]:
    """The same for `ce_subject`, the thing whose facts the sequence counts."""
    return tuple(_found(fact, "subject"))


def _found(fact: type[Fact], asked: str) -> Iterator[str]:
    body = json.loads(example_text(fact))
    places = sorted(_leaves(body), key=lambda leaf: leaf[1] is not None)
    while given := [each for each, _ in places if _gives(fact, asked, body, each)]:
        yield ".".join(given[0])
        places = [leaf for leaf in places if leaf[0] != given[0]]
        without = _changed(body, given[0], None)
        body = without if _read(fact, without) else body


def _gives(fact: type[Fact], asked: str, body: Any, place: tuple[str, ...]) -> bool:
    told = _read(fact, _changed(body, place, ELSEWHERE))
    return told is not None and ELSEWHERE in getattr(told, asked)()


def _read(fact: type[Fact], body: Any) -> Fact | None:
    try:
        return fact.model_validate(body)
    except ValidationError:
        return None


def _leaves(inside: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Texts, and fields that this example leaves empty: an id might stand there."""
    for name, value in inside.items():
        match value:
            case dict():
                yield from _leaves(cast("dict[str, Any]", value), (*at, name))
            case str() | None:
                yield (*at, name), value
            case _:
                continue


def _changed(body: dict[str, Any], place: tuple[str, ...], value: str | None) -> dict[str, Any]:
    name, *deeper = place
    return body | {name: _changed(body[name], tuple(deeper), value) if deeper else value}
