"""The page of the catalogue shows every fact, is the one that the contracts give, and needs nothing from outside."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from contracts.catalogue import example_of, facts, frozen_schema_of
from contracts.catalogue_page import RUSSIAN, page
from contracts.fact import Fact
from contracts.publication import published
from contracts.schema_words import in_words
from contracts.topics import topics

PAGE = Path(__file__).parents[2] / "docs" / "events.html"
LOADS = {"src", "srcset", "action", "poster", "data", "background"}
TOLD = {topic.name: topic for topic in topics("production")}


@pytest.fixture(scope="module")
def articles() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r'<article id="([^"]+)"(.+?)</article>', text, re.DOTALL))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in LOADS or tag in {"link", "iframe", "base"}:
                self.loads.append(f"{tag} {name}={value}")


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    return tags


def test_it_is_the_page_that_the_contracts_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make catalogue"


def test_it_works_without_any_network() -> None:
    text = PAGE.read_text(encoding="utf-8")
    tags = read(text)

    assert tags.loads == []
    assert [link for link in tags.links if not link.startswith("#")] == []
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|import\(|https?://", text)
    assert {link.removeprefix("#") for link in tags.links} <= tags.ids


def test_an_outside_resource_would_be_found() -> None:
    planted = read('<script src="https://cdn.example/x.js"></script><link rel="stylesheet" href="style.css">')

    assert len(planted.loads) == 3


@pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.type)
def test_a_fact_is_shown_whole(fact: type[Fact], articles: dict[str, str]) -> None:
    shown, topic, promised = articles[fact.type], TOLD[fact.topic], published()["facts"][fact.type]

    assert f"<code>{topic.name}</code>, {topic.partitions} partitions" in shown
    assert f"<dd>{', '.join(topic.told_by)}</dd>" in shown
    assert f"{promised['since']} of the contracts" in shown
    assert ("for ever" if topic.retention is None else f"{topic.retention.days} days") in shown
    assert all(f"<code>{place}</code>" in shown for place in (*promised["key"], *promised["subject"]))
    assert example_of(fact).story() in shown
    for name in frozen_schema_of(fact)["properties"]:
        assert f"<td><code>{name}</code></td>" in shown


def test_each_fact_is_told_of_in_russian_too(articles: dict[str, str]) -> None:
    russian = yaml.safe_load(RUSSIAN.read_text(encoding="utf-8"))

    assert russian.keys() == facts().keys()
    assert all(re.search("[а-я]", words) for words in russian.values())
    assert set(articles) == set(facts())


def parts() -> Iterator[tuple[str, Any]]:
    for fact in facts().values():
        yield from frozen_schema_of(fact).get("$defs", {}).items()


def test_a_part_is_the_same_in_every_fact_so_that_it_can_be_shown_once() -> None:
    seen: dict[str, Any] = {}
    for name, part in parts():
        assert seen.setdefault(name, part) == part, name


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "maxLength": 200}, "text, up to 200 characters"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "integer", "minimum": 0, "maximum": 10}, "integer from 0 to 10"),
        (
            {"anyOf": [{"enum": ["new", "old"]}, {"type": "string", "pattern": "^[a-z]$"}]},
            "one of new, old or another code",
        ),
        ({"type": "array", "items": {"$ref": "#/$defs/LineV1"}}, "list of LineV1"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "boolean or nothing"),
    ],
)
def test_a_type_is_said_in_words(schema: dict[str, Any], words: str) -> None:
    assert in_words(schema) == words
