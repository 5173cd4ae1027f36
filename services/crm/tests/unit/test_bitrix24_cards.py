"""Whose word about a card's owner counts, and what never comes of what comes late, twice or as an echo."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crm.domain import bitrix_card as b
from crm.domain import bitrix_card_rules as rules
from crm.domain import bitrix_card_whose as w
from crm.domain.bitrix_card_evolving import evolve
from crm.domain.bitrix_card_rules import Whose, decide, whose_word
from hypothesis import given
from hypothesis import strategies as st

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
KNOWN = b.Card(3, customer_id="c-1", user_id="9", digest="d")
WISHED = replace(KNOWN, wanted="17", wanted_at=NOON, push_at=NOON)


def after(card: b.Card | None, *commands: rules.Command) -> b.Card | None:
    for command in commands:
        for change in decide(command, card):
            card = evolve(card, change)
    return card


def seen(user_id: str | None, *, modified_at: datetime | None = LATER, digest: str = "d") -> b.Seen:
    return b.Seen(user_id, digest, "c-1", (), modified_at)


@pytest.mark.parametrize(
    ("card", "user_id", "modified_at", "whose"),
    [
        (None, "9", LATER, Whose.PORTAL),
        (KNOWN, "9", LATER, Whose.NOBODY_MOVED),
        (KNOWN, "17", None, Whose.PORTAL),
        (replace(KNOWN, problems=(rules.OWNER_UNKNOWN,)), "9", LATER, Whose.PORTAL),
        (WISHED, "9", LATER, Whose.OURS),
        (WISHED, "17", LATER, Whose.PORTAL),
        (WISHED, "1", LATER, Whose.PORTAL),
        (WISHED, "1", NOON, Whose.OURS),
        (WISHED, "1", None, Whose.PORTAL),
        (replace(WISHED, gone=True), "9", NOON, Whose.PORTAL),
    ],
)
def test_whose_word_counts(
    card: b.Card | None, user_id: str, modified_at: datetime | None, whose: Whose
) -> None:
    assert whose_word(card, user_id, modified_at) is whose


def test_our_own_change_comes_back_as_nothing() -> None:
    pushed = after(WISHED, b.NotePushed(3, "17"))

    assert pushed
    assert (pushed.user_id, pushed.wanted, rules.deadlines(pushed)) == ("17", None, [])
    assert not rules.is_news(pushed, seen("17"))
    assert after(pushed, b.TakeIn(3, seen("17"), 0), b.Want(3, "17", LATER)) == pushed


def test_a_hint_during_the_reading_makes_it_be_read_again() -> None:
    hinted = after(KNOWN, b.Hint(3, NOON))
    assert hinted
    read = after(hinted, b.Hint(3, LATER), b.TakeIn(3, seen("17"), hinted.hints))
    assert read
    assert read.read_at == NOON

    again = after(read, b.TakeIn(3, seen("17"), read.hints))
    assert again
    assert (again.user_id, again.read_at) == ("17", None)


def test_what_is_gone_is_not_read_for_ever() -> None:
    gone = after(KNOWN, b.Hint(3, NOON), b.Miss(3, 1))
    assert gone
    assert (gone.gone, gone.read_at) == (True, None)

    asked = after(gone, b.Hint(3, LATER))
    assert asked
    assert rules.deadlines(after(asked, b.Miss(3, asked.hints)) or asked) == []


def test_a_wish_that_is_older_than_the_one_before_is_no_wish() -> None:
    assert after(WISHED, b.Want(3, "1", NOON - timedelta(seconds=1))) == WISHED
    assert decide(b.Want(3, "9", LATER), WISHED) == [b.WishDropped()]
    assert decide(b.Want(3, "9", LATER), None) == []


def test_an_outage_of_long_ago_does_not_make_the_next_one_longer() -> None:
    tried = after(KNOWN, b.Hint(3, NOON), b.Postpone(3, b.READ, LATER), b.Postpone(3, b.READ, LATER))
    assert tried
    assert tried.tries == 2

    read = after(tried, b.TakeIn(3, seen("9"), tried.hints))
    assert read
    assert read.tries == 0


def test_merged_customers_have_their_cards_together_and_apart_again() -> None:
    together = after(KNOWN, w.Merge(3, "c-2"), w.Merge(3, "c-2"), w.Merge(3, "c-3"))
    assert together
    assert (together.customer_id, together.merged_from) == ("c-3", ("c-1", "c-2"))

    assert after(together, w.Unmerge(3, "c-9")) == together
    apart = after(together, w.Unmerge(3, "c-2"))
    assert apart
    assert (apart.customer_id, apart.merged_from) == ("c-2", ("c-1",))


def test_of_whom_is_erased_nothing_comes_back() -> None:
    erased = after(WISHED, w.Forget(3))
    assert erased == b.Card(3, erased=True, problems=(w.ERASED_HERE,))

    later = (b.Hint(3, LATER), b.TakeIn(3, seen("17"), 1), b.Want(3, "17", LATER), w.Forget(3))
    assert erased
    assert after(erased, *later) == replace(erased, hints=1)
    gone = after(erased, b.Miss(3, 0))
    assert gone
    assert (gone.erased, gone.gone, gone.problems) == (True, True, ())


users = st.sampled_from(["1", "9", "17"])
moments = st.integers(0, 20).map(lambda n: NOON + timedelta(seconds=n))


def read_then(user_id: str, hints: int, at: datetime) -> rules.Command:
    return b.TakeIn(3, seen(user_id, modified_at=at), hints)


said: st.SearchStrategy[rules.Command] = st.one_of(
    moments.map(lambda at: b.Hint(3, at)),
    st.builds(read_then, users, st.integers(0, 3), moments),
    st.integers(0, 3).map(lambda hints: b.Miss(3, hints)),
    st.builds(b.Want, st.just(3), users, moments),
    users.map(lambda user_id: b.NotePushed(3, user_id)),
    moments.map(lambda at: b.Postpone(3, b.PUSH, at)),
    st.sampled_from([w.Merge(3, "c-2"), w.Unmerge(3, "c-1"), w.Forget(3)]),
)


@given(st.lists(said, max_size=20))
def test_in_whatever_order_things_are_said_a_card_stays_whole(commands: list[rules.Command]) -> None:
    """Nothing is due without a reason, a wish is for somebody else than who stands there, and saying it once more changes no more."""
    card: b.Card | None = None
    for command in commands:
        card = after(card, command)
        if card is None:
            continue
        assert (card.wanted is None) == (card.push_at is None)
        assert card.wanted is None or card.wanted != card.user_id
        assert not (card.gone and card.wanted)
        assert not (card.erased and (card.customer_id or card.user_id or card.digest or card.wanted))
        if not isinstance(command, b.Hint | b.Postpone):
            assert after(card, command) == card
