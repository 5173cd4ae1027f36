"""How likely two descriptions are of the same goods; and what a person may say of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chassis.handling import fold
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Actor, Grade, Role
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.refusal import Refused
from procurement.adapters.alike import alike
from procurement.domain import match_decider as matches
from procurement.domain import offer_decider as offers
from procurement.domain.availability import counted
from procurement.domain.likeness import COMMON, LIKELY, Blocks, Described, best, likeness
from procurement.domain.match import (
    DecideMatch,
    Likeness,
    Match,
    NoteCarried,
    ProposeMatch,
    Standing,
    UndoMatch,
)
from procurement.domain.offer import Hold, ListOffer, Offer, Terms
from procurement.domain.offer_matching import Laid, MatchOffer, OfferMatched
from procurement.domain.refusals import MatchNotOpen, MatchNotProposed, UnknownMatch

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
RAISA = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)
LAMP = Described("brass-bl-30", "Лампа латунная настольная BL-30", "Brass", {"Цвет": "жёлтый"}, 100_00)
propose = ProposeMatch(
    "slow:x", "slow", "лампа", (Likeness("lamp", "Лампа", 0.9, ()), Likeness("shade", "Абажур", 0.7, ())), NOW
)
yes = DecideMatch("slow:x", accept=True, product_id=None, offered=False, actor=RAISA, at=NOW)
no = replace(yes, accept=False)
undo = UndoMatch("slow:x", RAISA, NOW)


def sure(title: str, vendor: str = "", price: int = 100_00, **attributes: str) -> float:
    return likeness(Described("slow:x", title, vendor, attributes, price), LAMP, alike).confidence


def test_the_same_words_in_another_order_are_likely() -> None:
    assert sure("BL-30 настольная лампа латунная", "Brass") > 0.9
    assert sure("Лампа настольная латунная Brass BL30") > 0.8


def test_another_model_vendor_price_or_colour_is_less_likely() -> None:
    same = sure("Лампа латунная настольная BL-30", "Brass")

    assert sure("Лампа латунная настольная BL-40", "Brass") < LIKELY
    assert sure("Лампа латунная настольная BL-30", "Copper") < LIKELY
    assert sure("Лампа латунная настольная BL-30", "Brass", 1000_00) < same
    assert sure("Лампа латунная настольная BL-30", "Brass", Цвет="красный") < same


def test_other_goods_are_not_likely() -> None:
    assert sure("Цепь стальная 3 м", "Steel") < 0.3


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_confidence_is_between_nothing_and_certainty(one: str, other: str, price: int, dear: int) -> None:
    first, second = Described("a", one, "", {}, price), Described("b", other, "", {}, dear)

    assert 0 <= likeness(first, second, alike).confidence <= 0.99


def test_only_what_shares_something_rare_is_compared() -> None:
    many = [Described(f"slow:{n}", f"Лампа латунная M{n}", "", {}, 1) for n in range(COMMON + 100)]

    near = Blocks(many).near(Described("p", "Лампа латунная M77", "", {}, 1))
    few = Blocks(many[:5]).near(Described("p", "Лампа латунная", "", {}, 1))

    assert [each.key for each in near] == []  # all words are common to all, and one mark alone is not enough
    assert len(list(few)) == 5


def test_the_likeliest_goods_are_kept_each_once() -> None:
    found = [
        Likeness("a", "", 0.7, ()),
        Likeness("b", "", 0.9, ()),
        Likeness("a", "", 0.8, ()),
        Likeness("c", "", 0.2, ()),
    ]

    assert [(each.product_id, each.confidence) for each in best(found)] == [("b", 0.9), ("a", 0.8)]


def given_(*commands: ProposeMatch | DecideMatch | UndoMatch | NoteCarried) -> Match | None:
    state: Match | None = None
    for command in commands:
        decision = matches.decide(command, state)
        state = fold(matches.evolve, decision.changes if isinstance(decision, Refused) else decision, state)
    return state


def test_a_yes_is_to_the_likeliest_and_the_offer_has_to_hear_of_it() -> None:
    now = given_(propose, yes)

    assert now is not None
    assert (now.standing, now.product_id, now.by) == (Standing.ACCEPTED, "lamp", "raisa")
    assert matches.deadlines(now) == [Deadline("carry", NOW + timedelta(seconds=5))]
    carried = given_(propose, yes, NoteCarried("slow:x", "lamp", NOW))
    assert carried is not None
    assert matches.deadlines(carried) == []


def test_word_of_an_older_decision_is_not_taken_for_the_newer() -> None:
    now = given_(propose, yes, undo, NoteCarried("slow:x", "lamp", NOW))

    assert now is not None
    assert now.carry_by is not None


def test_a_no_to_one_leaves_the_others() -> None:
    now = given_(propose, replace(no, product_id="lamp"))

    assert now is not None
    assert now.standing is Standing.PROPOSED
    assert matches.decide(replace(no, product_id="lamp"), now) == []
    assert matches.decide(propose, now) == []  # the shade is known, the lamp not proposed again


def test_a_match_is_refused_where_it_makes_no_sense() -> None:
    with pytest.raises(UnknownMatch):
        matches.decide(yes, None)
    with pytest.raises(MatchNotProposed):
        matches.decide(replace(yes, product_id="chain"), given_(propose))
    with pytest.raises(MatchNotOpen):
        matches.decide(no, given_(propose, yes))
    seller = Actor("anna", frozenset({Role.SALES_MANAGER}))
    assert isinstance(matches.decide(replace(yes, actor=seller), given_(propose)), Refused)


def test_asked_twice_nothing_happens() -> None:
    assert matches.decide(yes, given_(propose, yes)) == []
    assert matches.decide(undo, given_(propose)) == []
    assert matches.decide(propose, given_(propose)) == []
    assert matches.decide(propose, given_(propose, yes)) == []


def listed(product: str = "slow:x", price: int = 100) -> ListOffer:
    return ListOffer("slow:x", "slow", Terms(product, "Lamp", Money(price), None, counted(5)), NOW)


def test_a_match_is_laid_over_what_the_feed_says() -> None:
    offer = fold(offers.evolve, offers.decide(listed(), None))
    held = replace(offer, holds={"o-1": Hold(2, 1, False, NOW)}) if offer else None

    moved = fold(offers.evolve, offers.decide(MatchOffer("slow:x", "lamp", NOW), held), held)
    again = fold(offers.evolve, offers.decide(listed(price=90), moved), moved)

    assert isinstance(again, Offer)
    assert (again.terms.product_id, again.laid, again.held) == ("lamp", Laid("lamp", "slow:x"), 2)
    assert again.goes_by == ("lamp", "slow:x")
    assert offers.decide(listed(price=90), again) == []
    assert offers.decide(MatchOffer("slow:x", "lamp", NOW), again) == []
    assert offers.decide(MatchOffer("slow:x", None, NOW), again) == [OfferMatched("slow:x", None, NOW)]


def test_a_persons_word_stays_when_the_feed_comes_round_to_it_and_leaves_again() -> None:
    offer = Offer("slow:x", "slow", listed("lamp").terms, NOW, laid=Laid("lamp", "slow:x"))

    round_to_it = fold(offers.evolve, offers.decide(listed("lamp"), offer), offer)
    left = fold(offers.evolve, offers.decide(listed("lamp-2", price=3), round_to_it), round_to_it)

    assert isinstance(round_to_it, Offer)
    assert isinstance(left, Offer)
    assert round_to_it.goes_by == ("lamp",)
    assert left.goes_by == ("lamp", "lamp-2")
