"""Topics and facts are two views of one thing: a fact without a topic could not be told."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from contracts.catalogue import facts
from contracts.fact import Fact
from contracts.topics import Mode, dead_letters_of, longest_retention, services, topics

from contracts import catalogue

MODES: tuple[Mode, ...] = ("development", "production")


def test_each_fact_has_its_topic_and_each_topic_a_fact() -> None:
    told = {topic.name for topic in topics() if not topic.is_dead_letters}

    assert told == {fact.topic for fact in facts().values()}


def test_a_fact_stands_in_the_module_of_a_service_that_tells_it() -> None:
    told_by = {topic.name: topic.told_by for topic in topics()}

    strays = {fact for fact in facts().values() if teller(fact) not in told_by[fact.topic]}

    assert not strays


def teller(fact: type[Fact]) -> str:
    """The service of a fact's module."""
    module = fact.__module__.removeprefix("contracts.")
    return TOLD_APART.get(module, module)


TOLD_APART = {
    "rush": "orders",
    "supplier_cases": "procurement",
    "deliveries": "logistics",
    "incidents": "logistics",
    "calls": "telephony_router",
}
"""Modules named after what they tell of, and the service that tells it."""


def test_each_module_that_publishes_is_known_to_the_catalogue() -> None:
    known = {module.__name__.removeprefix("contracts.") for module in catalogue.PUBLISHERS}

    assert {TOLD_APART.get(module, module) for module in known} == {*services()}
    assert known >= {*TOLD_APART}


@pytest.mark.parametrize(("mode", "partitions"), [("development", 3), ("production", 12)])
def test_one_story_has_one_partition_number_everywhere(mode: Mode, partitions: int) -> None:
    assert {topic.partitions for topic in topics(mode)} == {partitions}


def test_production_survives_the_loss_of_a_broker() -> None:
    for topic in topics("production"):
        assert topic.replication == 3
        assert topic.config["min.insync.replicas"] == "2"


def test_each_service_has_a_place_for_what_it_cannot_read() -> None:
    letters = {topic.name for topic in topics() if topic.is_dead_letters}

    assert letters == {dead_letters_of(service) for service in services()}


def test_a_dead_letter_outlives_its_original() -> None:
    kept = [topic.retention for topic in topics() if topic.is_dead_letters]
    originals = [topic.retention for topic in topics() if not topic.is_dead_letters]

    assert longest(kept) > longest(originals)
    assert longest_retention() == longest(kept)


def test_a_dead_letter_has_room_for_the_record_and_what_is_said_about_it() -> None:
    largest_fact = 900_000

    for topic in topics():
        if topic.is_dead_letters:
            assert int(topic.config["max.message.bytes"]) > 2 * largest_fact


@pytest.mark.parametrize("mode", MODES)
def test_each_topic_says_why_it_is_kept_so_long(mode: Mode) -> None:
    for topic in topics(mode):
        assert len(topic.kept_because) > 40, topic.name


def test_only_the_state_of_things_is_kept_for_ever() -> None:
    assert {topic.name for topic in topics() if topic.is_compacted} == {
        "shop.changed",
        "staff.changed",
        "stock.changed",
        "terms.approved",
    }


def longest(kept: Iterable[timedelta | None]) -> timedelta:
    return max(each for each in kept if each is not None)
