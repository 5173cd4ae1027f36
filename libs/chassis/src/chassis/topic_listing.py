"""What topics are on the broker."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, for_code

from chassis.connections import KafkaAccess, access

SET_ON_TOPIC = 1
"""Kafka's mark of a setting that somebody gave to this topic, as against a default."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic as it is on the broker; `config` has only what was set on the topic itself."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]


async def listing(kafka: KafkaAccess) -> list[Listed]:
    """The topics on the broker, Kafka's own left out, sorted by name."""
    async with administering(kafka) as admin:
        return await there_are(admin)


@asynccontextmanager
async def administering(kafka: KafkaAccess) -> AsyncGenerator[AIOKafkaAdminClient]:
    """An admin client, closed afterwards."""
    admin = AIOKafkaAdminClient(**access(kafka, "opblok-topics"), request_timeout_ms=15_000)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def there_are(admin: AIOKafkaAdminClient) -> list[Listed]:
    """The same, over a client that is there already."""
    found = [each for each in await admin.describe_topics() if not each["is_internal"]]
    configs = await _configs(admin, [each["topic"] for each in found])
    listed = [
        Listed(
            each["topic"],
            len(each["partitions"]),
            len(each["partitions"][0]["replicas"]),
            configs.get(each["topic"], {}),
        )
        for each in found
    ]
    return sorted(listed, key=lambda each: each.name)


async def _configs(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, dict[str, str]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, dict[str, str]] = {}
    for answer in await admin.describe_configs(resources) if resources else []:
        for code, message, _, name, entries in answer.resources:
            check(name, code, message)
            found[name] = {entry[0]: entry[1] for entry in entries if _set_on_topic(entry)}
    return found


def _set_on_topic(entry: Sequence[Any]) -> bool:
    _name, _value, _read_only, source, *_ = entry
    return source == SET_ON_TOPIC


def check(name: str, code: int, message: str | None) -> None:
    """Raise what Kafka answered about one topic, if it was an error."""
    if code:
        error: type[KafkaError] = for_code(code)
        raise error(f"{name}: {message}")
