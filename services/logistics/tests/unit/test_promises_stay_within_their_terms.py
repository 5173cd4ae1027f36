"""A promise that a check gave is never later found outside of the terms it names, whatever is agreed after it (R65)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chassis.documents import Codec
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from kernel.calendar import Hours
from kernel.money import Money
from logistics.adapters.documents import AGREEMENTS, CARRIERS, DAYS
from logistics.application.agreeing import Agreeing
from logistics.application.deciders import AGREEMENTS as KEPT
from logistics.application.deciders import CARRIERS as REGISTER
from logistics.application.promising import Answer, Promising
from logistics.application.standing import Standing
from logistics.domain.agreement import Agreement, Courier, DailyLimit, Frame, PickUp, Point, Zone
from logistics.domain.agreement_faults import faults
from logistics.domain.building import promise_of
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.domain.moments import day_of
from logistics.domain.promise import Kind, Promise, Wish
from logistics.domain.terms import Terms
from logistics.testing.agreements import MONDAY, TODAY
from logistics.testing.people import LENA, VERA

GENERATED = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking such a life outlasts the run
CITIES = ["Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad", "America/New_York", "Europe/Berlin"]
CLOCKS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
clocks, cities = st.sampled_from(CLOCKS), st.sampled_from(CITIES)
days = st.integers(-3, 40).map(lambda n: TODAY + timedelta(days=n))
prices = st.integers(0, 5).map(lambda n: Money(n * 10000))
weekdays = st.lists(st.integers(1, 7), min_size=1, unique=True).map(lambda each: tuple(sorted(each)))
limits = st.builds(DailyLimit, st.none() | st.integers(0, 3))


def frame(hours: list[time], lead_days: int, price: Money, part: int | None, most: int | None) -> Frame:
    begins, ends = sorted(hours)
    width = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return Frame(begins, ends, lead_days, price, part and max(1, width // part), most)


frames = st.builds(
    frame,
    st.lists(clocks, min_size=2, max_size=2, unique=True),
    st.integers(0, 4),
    prices,
    st.none() | st.integers(1, 4),
    st.none() | st.integers(0, 2),
)


def zone(code: str) -> st.SearchStrategy[Zone]:
    several = st.lists(frames, min_size=1, max_size=4, unique_by=lambda each: (each.begins, each.ends))
    return st.builds(Zone, st.just(code), st.just("Город"), cities, several.map(tuple), st.booleans(), limits)


hours = st.builds(Hours, clocks, clocks)
points = st.builds(
    Point,
    st.sampled_from(["p-1", "p-2"]),
    st.sampled_from(["moscow", "omsk"]),
    st.just("Пункт"),
    st.just("Улица"),
    cities,
    st.dictionaries(st.integers(1, 7), hours, min_size=1),
    st.integers(0, 4),
    prices,
    st.booleans(),
    st.dictionaries(days, st.none() | hours, max_size=3),
    limits,
)
couriers = st.builds(
    Courier,
    st.sampled_from(["ivan", "petr"]),
    st.just(("moscow",)),
    st.integers(0, 3),
    st.sampled_from([30, 240]),
)
agreements = st.builds(
    Agreement,
    st.just("brass"),
    st.integers(-3, 8).map(lambda n: TODAY + timedelta(days=n)),
    cities,
    st.builds(PickUp, st.just(time(12)), st.just(time(15)), st.integers(0, 600), weekdays),
    st.tuples(zone("moscow"), zone("omsk")) | st.tuples(zone("moscow")),
    st.lists(points, max_size=2, unique_by=lambda each: each.point_id).map(tuple),
    st.lists(couriers, max_size=2, unique_by=lambda each: each.courier_id).map(tuple),
    weekdays.map(lambda each: tuple(sorted({*each, 3}))),
    st.booleans(),
    st.dictionaries(days, st.booleans(), max_size=3),
    st.integers(1, 30),
).map(lambda each: replace(each, pick_up=replace(each.pick_up, weekdays=each.weekdays)))
near = st.integers(0, 20).map(lambda n: TODAY + timedelta(days=n))
spans = st.lists(clocks, max_size=2, unique=True).map(sorted)


def wished(zone: str, kind: Kind, day: date | None, span: list[time], ready_on: date | None) -> Wish:
    begins, ends = (*span, None, None)[:2]
    return Wish(zone, kind, day, begins, ends, ready_on=ready_on, on_delivery=bool(span) and ready_on is None)


wishes = st.builds(
    wished,
    st.sampled_from(["moscow", "omsk"]),
    st.sampled_from(Kind),
    st.none() | near,
    spans,
    st.none() | near,
)
moments = st.integers(0, 60 * 24 * 12).map(lambda n: MONDAY + timedelta(minutes=n))


def quiet(key: str, owed: Any, *, before: Any) -> None:
    del key, owed, before


class Shop:
    """A carrier whose terms change, and what is asked of him in between."""

    def __init__(self) -> None:
        self.carriers, self.agreements = MemoryStore(CARRIERS), MemoryStore(AGREEMENTS)
        self.standing = Standing(self.carriers, self.agreements)
        register = Handler("logistics", REGISTER, self.carriers, quiet)
        self.agreeing = Agreeing(
            register, Handler("logistics", KEPT, self.agreements, quiet), self.standing.forget
        )
        self.promising = Promising(self.standing, MemoryStore(DAYS))

    async def agree(self, agreement: Agreement, number: int, at: datetime) -> None:
        described = DescribeCarrier("brass", Profile("Латунь", Mode.COURIER_SERVICE, "lena"), LENA, at)
        await self.agreeing.describe(described, Occasion(f"d-{number}", at, LENA))
        await self.agreeing.write(agreement, LENA, Occasion(f"w-{number}", at, LENA))
        approved = ApproveTerms("brass", number, 1, VERA, at)
        await self.agreeing.settle(approved, Occasion(f"a-{number}", at, VERA))

    async def named(self, promise: Promise) -> Terms:
        """As any replica reads it off the disk."""
        elsewhere = await Standing(self.carriers, self.agreements).named("brass", promise.terms_version)
        assert elsewhere is not None
        return elsewhere


def is_within(terms: Terms, promise: Promise) -> bool:
    """Whether the terms that a promise names know it, word for word and to the price."""
    return promise_of(terms, promise.named) == promise


def given_away(answer: Answer) -> list[Promise]:
    return [*([answer.promise] if answer.promise else []), *(each.promise for each in answer.options)]


@settings(max_examples=150, deadline=None, phases=GENERATED)
@given(
    st.lists(st.tuples(agreements, moments, st.lists(wishes, min_size=2, max_size=5)), min_size=1, max_size=4)
)
async def test_no_promise_is_ever_outside_of_the_terms_it_names(
    life: list[tuple[Agreement, datetime, list[Wish]]],
) -> None:
    shop, promised = Shop(), list[tuple[datetime, Promise]]()
    for number, (agreement, at, asked) in enumerate(sorted(life, key=lambda each: each[1]), start=1):
        something_new = replace(agreement, ahead_days=agreement.ahead_days + number)
        await shop.agree(something_new, number, at)
        for wish in asked:
            promised += [(at, each) for each in given_away(await shop.promising.check(wish, at))]

    for at, promise in promised:
        terms = await shop.named(promise)
        assert is_within(terms, promise)
        assert at < promise.starts_at < promise.ends_at
        assert (day_of(promise.starts_at, promise.time_zone) - day_of(at, promise.time_zone)).days <= 60


@given(agreements)
def test_an_agreement_of_this_world_holds(agreement: Agreement) -> None:
    assert faults(agreement) == []


@given(agreements)
def test_an_agreement_is_the_same_after_a_night_on_the_disk(agreement: Agreement) -> None:
    codec = Codec(AGREEMENTS, None)

    assert codec.load("k", 1, codec.dump("k", agreement)) == agreement


@settings(max_examples=60)
@given(agreements, wishes, moments)
def test_the_guard_bites(agreement: Agreement, wish: Wish, at: datetime) -> None:
    """A promise two days longer, a kopeck dearer or on a day that is not agreed is outside."""
    from logistics.domain.reaching import Reach
    from logistics.domain.surveying import survey

    terms = Terms(1, agreement)
    for seen in survey(Reach(terms, wish, at), wish, wish.day or date(2026, 3, 4)):
        if seen.promise:
            assert is_within(terms, seen.promise)
            assert not is_within(terms, replace(seen.promise, price=seen.promise.price + Money(1)))
            assert not is_within(
                terms, replace(seen.promise, ends_at=seen.promise.ends_at + timedelta(days=2))
            )
            assert not is_within(terms, replace(seen.promise, starts_at=datetime(2026, 1, 1, tzinfo=UTC)))
