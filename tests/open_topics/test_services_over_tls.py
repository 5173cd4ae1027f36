"""opblok's own services reach a Kafka that wants TLS, a name and a password: they tell, react, and keep dead letters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from chassis.faults import BusDown
from chassis.letters import letters
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions
from chassis.records import Record, record
from chassis.settings import KafkaSettings
from chassis.testing.lamps import reading
from chassis.testing.waiting import eventually
from chassis.topics import listing
from contracts.catalogue import example_of, facts
from contracts.orders import OrderPaidV1
from contracts.topics import topics

from .conftest import Guarded

WITHIN = 60.0


def paid() -> Record:
    return record(example_of(facts()["order.paid.v1"]), 1, "orders", datetime.now(UTC), "test")


@pytest.fixture
def settings(guarded: Guarded) -> Iterator[KafkaSettings]:
    """From the environment, as a process has them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPBLOK_KAFKA", guarded.outside)
        environment.setenv("OPBLOK_KAFKA_SECURITY", "SASL_SSL")
        environment.setenv("OPBLOK_KAFKA_MECHANISM", "SCRAM-SHA-512")
        environment.setenv("OPBLOK_KAFKA_USERNAME", "opblok")
        environment.setenv("OPBLOK_KAFKA_PASSWORD_FILE", str(guarded.password_file("opblok")))
        environment.setenv("OPBLOK_KAFKA_CA_FILE", str(guarded.ca_file))
        yield KafkaSettings()


async def test_a_fact_is_told_and_heard_and_poison_becomes_a_dead_letter(
    settings: KafkaSettings, opblok: KafkaPublisher
) -> None:
    reactions, heard = Reactions("orders"), list[str]()

    @reactions.told(OrderPaidV1)
    async def note(told: OrderPaidV1) -> None:
        heard.append(told.order.order_id)

    good, poison = paid(), replace(paid(), value=b'{"order": "broken')
    async with reading(settings, f"orders-{uuid4()}", reactions, opblok):
        await opblok(poison)
        await opblok(good)
        await eventually(lambda: good.key in heard, within=WITHIN)

    assert poison.id in {letter.fact_id for letter in await letters(settings, "orders")}


async def test_topics_are_made_and_listed(settings: KafkaSettings, opblok: KafkaPublisher) -> None:
    assert {each.name for each in topics()} <= {each.name for each in await listing(settings)}


async def test_without_the_authority_the_broker_is_not_believed(guarded: Guarded, tmp_path: Path) -> None:
    settings = guarded.settings("opblok").model_copy(update={"ca_file": None})
    publisher = KafkaPublisher(settings, within=3.0)
    publisher.start()
    try:
        with pytest.raises(BusDown):
            await publisher(paid())
    finally:
        await publisher.stop()
