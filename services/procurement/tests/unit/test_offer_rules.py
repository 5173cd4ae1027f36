from datetime import UTC, datetime, timedelta

from chassis.handling import fold
from kernel.money import Money
from procurement.domain.availability import NOTHING, UNCOUNTED, Availability, counted
from procurement.domain.offer import (
    FreeOffer,
    Hold,
    HoldOffer,
    ListOffer,
    Offer,
    OfferFreed,
    OfferHeld,
    OfferRestated,
    OfferRevised,
    OrderFenced,
    Terms,
    WithdrawOffer,
)
from procurement.domain.offer_decider import FENCED_FOR, decide, evolve

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def terms(availability: Availability, price: int = 100_00, bought: int | None = None) -> Terms:
    return Terms("lamp", "Brass lamp", Money(price), Money(bought) if bought else None, availability)


def listed(availability: Availability, at: datetime = NOW) -> ListOffer:
    return ListOffer("brass:1", "brass", terms(availability), at)


def given(availability: Availability, *commands: HoldOffer | FreeOffer) -> Offer:
    offer = fold(evolve, decide(listed(availability), None))
    for command in commands:
        offer = fold(evolve, decide(command, offer), offer)
    assert offer is not None
    return offer


def hold(order: str, quantity: int, round_: int = 1, *, due: datetime = NOW, at: datetime = NOW) -> HoldOffer:
    return HoldOffer("brass:1", order, quantity, round_, due + timedelta(seconds=10), at)


def free(order: str, keep: int = 0, round_: int = 2, *, at: datetime = NOW) -> FreeOffer:
    return FreeOffer("brass:1", order, keep, round_, at)


def test_pieces_are_held_for_an_order() -> None:
    offer = given(counted(5), hold("o-1", 3))

    assert (offer.held, offer.free) == (3, 2)


def test_more_than_is_free_is_not_held_and_a_second_try_of_the_round_changes_nothing() -> None:
    offer = given(counted(5), hold("o-1", 3))

    refused = decide(hold("o-2", 3), offer)

    assert refused == [OrderFenced("o-2", Hold(0, 1, False, NOW + FENCED_FOR), NOW)]
    after = fold(evolve, refused, offer)
    assert decide(hold("o-2", 1), after) == []
    assert decide(hold("o-1", 3), offer) == []


def test_a_later_round_may_hold_more() -> None:
    offer = given(counted(5), hold("o-1", 3))

    (more,) = decide(hold("o-1", 5, 2), offer)

    assert isinstance(more, OfferHeld)
    assert more.hold.quantity == 5


def test_uncounted_stock_is_held_on_the_suppliers_word() -> None:
    offer = given(UNCOUNTED, hold("o-1", 100))

    assert (offer.free, offer.holds["o-1"].needs_yes) == (None, True)


def test_held_pieces_are_given_back_down_to_what_is_kept() -> None:
    offer = given(counted(5), hold("o-1", 3))

    (freed,) = decide(free("o-1", keep=1), offer)

    assert isinstance(freed, OfferFreed)
    assert given(counted(5), hold("o-1", 3), free("o-1", keep=1)).free == 4
    assert decide(free("o-1"), given(counted(5), hold("o-1", 3), free("o-1"))) == []


def test_a_hold_that_comes_after_its_giving_back_is_void() -> None:
    offer = given(counted(5), free("o-1", round_=2))

    assert decide(hold("o-1", 3, 1), offer) == []


def test_a_hold_that_slept_until_its_fence_was_forgotten_is_void() -> None:
    offer = given(counted(5), free("o-1", round_=2), hold("o-2", 1, due=LATER, at=LATER))
    assert "o-1" not in offer.holds

    (fenced,) = decide(hold("o-1", 3, 1), offer)

    assert isinstance(fenced, OrderFenced)
    assert isinstance(decide(hold("o-3", 1, due=LATER, at=LATER), offer)[0], OfferHeld)


def test_the_same_said_again_is_nothing_new() -> None:
    assert decide(listed(counted(5), LATER), given(counted(5))) == []


def test_a_count_is_told_when_it_changes_what_is_free() -> None:
    assert decide(listed(counted(6), LATER), given(counted(5))) == [OfferRevised(terms(counted(6)), LATER)]


def test_what_goods_cost_us_is_nobody_elses_news() -> None:
    dearer = ListOffer("brass:1", "brass", terms(counted(5), bought=90_00), LATER)

    assert decide(dearer, given(counted(5))) == [OfferRestated(dearer.terms, LATER)]


def test_an_older_word_does_not_undo_a_newer_one() -> None:
    assert decide(listed(counted(9), NOW - timedelta(days=1)), given(counted(5))) == []
    assert decide(WithdrawOffer("brass:1", NOW - timedelta(days=1)), given(counted(5))) == []


def test_an_offer_that_is_left_out_has_none_and_shows_what_is_overdrawn() -> None:
    offer = given(counted(5), hold("o-1", 3))

    gone = fold(evolve, decide(WithdrawOffer("brass:1", LATER), offer), offer)

    assert gone is not None
    assert (gone.terms.availability, gone.free, gone.overdrawn) == (NOTHING, 0, 3)
    assert decide(WithdrawOffer("brass:1", LATER), gone) == []


def test_nothing_is_held_at_an_offer_nobody_made() -> None:
    assert decide(hold("o-1", 1), None) == []
    assert decide(free("o-1"), None) == []
    assert decide(WithdrawOffer("brass:1", NOW), None) == []
