"""Every fact that a service reacts to is published, has an example, and is understood by that service."""

import importlib
import json
from pathlib import Path

import pytest
from chassis.reactions import Reactions
from contracts.catalogue import example_of, example_text, facts
from contracts.topics import topics

SERVICES = Path(__file__).parents[2] / "services"


def tables() -> list[Reactions]:
    """The reaction table of each service that has one."""
    found = sorted(SERVICES.glob("*/src/*/entrypoints/subscribers.py"))
    return [importlib.import_module(f"{path.parts[-3]}.entrypoints.subscribers").reactions for path in found]


TABLES = {table.service: table for table in tables()}
READ = [(service, type_) for service, table in TABLES.items() for type_ in table.facts]


def test_orders_and_procurement_hear_each_other() -> None:
    assert {"orders", "procurement"} <= TABLES.keys()

    assert "order.created.v1" in TABLES["procurement"].facts
    assert "supply.allocated.v1" in TABLES["orders"].facts


@pytest.mark.parametrize(("service", "type_"), READ)
def test_a_fact_that_somebody_reads_is_published(service: str, type_: str) -> None:
    assert TABLES[service].facts[type_] is facts()[type_]


@pytest.mark.parametrize(("service", "type_"), READ)
def test_a_reader_understands_the_example(service: str, type_: str) -> None:
    reader = TABLES[service].facts[type_]

    later = json.dumps(json.loads(example_text(facts()[type_])) | {"told_later": "more"})

    assert reader.model_validate_json(later) == example_of(facts()[type_])


@pytest.mark.parametrize("service", TABLES)
def test_a_service_listens_to_topics_that_exist(service: str) -> None:
    assert set(TABLES[service].topics) <= {topic.name for topic in topics() if not topic.is_dead_letters}
