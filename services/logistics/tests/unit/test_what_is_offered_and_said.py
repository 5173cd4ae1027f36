"""Options come nearest first, then cheapest, with words that say that any moment may be meant (R65-R68)."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest
from kernel.money import Money
from logistics.domain.promise import NEARNESS, Reason, Why, Wish
from logistics.domain.ranking import MOST_POINTS, MOST_WINDOWS, days_to_try, nearest, options, why
from logistics.domain.wording import REASONS, found_in_words, promise_in_words
from logistics.testing.agreements import (
    CDEK,
    MONDAY,
    OWN,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    at,
    at_point,
    hours,
    promises,
    wish,
)

ALL = [
    each
    for agreement in (OWN, CDEK)
    for day in (TODAY, TUESDAY, WEDNESDAY)
    for each in promises(agreement, wish(day))
]


@pytest.mark.parametrize(
    ("wished", "first"),
    [
        (wish(None), ["02.03 18:00-22:00", "03.03 09:00-22:00", "03.03 09:00-15:00"]),
        (wish(TUESDAY), ["03.03 09:00-22:00", "03.03 09:00-15:00", "03.03 12:00-18:00"]),
        (wish(TUESDAY, "19:00"), ["03.03 09:00-22:00", "03.03 18:00-22:00", "03.03 12:00-18:00"]),
        (wish(WEDNESDAY, "10:00"), ["04.03 09:00-22:00", "04.03 09:00-15:00", "04.03 12:00-18:00"]),
    ],
)
def test_what_holds_the_hour_comes_first_then_the_nearest_then_the_cheapest(
    wished: Wish, first: list[str]
) -> None:
    assert [hours(each) for each in islice(nearest(ALL, wished, MONDAY), 3)] == first


def test_of_two_at_the_same_time_the_cheaper_comes_first() -> None:
    dear = [replace(each, carrier_id="a-dear-one", price=each.price + Money(1)) for each in ALL]

    ranked = nearest([*dear, *ALL], wish(None), MONDAY)

    assert [each.carrier_id for each in ranked[:2]] == ["own-couriers", "a-dear-one"]


def test_a_few_windows_and_a_few_points_are_offered_each_once() -> None:
    points = [promises(CDEK, at_point(WEDNESDAY, None))[n % 2] for n in range(9)]

    found = options([*ALL, *ALL, *points], wish(TUESDAY, "19:00"), MONDAY)

    assert len(found) <= MOST_WINDOWS + MOST_POINTS
    assert len({option.promise for option in found}) == len(found)
    assert [option.why for option in found[-2:]] == [Why.PICK_UP_POINT] * 2


def test_each_option_says_why_it_is_offered() -> None:
    morning, late = promises(OWN, wish(TUESDAY, "09:00", "15:00"))[0], promises(OWN, wish(TODAY))[0]

    assert why(morning, wish(None)) is Why.AS_WISHED
    assert why(morning, wish(TUESDAY, "10:00")) is Why.HOLDS_THE_HOUR
    assert why(morning, wish(TUESDAY, "18:00", "22:00")) is Why.SAME_DAY
    assert why(late, wish(TUESDAY)) is Why.ANOTHER_DAY
    assert why(promises(CDEK, at_point())[0], wish(TUESDAY)) is Why.PICK_UP_POINT
    assert why(promises(CDEK, at_point())[0], at_point(TUESDAY)) is Why.SAME_DAY


def test_the_day_asked_for_and_its_neighbours_are_looked_at_first_and_each_day_once() -> None:
    looks = list(days_to_try(wish(WEDNESDAY), TODAY, 14))

    assert looks[0] == [WEDNESDAY, WEDNESDAY + timedelta(days=1), TUESDAY]
    assert [len(look) for look in looks] == [3, 9, 3]
    assert sorted(day for look in looks for day in look) == [TODAY + timedelta(days=n) for n in range(15)]
    gone = list(days_to_try(wish(TODAY - timedelta(days=1)), TODAY, 1))
    assert [day for look in gone for day in look] == [TODAY - timedelta(days=1), TODAY, TUESDAY]


def test_an_interval_does_not_mean_its_beginning() -> None:
    promise = promises(OWN, wish(TUESDAY, "09:00", "15:00"))[0]

    words = found_in_words(promise, "")

    assert (
        words.ru
        == "Доставим 3 марта, в любой момент с 09:00 до 15:00; это не значит, что к началу интервала."
    )
    assert words.en == (
        "It will be delivered on 3 March, at any moment from 09:00 to 15:00; that does not mean at its beginning."
    )


def test_a_points_promise_names_the_point() -> None:
    promise = promises(CDEK, at_point(TUESDAY))[0]

    assert promise.starts_at == at("10:00", TUESDAY)
    assert promise_in_words(promise, "СДЭК, Лесная, 20").en == (
        "3 March, at any moment from 10:00 to 21:00 at the pick-up point “СДЭК, Лесная, 20”"
    )
    assert found_in_words(promise, "СДЭК").ru.startswith("Можно забрать 3 марта")


def test_every_reason_has_its_words_in_both_languages_and_its_nearness() -> None:
    assert set(REASONS) == set(Reason) == set(NEARNESS)
    assert all(words.ru.strip() and words.en.strip() and words.ru != words.en for words in REASONS.values())
