"""Who plans sees in time that not everybody can be asked (R93)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.domain.staffing import Ahead, outlook
from quality.testing.asking import SETTINGS, Running, running
from quality.testing.news import ANNA, MONDAY


@pytest.fixture
async def shop() -> AsyncIterator[Running]:
    async with running() as it:
        yield it


async def days(shop: Running, count: int = 3) -> Any:
    answer = await shop.ask("GET", f"/staffing?days={count}", ANNA)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_calls_stand_beside_those_that_can_be_made(shop: Running) -> None:
    for n in range(5):
        await shop.deliver(f"o-{n}")

    found = await days(shop)

    assert found["warns"] is False
    assert [(each["day"], each["due"], each["controllers"], each["possible"]) for each in found["days"]] == [
        ("2026-03-02", 0, 2, 80),
        ("2026-03-03", 5, 2, 80),
        ("2026-03-04", 0, 2, 80),
    ]


async def test_what_nobody_has_time_for_is_warned_of_and_carried_on() -> None:
    async with running(SETTINGS.model_copy(update={"calls_a_day": 1})) as shop:
        for n in range(5):
            await shop.deliver(f"o-{n}")

        found = await days(shop)

    assert found["warns"] is True
    assert [(each["due"], each["carried"], each["short"]) for each in found["days"]] == [
        (0, 0, 0),
        (5, 0, 3),
        (0, 3, 1),
    ]


async def test_what_was_not_done_yesterday_counts_today(shop: Running) -> None:
    await shop.deliver("o-1")
    await shop.later(hours=24 + 20)

    found = await days(shop, 1)

    assert (found["days"][0]["day"], found["days"][0]["due"]) == ("2026-03-04", 1)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 5)), max_size=31), st.integers(1, 60))
def test_every_call_is_made_or_left_over(plan: list[tuple[int, int]], calls_a_day: int) -> None:
    found = outlook([Ahead(MONDAY.date(), due, there) for due, there in plan], calls_a_day)

    made = sum(min(each.due + each.carried, each.possible) for each in found)
    assert made + (found[-1].short if found else 0) == sum(due for due, _ in plan)
