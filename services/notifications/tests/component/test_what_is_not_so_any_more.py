"""A message says what orders says when it goes: what has changed since, and was told to nobody who writes, is not sent."""

from contracts.orders import OrderRefundDueV1
from contracts.values import MoneyV1
from notifications.testing.asking import Running
from notifications.testing.news import confirmed, refund_due


async def test_no_reminder_of_a_promise_that_no_longer_holds(it: Running) -> None:
    """The address changed: the promise is void, and that is told as a changed order, which nobody here listens to."""
    await it.tell(confirmed())
    await it.later(minutes=1)
    agreed = len(it.sms.texts)

    it.orders.contact["promise"] = None
    await it.later(days=2)

    assert len(it.sms.texts) == agreed == 1
    assert (await it.states())["delivery_reminder", "sms"] == "dropped"


async def test_no_reminder_of_a_promise_that_was_replaced_though_the_news_of_it_is_late(it: Running) -> None:
    await it.tell(confirmed())
    await it.later(minutes=1)

    it.orders.contact["promise"] = {**it.orders.contact["promise"], "reservation_id": "r-2"}
    await it.later(days=2)

    assert len(it.sms.texts) == 1


async def test_a_refund_is_told_of_as_large_as_it_is_when_the_message_goes(it: Running) -> None:
    await it.tell(refund_due())
    it.orders.contact["refunds"] = [{"refund_id": "rf-1", "amount": 90000, "currency": "RUB"}]
    await it.later(minutes=1)

    assert len(it.sms.texts) == 1
    assert "вернём вам 900 ₽" in it.sms.texts[0]


async def test_a_refund_that_was_withdrawn_is_not_promised(it: Running) -> None:
    await it.tell(refund_due())
    it.orders.contact["refunds"] = []
    await it.later(minutes=1)

    assert it.sms.texts == []
    assert set((await it.states()).values()) == {"dropped"}


async def test_goodwill_that_a_second_person_may_still_refuse_is_not_promised(it: Running) -> None:
    await it.tell(generous(needs_approval=True))
    await it.later(minutes=1)
    assert it.sms.texts == []

    await it.tell(generous("rf-2", needs_approval=False), 2)
    await it.later(minutes=1)
    assert len(it.sms.texts) == 1


async def test_what_the_law_demands_is_told_of_whoever_still_has_to_agree(it: Running) -> None:
    await it.tell(refund_due().model_copy(update={"needs_approval": True}))
    await it.later(minutes=1)

    assert len(it.sms.texts) == 1


def generous(refund_id: str = "rf-1", *, needs_approval: bool) -> OrderRefundDueV1:
    """The shop wants to let her off a part."""
    asked = {"reason": "goodwill", "needs_approval": needs_approval}
    return refund_due(refund_id).model_copy(update={**asked, "amount": MoneyV1(minor=90000, currency="RUB")})
