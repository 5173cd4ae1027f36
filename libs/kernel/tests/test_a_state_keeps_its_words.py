"""The chassis stores a state as pydantic dumps it in JSON mode; each kernel type comes back as it went in.

`kernel` itself knows no pydantic.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from kernel.action import Action
from kernel.actor import Actor, Grade, Role
from kernel.calendar import Hours, WorkingCalendar
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.pairs import Breach
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.window import Window
from pydantic import TypeAdapter

NINE = datetime(2026, 3, 2, 6, tzinfo=UTC)
LUNCH = (time(13), time(14))


@dataclass(frozen=True, slots=True)
class Recipient:
    name: Personal
    phones: tuple[Phone, ...]
    address: Personal | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """A state that holds everything."""

    recipient: Recipient
    total: Money
    parts: Mapping[str, Money]
    promised: Window | None
    calendar: WorkingCalendar
    by: Actor
    due: tuple[Deadline, ...]
    refused: Breach | None
    tried: tuple[Action, ...]
    worked: timedelta


SALE = Sale(
    recipient=Recipient(Personal("Ольга Лампова"), (Phone("+79161234567"), Phone("+74951234567", "12"))),
    total=Money.of("6480.00"),
    parts={"lamp": Money.of("6130"), "delivery": Money.of("350")},
    promised=Window(NINE, NINE + timedelta(hours=6), "Europe/Moscow"),
    calendar=WorkingCalendar(
        "Europe/Moscow",
        {1: Hours(time(10), time(18), LUNCH), 6: Hours(time(22), time(6))},
        {date(2026, 3, 6): None, date(2026, 3, 7): Hours(time(10), time(14))},
        production=False,
    ),
    by=Actor("sveta", frozenset({Role.SALES_MANAGER, Role.PHONE_OPERATOR}), Grade.SENIOR, "main"),
    due=(Deadline("remind", NINE),),
    refused=Breach("R6", "conflict_manager and sales_manager may not be one person"),
    tried=(Action.TAKE_CLAIM,),
    worked=timedelta(minutes=30),
)
SALES = TypeAdapter(Sale)


def stored(sale: Sale) -> Any:
    """As the database gives it back: plain JSON."""
    return json.loads(json.dumps(SALES.dump_python(sale, mode="json")))


def test_a_state_comes_back_as_it_went_in() -> None:
    assert SALES.validate_python(stored(SALE)) == SALE
    assert SALES.validate_json(SALES.dump_json(SALE)) == SALE


def test_a_state_that_came_back_still_works() -> None:
    back = SALES.validate_python(stored(SALE))

    assert back.calendar.after(NINE, timedelta(hours=2)) == SALE.calendar.after(NINE, timedelta(hours=2))
    assert back.promised is not None
    assert back.promised.contains(NINE)
    assert back.by.has(Role.PHONE_OPERATOR)
    assert back.total + back.parts["delivery"] == Money.of("6830")


def test_what_the_vault_seals_stands_raw_at_its_path() -> None:
    """The chassis encrypts `recipient.name` and `recipient.phones.*` at rest; it must find the values there."""
    recipient = stored(SALE)["recipient"]

    assert recipient["name"] == {"value": "Ольга Лампова"}
    assert recipient["phones"] == [
        {"e164": "+79161234567", "extension": None},
        {"e164": "+74951234567", "extension": "12"},
    ]


def test_a_state_that_is_printed_tells_nothing_about_the_person() -> None:
    printed = f"{SALE} {SALE!r}"

    assert "Ламп" not in printed
    assert "1234567" not in printed
    assert "+7916***4567" in printed


@given(
    total=st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["RUB", "EUR"])),
    starts=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    lasts=st.timedeltas(timedelta(seconds=1), timedelta(days=2)),
    roles=st.frozensets(st.sampled_from(list(Role))),
)
def test_any_state_comes_back_as_it_went_in(
    total: Money, starts: datetime, lasts: timedelta, roles: frozenset[Role]
) -> None:
    sale = replace(
        SALE,
        total=total,
        promised=Window(starts, starts + lasts, "Asia/Kamchatka"),
        by=replace(SALE.by, roles=roles),
        worked=lasts,
    )

    assert SALES.validate_python(stored(sale)) == sale
