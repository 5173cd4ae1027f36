"""The embedded Kafka and MongoDB as parts of the stack."""

from functools import partial

from chassis.embedded.jars import Progress
from chassis.embedded.kafka import Kafka
from chassis.embedded.mongo import Mongo
from chassis.embedded.zipkin import Zipkin

from opblok.home import Home
from opblok.stack.settings import StackSettings
from opblok.supervision.part import Part


def kafka(settings: StackSettings, home: Home) -> Kafka:
    return Kafka(home.data / "kafka", home.log("kafka"), settings.kafka_port, settings.kafka_controller_port)


def mongo(settings: StackSettings, home: Home) -> Mongo:
    return Mongo(home.data / "mongodb", home.log("mongodb"), settings.mongo_port)


def zipkin(settings: StackSettings, home: Home) -> Zipkin:
    return Zipkin(home.log("zipkin"), settings.zipkin_port)


def kafka_part(ours: Kafka, progress: Progress) -> Part:
    return Part(ours.program(), ours.address, ours.is_ready, lambda: ours.prepare(progress))


def servers(settings: StackSettings, home: Home, progress: Progress) -> tuple[Part, ...]:
    """Those that the user did not bring himself; and Zipkin, where he wants to see traces."""
    parts: list[Part] = []
    if settings.kafka is None:
        parts.append(kafka_part(kafka(settings, home), progress))
    if settings.mongo is None:
        ours = mongo(settings, home)
        parts.append(Part(ours.program(), ours.address, ours.is_ready, ours.prepare))
    if settings.traces:
        shown = zipkin(settings, home)
        prepare = partial(shown.prepare, progress)
        parts.append(Part(shown.program(), shown.address, shown.is_ready, prepare, ready_within=120.0))
    return tuple(parts)
