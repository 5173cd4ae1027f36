"""`opblok up` on a cluster that somebody brought: nothing is started beside it, and topics are made as it can keep them."""

from pathlib import Path

import pytest
from chassis.settings import KafkaSettings
from contracts.topics import Mode
from opblok.home import Home
from opblok.stack.settings import StackSettings
from opblok.stack.stack import stages

BROKERS = "10.0.0.1:9092,10.0.0.2:9092,10.0.0.3:9092"
MEMBERS = "mongodb://10.0.0.1,10.0.0.2,10.0.0.3/?replicaSet=shop"


@pytest.mark.parametrize("mode", ["development", "production"])
async def test_topics_are_made_as_the_settings_say(tmp_path: Path, mode: Mode) -> None:
    asked: list[tuple[str, Mode]] = []

    async def make_topics(kafka: KafkaSettings, how: Mode) -> None:
        asked.append((kafka.servers, how))

    settings = StackSettings.model_validate({"kafka": BROKERS, "mongo": MEMBERS, "topics": mode})
    servers, services = stages(
        settings,
        Home(tmp_path),
        progress=lambda _what, _done: None,
        make_topics=make_topics,
        services=("crm", "orders"),
    )
    await servers.afterwards()

    assert asked == [(BROKERS, mode)]
    assert servers.parts == ()
    assert [each.name for each in services.parts] == ["crm", "orders"]
    assert services.parts[0].program.environment["OPBLOK_MONGO"] == MEMBERS
