"""The AsyncAPI document says what is true, in the words of AsyncAPI."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from contracts.asyncapi import DOCUMENT, as_yaml, document
from contracts.catalogue import facts
from contracts.topics import topics
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

ASYNCAPI = json.loads((Path(__file__).parent / "asyncapi-3.0.0" / "schema.json").read_text(encoding="utf-8"))
TOLD = [topic.name for topic in topics() if not topic.is_dead_letters]


@pytest.fixture(scope="module")
def checked_in() -> dict[str, Any]:
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


def complaints(of: Any) -> list[str]:
    asyncapi: Any = Draft7Validator(ASYNCAPI)
    return [f"{each.json_path}: {each.message}" for each in asyncapi.iter_errors(of)]


def test_the_document_is_the_one_that_the_facts_give() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == as_yaml(), "run: python -m contracts.asyncapi"


def test_asyncapi_itself_has_no_complaint(checked_in: dict[str, Any]) -> None:
    assert complaints(checked_in) == []


def test_asyncapi_would_complain() -> None:
    planted = document()
    planted["channels"]["order.created"]["bindings"]["kafka"]["partitions"] = 0
    planted["operations"]["orders.tells.order.created"]["action"] = "shout"

    assert len(complaints(planted)) == 2


def test_each_topic_is_a_channel_and_each_fact_a_message(checked_in: dict[str, Any]) -> None:
    assert list(checked_in["channels"]) == TOLD
    assert set(checked_in["components"]["messages"]) == set(facts())
    for name, channel in checked_in["channels"].items():
        assert set(channel["messages"]) == {type_ for type_, fact in facts().items() if fact.topic == name}


def test_each_reference_leads_somewhere(checked_in: dict[str, Any]) -> None:
    for reference in references(checked_in):
        target: Any = checked_in
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


@pytest.mark.parametrize("type_", facts())
def test_each_example_fits_what_the_document_says_of_it(type_: str, checked_in: dict[str, Any]) -> None:
    message = checked_in["components"]["messages"][type_]
    [example] = message["examples"]

    for part in ("headers", "payload"):
        whole = DRAFT202012.create_resource(checked_in)
        known = Registry[Any]().with_resource("urn:opblok:document", whole)
        absolute = json.loads(json.dumps(message[part]).replace('"#/', '"urn:opblok:document#/'))
        schema: Any = Draft202012Validator(absolute, registry=known)
        schema.validate(example[part])


def references(inside: Any) -> list[str]:
    match inside:
        case {"$ref": str(there)}:
            return [there]
        case dict():
            return _in_all(cast("dict[str, Any]", inside).values())
        case list():
            return _in_all(cast("list[Any]", inside))
        case _:
            return []


def _in_all(parts: Iterable[Any]) -> list[str]:
    return [each for part in parts for each in references(part)]
