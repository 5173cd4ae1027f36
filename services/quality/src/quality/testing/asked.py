"""A call in unit tests: Maria's lamps came on Monday, on Tuesday somebody asks."""

from datetime import datetime, timedelta
from typing import Any

from kernel.actor import Actor

from quality.domain import commands as o
from quality.domain.answers import Answers
from quality.domain.call import Asking, Channel, Result
from quality.domain.hours import DAY, due_at, local_day, overdue_at
from quality.domain.policies import USUAL
from quality.testing.news import KIRA, MONDAY, MOSCOW

TUESDAY = MONDAY + timedelta(days=1)
FINE = Answers(in_order=True, content=True)


def asking(channel: Channel = Channel.CALL, **more: Any) -> Asking:
    """What never changes about it."""
    due = due_at(MONDAY, MOSCOW, USUAL.hours)
    usual: dict[str, Any] = {
        "call_id": "q-1",
        "order_id": "o-1",
        "shop_id": "main",
        "customer_id": "c-maria",
        "carrier_id": "own-couriers",
        "responsible_id": "anna",
        "zone": MOSCOW,
        "delivered_at": MONDAY,
        "delivered_on": local_day(MONDAY, MOSCOW),
        "due_at": due,
        "overdue_at": overdue_at(MONDAY, MOSCOW, USUAL.hours),
        "ends_at": due + USUAL.give_up_after * DAY,
        "channel": channel,
    }
    return Asking(**{**usual, **more})


def due(channel: Channel = Channel.CALL) -> o.OpenCall:
    """It was delivered."""
    return o.OpenCall(asking(channel), "kira")


def opening(actor: Actor = KIRA, at: datetime = TUESDAY, bias: str | None = None) -> o.OpenContact:
    """Somebody is about to call."""
    return o.OpenContact("q-1", actor, bias, at)


def tried(result: Result = Result.NO_ANSWER, actor: Actor = KIRA, at: datetime = TUESDAY) -> o.RecordTry:
    """Nobody answered."""
    return o.RecordTry("q-1", actor, None, result, "ksenia", at)


def answered(answers: Answers = FINE, actor: Actor = KIRA, at: datetime = TUESDAY) -> o.RecordAnswers:
    """She said it."""
    return o.RecordAnswers("q-1", actor, None, answers, "ksenia", at)


def by_link(answers: Answers = FINE, at: datetime = TUESDAY) -> o.AnswerByLink:
    """She wrote it."""
    return o.AnswerByLink("q-1", answers, "ksenia", at)


def passed(name: str, at: datetime = TUESDAY) -> o.PassDeadline:
    """A moment has come."""
    return o.PassDeadline("q-1", name, "owner", "ksenia", at)
