"""When a pass begins, who goes on with it, and what a row of a portal means."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from crm.domain import bitrix_load as lo
from crm.domain.bitrix_load_rules import OVERLAP, decide, evolve
from crm.domain.bitrix_rows import NotARow, contact_row, user_row

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
CADENCE = lo.Cadence(timedelta(minutes=10), timedelta(hours=24))
LEASE = timedelta(seconds=15)


def hold(holder: str = "one", at: datetime = NOON) -> lo.Hold:
    return lo.Hold(holder, at, at, LEASE, CADENCE)


def after(*commands: lo.Command) -> lo.Load:
    load: lo.Load | None = None
    for command in commands:
        for change in decide(command, load):
            load = evolve(load, change)
    assert load
    return load


FIRST = (hold(), lo.Advance(1, 0, 500, 500, 2, 900))
ENDED = (*FIRST, lo.Advance(1, 500, 900, 400, 0, None), lo.End(1, 900, NOON))


def test_the_first_pass_is_over_all_and_the_next_over_what_changed() -> None:
    first = after(*ENDED)
    assert (first.since, first.taken, first.bad, first.total, first.whole_at) == (None, 900, 2, 900, NOON)

    assert after(*ENDED, hold(at=NOON + timedelta(minutes=9))) == first
    second = after(*ENDED, hold(at=NOON + timedelta(minutes=10)))
    assert (second.since, second.last_number, second.passes) == (NOON - OVERLAP, 0, 2)
    assert after(*ENDED, hold(at=NOON + timedelta(hours=24))).since is None
    assert after(*ENDED, lo.AskAgain(NOON), hold(at=NOON + timedelta(seconds=1))).since is None


def test_who_asks_for_a_pass_while_one_runs_gets_another_after_it() -> None:
    began = NOON + timedelta(hours=24)
    runs = (*ENDED, hold(at=began), lo.Advance(2, 0, 500, 500, 0, 900))
    over = (*runs, lo.AskAgain(began), lo.AskAgain(began), lo.End(2, 500, began))

    again = after(*over, hold(at=began + timedelta(seconds=1)))
    assert (again.passes, again.since, again.asked) == (3, None, False)
    assert after(*runs, lo.End(2, 500, began), hold(at=began + timedelta(seconds=1))).passes == 2


def test_one_works_at_it_until_he_is_silent_for_too_long() -> None:
    mine = after(*FIRST)

    assert after(*FIRST, hold("two")) == mine
    taken = after(*FIRST, hold("two", NOON + LEASE))
    assert (taken.holder, taken.last_number) == ("two", 500)


def test_what_comes_late_moves_nothing() -> None:
    late = (lo.Advance(1, 0, 500, 500, 2, 900), lo.End(1, 0, NOON), lo.Advance(2, 500, 900, 400, 0, None))

    assert after(*FIRST, *late) == after(*FIRST)
    assert after(*ENDED, lo.End(1, 900, NOON), lo.Advance(1, 900, 950, 50, 0, None)) == after(*ENDED)


def test_trouble_stands_until_it_goes_on() -> None:
    assert after(*FIRST, lo.Stumble("not_json")).trouble == "not_json"
    assert after(*FIRST, lo.Stumble("not_json"), lo.Advance(1, 500, 501, 1, 0, None)).trouble is None


@pytest.mark.parametrize(
    ("phone", "problems"),
    [
        ([{"VALUE": "8 (916) 123-45-67 #12"}, {"VALUE": "+79161234567"}], ()),
        ([{"VALUE": "ask his wife"}], ("bad_phone", "no_phone")),
        ([{"VALUE": f"+7916000{n:04d}"} for n in range(12)], ("too_many_phones",)),
        ([], ("no_phone",)),
        ({}, ("no_phone",)),
        ([None], ("bad_phone", "no_phone")),
    ],
)
def test_phones_are_what_people_typed(phone: Any, problems: tuple[str, ...]) -> None:
    assert contact_row({"ID": "7", "PHONE": phone}, b"key").problems == problems


def test_a_digest_says_whether_anything_changed_and_nothing_else() -> None:
    row = {"ID": "7", "NAME": "Olga", "PHONE": [{"VALUE": "8 916 123 45 67"}], "ASSIGNED_BY_ID": "9"}
    same: dict[str, Any] = {
        **row,
        "PHONE": [{"VALUE": "+7(916)123-45-67"}],
        "DATE_MODIFY": {},
        "ASSIGNED_BY_ID": 9,
    }

    assert contact_row(row, b"key") == contact_row(same, b"key")
    assert contact_row(row, b"key").digest != contact_row({**row, "NAME": "Olya"}, b"key").digest
    assert contact_row(row, b"key").digest != contact_row(row, b"other").digest


@pytest.mark.parametrize("number", [None, "", "7a", "-1", "٣", "9" * 16, {}])
def test_a_row_without_a_number_is_none(number: Any) -> None:
    with pytest.raises(NotARow):
        contact_row({"ID": number}, b"key")


def test_a_user_is_read_whatever_the_portal_calls_true() -> None:
    for told in (True, "Y", "1", 1):
        assert user_row({"ID": 17, "ACTIVE": told}).active
    for told in (False, "N", "0", None):
        assert not user_row({"ID": 17, "ACTIVE": told}).active
    mobile = user_row({"ID": "17", "PERSONAL_MOBILE": "7 903 5550117", "UF_PHONE_INNER": " 117 "})
    assert (mobile.extension, mobile.mobile and mobile.mobile.e164) == ("117", "+79035550117")
