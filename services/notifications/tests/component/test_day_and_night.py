"""Nothing at night of the delivery city, nothing lost by the night; the reminder comes the day before."""

from datetime import UTC, datetime, timedelta

import pytest
from contracts.crm import ShopChangedV1
from notifications.application.outgoing import NotNow, Taken
from notifications.settings import NotificationsSettings
from notifications.testing.asking import Running, running
from notifications.testing.letters import MONDAY
from notifications.testing.news import cancelled, confirmed, created, promise

LATE = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
"""Half past eleven at night in Moscow; half past six in the morning in Vladivostok."""
NINE = datetime(2026, 3, 3, 6, tzinfo=UTC)


async def test_a_message_due_at_night_waits_until_the_morning_and_then_goes() -> None:
    async with running(start=lambda: LATE) as it:
        await it.tell(created(placed_at=LATE))
        await it.later(minutes=5)
        waiting = await it.messages()

        await it.later(hours=10)

        assert {each["due_at"] for each in waiting} == {"2026-03-03T06:00:00Z"}
        assert (len(it.sms.given), len(it.mail.given)) == (1, 1)
        assert it.chassis.told[0].model_dump()["sent_at"] == NINE


async def test_the_night_is_that_of_the_delivery_city_not_of_the_shop() -> None:
    async with running(start=lambda: LATE + timedelta(hours=3)) as it:  # 9:30 in Vladivostok
        await it.tell(confirmed(promise(time_zone="Asia/Vladivostok", promised_at=LATE)))
        await it.later(minutes=1)

        assert len(it.sms.given) == 1


async def test_before_anything_is_agreed_the_night_is_that_of_the_shop() -> None:
    async with running(start=lambda: LATE + timedelta(hours=3)) as it:
        shop = ShopChangedV1(shop_id="main", time_zone="Asia/Vladivostok", hours=(), owner_id="olga")
        await it.chassis.tell(shop, source="crm")

        await it.tell(created(placed_at=LATE))
        await it.later(minutes=1)

        assert len(it.sms.given) == 1


async def test_a_try_that_failed_in_the_evening_is_not_repeated_at_night() -> None:
    evening = datetime(2026, 3, 2, 17, 59, tzinfo=UTC)  # 20:59 in Moscow
    async with running(start=lambda: evening) as it:
        it.sms.answers = [NotNow("gateway_down"), NotNow("gateway_down"), Taken("g-1")]
        await it.tell(created(placed_at=evening))

        await it.later(hours=11)
        at_night = len(it.sms.given)
        await it.later(hours=3)

        assert at_night == 1
        assert len(it.sms.given) == 3


async def test_the_reminder_comes_the_day_before_at_noon(it: Running) -> None:
    await it.tell(confirmed())
    await it.later(hours=25)
    before = len(it.sms.given)

    await it.later(hours=2)

    assert before == 1
    assert it.sms.texts[1].startswith("Наш магазин: завтра, 4 марта, привезём заказ 1042")
    assert it.chassis.told[-1].model_dump()["template"] == "delivery_reminder"


async def test_what_is_agreed_for_tomorrow_needs_no_reminder_any_more() -> None:
    noon = datetime(2026, 3, 3, 10, tzinfo=UTC)
    async with running(start=lambda: noon) as it:
        await it.tell(confirmed(promise(promised_at=noon)))
        await it.later(minutes=1)

        assert {each["template"] for each in await it.messages()} == {"delivery_agreed"}


async def test_a_cancelled_order_is_not_reminded_of(it: Running) -> None:
    await it.tell(confirmed(), 1)
    await it.later(minutes=1)
    await it.tell(cancelled(promise=promise()), 2)

    assert (await it.states())["delivery_reminder", "sms"] == "dropped"
    await it.later(hours=48)
    assert len(it.sms.given) == 1


@pytest.mark.parametrize("way", [(1, 2), (2, 1)])
async def test_what_was_agreed_anew_is_told_and_reminded_of_alone(it: Running, way: tuple[int, int]) -> None:
    day_after = promise(
        reservation_id="r-2",
        starts_at=datetime(2026, 3, 5, 6, tzinfo=UTC),
        ends_at=datetime(2026, 3, 5, 12, tzinfo=UTC),
        promised_at=MONDAY + timedelta(minutes=5),
    )
    news = {1: confirmed(), 2: confirmed(day_after)}
    for sequence in way:
        await it.tell(news[sequence], sequence)
    await it.later(hours=80)

    assert ["4 марта" in text for text in it.sms.texts] == [False, False]
    assert ["5 марта" in text for text in it.sms.texts] == [True, True]


async def test_the_same_agreement_told_again_is_no_second_message(it: Running) -> None:
    await it.tell(confirmed(), 1, "f-1")
    await it.later(minutes=1)
    await it.tell(confirmed(), 2, "f-2")
    await it.later(minutes=1)

    assert len(it.sms.given) == 1


async def test_orders_of_before_we_began_are_left_in_peace() -> None:
    since = NotificationsSettings(silent_before=MONDAY + timedelta(hours=1))
    async with running(since) as it:
        await it.tell(created())
        await it.later(minutes=1)

        assert await it.messages() == []


async def test_a_confirmation_that_comes_a_day_late_is_not_sent_but_a_person_is_told(it: Running) -> None:
    await it.tell(created(placed_at=MONDAY - timedelta(hours=30)))
    await it.later(minutes=1)

    assert it.sms.given == []
    assert {fact.model_dump()["reason"] for fact in it.chassis.told} == {"expired"}
