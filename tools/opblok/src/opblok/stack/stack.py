"""The embedded stack: Kafka and MongoDB, their topics, then the services."""

from collections.abc import Awaitable, Callable, Sequence

from chassis.embedded.jars import Progress
from chassis.settings import KafkaSettings
from contracts.topics import Mode

from opblok.home import Home
from opblok.stack.apps import Addresses, service
from opblok.stack.servers import kafka, mongo, servers, zipkin
from opblok.stack.settings import SERVICES, StackSettings
from opblok.supervision.part import Stage

MakeTopics = Callable[[KafkaSettings, Mode], Awaitable[object]]


def addresses(settings: StackSettings, home: Home) -> Addresses:
    """Of the servers the user named, else of the embedded ones."""
    return Addresses(
        settings.kafka or kafka(settings, home).address,
        settings.mongo.get_secret_value() if settings.mongo else mongo(settings, home).address,
        zipkin(settings, home).takes if settings.traces else None,
    )


def stages(
    settings: StackSettings,
    home: Home,
    *,
    progress: Progress,
    make_topics: MakeTopics,
    services: Sequence[str] = SERVICES,
) -> tuple[Stage, ...]:
    """What starts together, in order; it stops in the opposite order, MongoDB before Kafka."""
    where = addresses(settings, home)

    async def topics() -> None:
        await make_topics(KafkaSettings(servers=where.kafka), settings.topics)

    return (
        Stage(servers(settings, home, progress), topics, doing="making topics", together=False),
        Stage(tuple(service(name, settings, home, where) for name in services)),
    )
