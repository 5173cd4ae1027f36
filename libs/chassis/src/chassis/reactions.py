"""The reaction table of a service: declared through FastStream, run by our own lanes (wire.md 2).

FastStream 0.7.8 never consumes here. Of its internals we use that a broker sets up its logger, that a subscriber
builds its call models, and that it works one record and lets what the reaction raises come through. This is the only
file that may reach into them; a contract test on real Kafka holds it.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, TypeVar

from contracts.fact import Fact
from faststream import AckPolicy, Context
from faststream.kafka import KafkaBroker
from kernel.actor import service as acting

from chassis.clock import SystemClock
from chassis.envelopes import Envelope
from chassis.feeding import Feed, feeding
from chassis.injection import Reaction, asked, given, names
from chassis.occasions import Occasion
from chassis.reading import Raw, is_of, parse, reads

R = TypeVar("R", bound=Reaction)

Wired = Mapping[str, Any]
Now = Callable[[], datetime]

ThisOccasion = Annotated[Occasion, Context("occasion")]
"""What a reaction asks for to get the occasion of its fact."""

OURS = {"occasion", "context", "message", "logger", "handler_", "log_context"}


@dataclass(frozen=True, slots=True)
class _Told:
    fact: type[Fact]
    even_if_stale: bool


class Reactions:
    """What one service does when others speak.

    `@reactions.told(OrderCreatedV1)` enters an async function whose first parameter is the fact; further parameters
    are injected by name: `occasion: ThisOccasion`, `allocating: Annotated[Allocating, Context()]`. Topic and type
    come from the fact; several versions may share a topic. `even_if_stale` lets a fact through to the decider that is
    older than one already heard of the same thing.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self._broker = KafkaBroker(logger=None, apply_types=False, allow_auto_create_topics=False)
        self._told: dict[str, _Told] = {}
        self._subscribers: dict[str, Any] = {}
        self._needs: set[str] = set()
        self._built = False

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to read, sorted."""
        return tuple(sorted(self._subscribers))

    @property
    def facts(self) -> Mapping[str, type[Fact]]:
        """What there is a reaction for, by CloudEvents type."""
        return {type_: told.fact for type_, told in self._told.items()}

    def told(self, fact: type[Fact], *, even_if_stale: bool = False) -> Callable[[R], R]:
        """Enter a reaction to this fact."""
        if fact.type in self._told:
            raise ValueError(f"{self.service} reacts to {fact.type} twice")
        self._told[fact.type] = _Told(fact, even_if_stale)
        subscriber = self._subscriber(fact.topic)

        def enter(reaction: R) -> R:
            subscriber(self._injected(reaction), filter=is_of(fact.type), decoder=reads(fact))
            return reaction

        return enter

    def knows(self, type_: str) -> bool:
        """Whether there is a reaction to this type."""
        return type_ in self._told

    def check(self, wired: Wired) -> None:
        """Raise when a reaction asks for what is not wired: found at start, not by the first fact."""
        missing = self._needs - {"occasion"} - set(wired)
        if missing or OURS & set(wired):
            raise LookupError(
                f"reactions of {self.service}: not wired {missing}, reserved {OURS & set(wired)}"
            )

    def occasion(self, of: Envelope, at: datetime) -> Occasion:
        """The occasion that a fact is, for this service."""
        occasion = Occasion(
            id=of.id,
            at=at,
            actor=acting(self.service),
            correlation_id=of.correlation_id,
            heard=(of.thing, of.sequence),
            remembered=True,
            told_at=of.told_at,
        )
        told = self._told.get(of.type)
        return replace(occasion, even_if_stale=True) if told and told.even_if_stale else occasion

    async def react(self, record: Raw, occasion: Occasion, wired: Wired) -> None:
        """Run the reaction to this record, whose type is known here; what it raises comes through."""
        if not self._built:
            self._build()
        with self._broker.context.scopes((("occasion", occasion), *wired.items())):
            await self._subscribers[record.topic].process_message(record)

    def in_memory(self, wired: Wired, now: Now | None = None) -> AbstractAsyncContextManager[Feed]:
        """For component tests: `async with reactions.in_memory(wired) as feed: await feed(fact, source="orders")`."""
        self.check(wired)
        return feeding(self._broker, self, wired, now or SystemClock().now)

    def _injected(self, reaction: Reaction) -> Callable[[Fact], Awaitable[None]]:
        fields = asked(reaction)
        self._needs |= names(fields)

        async def run(told: Fact) -> None:
            await reaction(told, **given(fields, self._broker.context))

        run.__name__, run.__doc__ = reaction.__name__, reaction.__doc__
        return run

    def _subscriber(self, topic: str) -> Any:
        if topic not in self._subscribers:
            self._subscribers[topic] = self._broker.subscriber(
                topic, group_id=self.service, ack_policy=AckPolicy.MANUAL, parser=parse
            )
        return self._subscribers[topic]

    def _build(self) -> None:
        # Silent, since `logger=None`: FastStream's own log lines would carry bodies. There is no public way to set a
        # broker up without connecting it.
        self._broker._setup_logger()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        for subscriber in self._subscribers.values():
            subscriber._build_fastdepends_model()  # noqa: SLF001
        self._built = True
