"""What a fact is: something that happened in one service, told once and for ever.

A fact's body says what happened *and* the state of the thing after it, as far as others may know it. Its id, time,
type and sequence travel in CloudEvents headers (binary mode), never in the body. No body carries a phone, a name or an
address, nor a hash of one.
"""

from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A part of a fact. A reader ignores fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_timedelta="iso8601")


class Fact(Value):
    """A fact that one service publishes and any other may rely on.

    `type` is the CloudEvents type with its version (`order.created.v1`), `topic` the Kafka topic (one type of fact in
    each). The record key is `story()`; `ce_subject` is `subject()`, the id of the thing that the sequence counts.
    """

    type: ClassVar[str]
    topic: ClassVar[str]

    def subject(self) -> str:
        """The id of the thing this fact is about."""
        raise NotImplementedError(type(self).__name__)

    def story(self) -> str:
        """The id of the story it belongs to: the record key. The thing's own id unless the thing is part of an order."""
        return self.subject()


FACTS: dict[str, type[Fact]] = {}
"""Every published fact by its CloudEvents type, e.g. `order.created.v1`."""


F = TypeVar("F", bound=Fact)


def published(fact: type[F]) -> type[F]:
    """Enter a fact into `FACTS`; its type is `<topic>.v<N>`, N read off the end of the class's name."""
    version = fact.__name__.rpartition("V")[2]
    if fact.type != f"{fact.topic}.v{version}" or fact.type in FACTS:
        raise ValueError(f"{fact.__name__}: type {fact.type!r} does not fit topic {fact.topic!r}")
    FACTS[fact.type] = fact
    return fact
