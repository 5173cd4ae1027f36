"""Real Kafka with the lamps' own topics; a group of its own for each test."""

from collections.abc import AsyncIterator

import pytest
from chassis.publishing import KafkaPublisher
from chassis.settings import KafkaSettings
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, make_topics, new_group, publishing


@pytest.fixture(scope="session")
async def kafka(infra: Infra) -> KafkaSettings:
    """Where the run's Kafka is."""
    kafka = kafka_at(infra.kafka)
    await make_topics(kafka)
    return kafka


@pytest.fixture
async def publisher(kafka: KafkaSettings) -> AsyncIterator[KafkaPublisher]:
    """Tells facts, as a relay would."""
    async with publishing(kafka) as publisher:
        yield publisher


@pytest.fixture
async def group(kafka: KafkaSettings) -> str:
    """A group that hears only what this test tells."""
    return await new_group(kafka)
