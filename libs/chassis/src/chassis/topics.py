"""Making Kafka's topics what `contracts` says. Nothing is ever shrunk or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from chassis.connections import KafkaAccess
from chassis.topic_listing import Listed, administering, check, listing, there_are

__all__ = ["Applied", "Listed", "Wanted", "apply", "listing"]


class Wanted(Protocol):
    """What `contracts.topics.Topic` says of a topic. `replication` -1 leaves it to the broker."""

    @property
    def name(self) -> str: ...
    @property
    def partitions(self) -> int: ...
    @property
    def replication(self) -> int: ...
    @property
    def config(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done. `too_few` could be widened, but that moves stories to other lanes (`apply`); `too_many` cannot be
    undone.
    """

    made: tuple[str, ...] = ()
    widened: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    too_few: tuple[str, ...] = ()
    too_many: tuple[str, ...] = ()

    @property
    def changed(self) -> list[str]:
        """The names of what was made or altered, sorted."""
        return sorted({*self.made, *self.widened, *self.altered})


async def apply(
    kafka: KafkaAccess, topics: Sequence[Wanted], partitions: int | None = None, *, widen: bool = False
) -> Applied:
    """Make what is missing, alter what differs. `partitions` overrules the count of all topics at once.

    `widen` adds partitions: stories then change their lane, so every service must be stopped and drained, and it is
    done for all topics or none.
    """
    async with administering(kafka) as admin:
        there = {each.name: each for each in await there_are(admin)}
        missing = [topic for topic in topics if topic.name not in there]
        known = [topic for topic in topics if topic.name in there]
        count = {topic.name: partitions or topic.partitions for topic in known}
        few = {name: wanted for name, wanted in count.items() if there[name].partitions < wanted}
        differing = [topic for topic in known if not topic.config.items() <= there[topic.name].config.items()]
        await _make(admin, missing, partitions)
        if few and widen:
            await admin.create_partitions({name: NewPartitions(wanted) for name, wanted in few.items()})
        await _alter(admin, [(topic, there[topic.name]) for topic in differing])
    return Applied(
        made=tuple(topic.name for topic in missing),
        widened=tuple(few) if widen else (),
        altered=tuple(topic.name for topic in differing),
        too_few=() if widen else tuple(few),
        too_many=tuple(name for name, wanted in count.items() if there[name].partitions > wanted),
    )


async def _make(admin: AIOKafkaAdminClient, missing: Sequence[Wanted], partitions: int | None) -> None:
    if not missing:
        return
    # aiokafka takes a replication of -1 only when assignments are given: none will do.
    new = [
        NewTopic(
            each.name,
            partitions or each.partitions,
            each.replication,
            {} if each.replication < 0 else None,
            each.config,
        )
        for each in missing
    ]
    answer = await admin.create_topics(new)
    for name, code, message in answer.topic_errors:
        if for_code(code) is not TopicAlreadyExistsError:  # somebody was faster
            check(name, code, message)


async def _alter(admin: AIOKafkaAdminClient, differing: Sequence[tuple[Wanted, Listed]]) -> None:
    # Altering replaces all that was set on the topic, so what others set is sent again.
    resources = [
        ConfigResource(ConfigResourceType.TOPIC, topic.name, {**there.config, **topic.config})
        for topic, there in differing
    ]
    for answer in await admin.alter_configs(resources) if resources else []:
        for code, message, _, name in answer.resources:
            check(name, code, message)
