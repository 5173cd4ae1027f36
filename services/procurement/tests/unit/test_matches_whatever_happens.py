"""A match and its offer, whoever says what and whoever dies in between: in the end they agree."""

from datetime import UTC, datetime

from chassis.handling import fold
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Actor, Grade, Role
from kernel.money import Money
from kernel.refusal import Refusal, Refused
from procurement.domain import match_decider as matches
from procurement.domain import offer_decider as offers
from procurement.domain.availability import counted
from procurement.domain.match import (
    Command,
    DecideMatch,
    Likeness,
    Match,
    NoteCarried,
    ProposeMatch,
    Standing,
    UndoMatch,
)
from procurement.domain.offer import ListOffer, Offer, Terms
from procurement.domain.offer_matching import MatchOffer

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
PEOPLE = [
    Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR),
    Actor("anna", frozenset({Role.SALES_MANAGER})),
]
GOODS = ["lamp", "shade", "chain"]

people, goods = st.sampled_from(PEOPLE), st.sampled_from(GOODS)
proposals = st.lists(goods, min_size=1, unique=True).map(
    lambda found: ProposeMatch(
        "slow:x", "slow", "x", tuple(Likeness(each, each, 0.9, ()) for each in found), NOW
    )
)
decisions = st.builds(
    DecideMatch, st.just("slow:x"), st.booleans(), st.none() | goods, st.booleans(), people, st.just(NOW)
)
undone = st.builds(UndoMatch, st.just("slow:x"), people, st.just(NOW))
feeds = st.sampled_from(["slow:x", "slow:y", "lamp"])
steps = st.lists(st.tuples(proposals | decisions | undone | feeds, st.booleans()), max_size=25)


def told(command: Command, now: Match | None) -> Match | None:
    try:
        decision = matches.decide(command, now)
    except Refusal:
        return now
    return fold(matches.evolve, decision.changes if isinstance(decision, Refused) else decision, now)


def listed(product: str, offer: Offer | None) -> Offer | None:
    said = ListOffer("slow:x", "slow", Terms(product, "x", Money(1), None, counted(1)), NOW)
    return fold(offers.evolve, offers.decide(said, offer), offer)


def carried(now: Match | None, offer: Offer | None) -> tuple[Match | None, Offer | None]:
    if now is None or now.carry_by is None:
        return now, offer
    command = MatchOffer("slow:x", now.product_id, NOW)
    offer = fold(offers.evolve, offers.decide(command, offer), offer)
    return told(NoteCarried("slow:x", now.product_id, NOW), now), offer


@given(steps)
def test_in_the_end_the_offer_is_of_what_a_person_said_or_else_of_what_its_feed_says(
    taken: list[tuple[Command | str, bool]],
) -> None:
    now, offer, own = None, listed("slow:x", None), "slow:x"

    for step, dies in taken:
        if isinstance(step, str):
            own, offer = step, listed(step, offer)
        else:
            now = told(step, now)
            assert now is None or (now.standing is Standing.ACCEPTED) == (now.product_id is not None)
        if not dies:
            now, offer = carried(now, offer)
    now, offer = carried(now, offer)

    assert offer is not None
    assert now is None or not matches.deadlines(now)
    assert own in offer.goes_by
    if now is None or now.product_id is None:
        assert offer.terms.product_id == own
    else:
        assert offer.terms.product_id == now.product_id
