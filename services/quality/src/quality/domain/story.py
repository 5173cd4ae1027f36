"""What is known here of an order: who touched it, and how its customer wants to be reached. Any fact may open it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

OPEN = "open"
WAITS_FOR_THE_ORDER = timedelta(hours=1)
"""So long a delivery waits for orders' own word of its order; then its call is opened with what is known."""
MOST_TOUCHED = 64


@dataclass(frozen=True, slots=True)
class Delivery:
    """The customer has his goods; `zone` is the delivery city's, `heard_at` when we heard of it; `way` is `delivery` to his
    door or `pickup`.
    """

    shop_id: str
    customer_id: str | None
    carrier_id: str
    zone: str
    at: datetime
    heard_at: datetime
    tags: tuple[str, ...] = ()
    way: str = "delivery"


@dataclass(frozen=True, slots=True)
class Supply:
    """Whose goods the order is made of, as procurement told at that `sequence`."""

    sequence: int
    suppliers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What one fact tells of an order. `order_sequence` is its newness when orders told it, else 0. `touched` are staff
    ids found in it.
    """

    order_id: str
    touched: tuple[str, ...] = ()
    order_sequence: int = 0
    customer_id: str | None = None
    responsible_id: str | None = None
    no_calls: bool | None = None
    is_test: bool | None = None
    placed_at: datetime | None = None
    delivery: Delivery | None = None
    ordered_by: str | None = None
    supply: Supply | None = None
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class CallOpened:
    """The order's call is there, or it needs none."""

    order_id: str


@dataclass(frozen=True, slots=True)
class Story:
    """`touched` only grows: whoever answered for the order once can't check it later (R9)."""

    order_id: str
    touched: tuple[str, ...] = ()
    order_sequence: int = 0
    customer_id: str | None = None
    responsible_id: str | None = None
    no_calls: bool = False
    is_test: bool = False
    placed_at: datetime | None = None
    delivery: Delivery | None = None
    call_opened: bool = False
    ordered_by: str | None = None
    supply: Supply | None = None
    claimed: bool = False

    @property
    def touchpoints(self) -> tuple[str, ...]:
        """Where the customer met the shop, as far as facts tell (R87)."""
        met = (
            self.ordered_by,
            self.delivery.way if self.delivery else None,
            "claim" if self.claimed else None,
        )
        return tuple(each for each in met if each)

    @property
    def complete(self) -> bool:
        """Whether orders told of it."""
        return self.order_sequence > 0


@dataclass(frozen=True, slots=True)
class StoryHeard:
    """It is known so now."""

    now: Story


def hear(news: News | CallOpened, story: Story | None) -> Sequence[StoryHeard]:
    """Whoever touched it is added by every fact; what the order is like is told by the newest."""
    start = story or Story(news.order_id)
    if isinstance(news, CallOpened):
        return [] if start.call_opened else [StoryHeard(replace(start, call_opened=True))]
    more = tuple(each for each in dict.fromkeys(news.touched) if each not in start.touched)
    after = replace(start, touched=(*start.touched, *more)[:MOST_TOUCHED])
    if start.delivery is None:
        after = replace(after, delivery=news.delivery)
    if news.supply and (start.supply is None or news.supply.sequence > start.supply.sequence):
        after = replace(after, supply=news.supply)
    after = replace(after, claimed=start.claimed or news.claimed)
    if news.order_sequence > start.order_sequence:
        after = replace(
            after,
            order_sequence=news.order_sequence,
            customer_id=news.customer_id or start.customer_id,
            responsible_id=news.responsible_id or start.responsible_id,
            no_calls=bool(news.no_calls),
            is_test=bool(news.is_test),
            placed_at=news.placed_at,
            ordered_by=news.ordered_by,
        )
    return [] if after == story else [StoryHeard(after)]


def evolve(story: Story | None, change: StoryHeard) -> Story:
    """It is as was heard."""
    del story
    return change.now


def deadlines(story: Story) -> Sequence[Deadline]:
    """A delivered order's call is opened at once; without a word of the order, a little later all the same (R82)."""
    if story.delivery is None or story.call_opened:
        return []
    wait = timedelta() if story.complete else WAITS_FOR_THE_ORDER
    return [Deadline(OPEN, story.delivery.heard_at + wait)]
