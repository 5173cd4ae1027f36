"""Messages about Maria's order 1042 of brass lamps, agreed for Wednesday from 9 to 15 in Moscow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.handling import fold
from kernel.actor import Actor, Role
from kernel.money import Money
from kernel.personal import Personal

from notifications.domain import commands as o
from notifications.domain.correspondence import Correspondence, Order
from notifications.domain.decider import decide
from notifications.domain.evolving import evolve
from notifications.domain.message import About, Message, Promise, Writing
from notifications.domain.words import Channel, Report, Template

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Ten in the morning in Moscow."""
MOSCOW = "Europe/Moscow"
PHONE, NAME, EMAIL = "+79161234567", "Мария Ивановна Лампова", "maria.lampova@example.com"

PROMISE = Promise(
    kind="window",
    carrier_id="own-couriers",
    terms_version=3,
    reservation_id="r-1",
    starts_at=datetime(2026, 3, 4, 6, tzinfo=UTC),
    ends_at=datetime(2026, 3, 4, 12, tzinfo=UTC),
    time_zone=MOSCOW,
    point_id=None,
    price=Money(39000),
    promised_at=MONDAY,
)


def actor(staff_id: str, *roles: Role) -> Actor:
    """Somebody, with his roles."""
    return Actor(staff_id, frozenset(roles), shop_id="main")


ANNA = actor("anna", Role.SALES_MANAGER)
LENA = actor("lena", Role.LOGISTICIAN)
VERA = actor("vera", Role.SERVICE_OWNER)
STEPAN = actor("stepan", Role.WAREHOUSE_WORKER)
AGENT = actor("agent", Role.CALL_CENTRE_AGENT)


def minutes(many: float) -> datetime:
    """So long after ten on Monday."""
    return MONDAY + timedelta(minutes=many)


def order(**more: Any) -> Order:
    """Maria's order, otherwise."""
    usual = Order("o-1", "1042", "main", "c-maria", MONDAY, is_test=False, cancelled=False, promise=None)
    return replace(usual, **more)


def known(**more: Any) -> Correspondence:
    """What is known of it."""
    return Correspondence(order(**more), 1)


def writing(
    template: Template = Template.ORDER_TAKEN,
    channel: Channel = Channel.SMS,
    *,
    about: About | None = None,
    message_id: str = "m-1",
    follows: str | None = None,
) -> Writing:
    """Something to say to her."""
    return Writing(
        message_id=message_id,
        order_id="o-1",
        number="1042",
        shop_id="main",
        customer_id="c-maria",
        channel=channel,
        template=template,
        about=about or About(),
        cause_id="f-1",
        written_at=MONDAY,
        follows=follows,
    )


def write(due_at: datetime = MONDAY, expires_at: datetime = MONDAY + timedelta(hours=24)) -> o.Write:
    """The SMS that her order is taken."""
    return o.Write(writing(), due_at, expires_at)


def begin(at: datetime = MONDAY) -> o.BeginSending:
    """Her SMS goes out."""
    return o.BeginSending("m-1", "ru", Personal("+7916***4567"), at)


def taken(at: datetime = MONDAY, key: str = "m-1") -> o.RecordTaken:
    """The gateway took it."""
    return o.RecordTaken("m-1", key, "smsc", key, Money(380), at, timedelta(minutes=30))


def later(fault: str = "gateway_down", at: datetime | None = None, *, perhaps: bool = False) -> o.TryLater:
    """It did not work."""
    return o.TryLater("m-1", fault, at or minutes(1), perhaps)


def reported(report: Report, at: datetime | None = None, key: str | None = "m-1") -> o.HearReport:
    """The gateway calls back."""
    return o.HearReport("m-1", key, "smsc", "m-1", report, at or minutes(2))


def resend(by: Actor = ANNA, at: datetime | None = None) -> o.Resend:
    """A person wants it sent once more."""
    moment = at or minutes(60)
    return o.Resend("m-1", by, moment, moment, moment + timedelta(hours=24))


def given(*asked: o.Command) -> Message | None:
    """The message after these."""
    message: Message | None = None
    for command in asked:
        decision = decide(command, message)
        assert isinstance(decision, list)
        message = fold(evolve, decision, message)
    return message
