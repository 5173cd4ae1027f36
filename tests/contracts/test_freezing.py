"""`python -m contracts.freeze` writes down what is new and refuses to change what was told before."""

import json
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from contracts.fact import Fact, Value
from contracts.freeze import freeze
from contracts.values import Code
from pydantic import create_model

Colour = Literal["white", "amber"] | Code

made: Any = create_model


class Lamp(Fact):
    topic: ClassVar[str] = "lamp.lit"
    type: ClassVar[str] = "lamp.lit.v1"
    title: str


class Shade(Value):
    cloth: str


def lit(says: str = "Somebody lit a lamp.", **fields: Any) -> type[Fact]:
    return made("LampLitV1", __base__=Lamp, __doc__=says, **({"colour": (Colour, ...)} | fields))


def test_a_new_fact_is_frozen(tmp_path: Path) -> None:
    assert freeze([lit()], tmp_path) == []

    frozen = json.loads((tmp_path / "lamp.lit.v1.json").read_text())
    assert set(frozen["properties"]) == {"title", "colour"}
    assert frozen["$id"] == "urn:opblok:lamp.lit.v1"


def test_better_words_for_people_are_no_change(tmp_path: Path) -> None:
    freeze([lit()], tmp_path)

    assert freeze([lit("A lamp gives light now.")], tmp_path) == []

    assert "gives light" in (tmp_path / "lamp.lit.v1.json").read_text()


OTHERWISE: dict[str, dict[str, Any]] = {
    "a new required field": {"by": (str, ...)},
    "another type": {"title": (int, ...)},
    "a limit": {"colour": (Literal["white"], ...)},
    "a part with a shape of its own": {"shade": (Shade, ...)},
}
MORE: dict[str, dict[str, Any]] = {
    "an optional field": {"by": (str | None, None)},
    "an optional part": {"shade": (Shade | None, None)},
    "another word in an open list": {"colour": (Literal["white", "amber", "green"] | Code, ...)},
}


@pytest.mark.parametrize("fields", OTHERWISE.values(), ids=OTHERWISE.keys())
@pytest.mark.parametrize("adding", [frozenset[str](), frozenset({"lamp.lit.v1"})])
def test_a_published_fact_is_not_frozen_anew(
    fields: dict[str, Any], adding: frozenset[str], tmp_path: Path
) -> None:
    freeze([lit()], tmp_path)
    before = (tmp_path / "lamp.lit.v1.json").read_text()

    [complaint] = freeze([lit(**fields)], tmp_path, adding)

    assert "Put a V2 class beside it" in complaint
    assert (tmp_path / "lamp.lit.v1.json").read_text() == before


@pytest.mark.parametrize("fields", MORE.values(), ids=MORE.keys())
def test_what_every_reader_may_ignore_is_added_when_somebody_says_so(
    fields: dict[str, Any], tmp_path: Path
) -> None:
    freeze([lit()], tmp_path)

    unsaid = freeze([lit(**fields)], tmp_path)
    said = freeze([lit(**fields)], tmp_path, frozenset({"lamp.lit.v1"}))

    assert len(unsaid) == 1
    assert said == []
    assert freeze([lit(**fields)], tmp_path) == []
