"""What logistics can keep for Maria's order, and what is asked about its delivery."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kernel.actor import Actor
from kernel.money import Money
from kernel.personal import Personal

from orders.domain import delivery_commands as d
from orders.domain.delivery import Handing, Leaving, Offered, Words
from orders.domain.words import Channel
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, minutes
from orders.testing.people import ANNA

WEDNESDAY = Offered(
    kind=Handing.WINDOW,
    carrier_id="own-couriers",
    terms_version=3,
    zone="moscow",
    starts_at=datetime(2026, 3, 4, 6, tzinfo=UTC),
    ends_at=datetime(2026, 3, 4, 12, tzinfo=UTC),
    time_zone="Europe/Moscow",
    price=Money(39000),
    words=Words("4 марта, с 9 до 15", "4 March, 9 to 15"),
)
"""At her door on Wednesday, from nine to three in Moscow."""

EVENING = replace(
    WEDNESDAY,
    starts_at=datetime(2026, 3, 4, 15, tzinfo=UTC),
    ends_at=datetime(2026, 3, 4, 19, tzinfo=UTC),
    price=Money(49000),
)
POINT = replace(
    WEDNESDAY,
    kind=Handing.POINT,
    carrier_id="points",
    point_id="msk-7",
    price=Money(0),
    words=Words("С 4 марта, Тверская, 7, до 21:00", "From 4 March, Tverskaya 7, till 21:00"),
)
NEIGHBOUR = Leaving(Personal("бабушка Клавдия"), Personal("консьерж Пётр"))


def agree(
    offered: Offered = WEDNESDAY, at: datetime = MONDAY, actor: Actor = ANNA, **more: Any
) -> d.AgreeDelivery:
    """Anna agrees the delivery with Maria."""
    asked = d.AgreeDelivery(ORDER_ID, offered, f"res-{offered.starts_at:%d%H}", actor, at, CLOCKS)
    return replace(asked, **more)


def tell(channel: Channel = Channel.PHONE, actor: Actor = ANNA, of: int | None = None) -> d.TellPromise:
    """Maria is told of it."""
    return d.TellPromise(ORDER_ID, channel, actor, minutes(3), CLOCKS, of)
