"""One lifelike example of each fact: read by its model, told again as the same JSON, read by those who know less."""

import json
from typing import Any, cast

import pytest
from contracts.catalogue import example_of, example_text, facts, folder, frozen_schema_of
from contracts.fact import Fact
from jsonschema import Draft202012Validator

every_fact = pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.type)


def extended(body: Any) -> Any:
    """The body as a later version may tell it: with a field more in every part."""
    match body:
        case dict():
            parts = cast("dict[str, Any]", body)
            return {key: extended(value) for key, value in parts.items()} | {"told_later": {"more": 1}}
        case list():
            return [extended(each) for each in cast("list[Any]", body)]
        case _:
            return body


def test_there_is_an_example_of_each_fact_and_of_nothing_else() -> None:
    assert {path.stem for path in folder("examples").glob("*.json")} == set(facts())


@every_fact
def test_an_example_is_read_and_told_again_as_it_was(fact: type[Fact]) -> None:
    read = fact.model_validate_json(example_text(fact))

    assert json.loads(read.model_dump_json()) == json.loads(example_text(fact))


@every_fact
def test_an_example_fits_the_frozen_schema(fact: type[Fact]) -> None:
    checks = Draft202012Validator.FORMAT_CHECKER
    schema: Any = Draft202012Validator(frozen_schema_of(fact), format_checker=checks)

    schema.validate(json.loads(example_text(fact)))


@every_fact
def test_a_reader_ignores_what_it_does_not_know(fact: type[Fact]) -> None:
    told_later = extended(json.loads(example_text(fact)))

    assert fact.model_validate(told_later) == example_of(fact)


@every_fact
def test_an_example_knows_its_thing_and_its_story(fact: type[Fact]) -> None:
    example = example_of(fact)

    assert example.subject()
    assert example.story()


@pytest.mark.parametrize("type_", [each for each in facts() if each.startswith(("order.", "supply."))])
def test_what_belongs_to_an_order_has_the_order_as_its_story(type_: str) -> None:
    body = json.loads(example_text(facts()[type_]))

    assert example_of(facts()[type_]).story() == body.get("order", body)["order_id"]
