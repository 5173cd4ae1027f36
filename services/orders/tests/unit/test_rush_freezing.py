"""What a rush locks changes only after the owner unlocked it with a reason, once for each unlock (R116)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kernel.money import Money
from orders.domain.rush import Policies, RushBook
from orders.domain.rush_commands import Plan
from orders.domain.rush_freezing import differing
from orders.domain.rush_refusals import KeptElsewhere, NotFrozen, PolicyFrozen
from orders.domain.rush_words import KEPT_HERE, Part, PolicyName
from orders.testing.lamps import MONDAY
from orders.testing.rushes import did, end, given, on, rank, set_policies, start, unlock

DEARER = Policies(minimum_order=Money(50000))
LATER = MONDAY + timedelta(hours=1)
MINIMUM = PolicyName.MINIMUM_ORDER


def test_without_a_rush_the_owner_sets_what_he_likes() -> None:
    book = given(set_policies(DEARER))

    assert book is not None
    assert book.policies == DEARER
    assert did(set_policies(DEARER), book) == ()


def test_each_policy_is_told_from_the_others() -> None:
    usual = Policies()
    other = Policies(Money(1), 10, "terms-7", "hours-2")

    assert differing(usual, other) == KEPT_HERE
    for name in KEPT_HERE:
        assert differing(usual, replace(usual, **{name.value: getattr(other, name.value)})) == (name,)


def test_in_a_rush_a_locked_one_stays_as_it_is() -> None:
    with pytest.raises(PolicyFrozen) as no:
        did(set_policies(DEARER), given(start()))

    assert (no.value.rule, no.value.overridable_by) == ("R116", ("owner",))
    assert no.value.about == {"policies": "minimum_order"}


def test_unlocked_with_a_reason_it_changes_once_and_is_locked_again() -> None:
    book = given(start(), unlock(MINIMUM), set_policies(DEARER, LATER))

    assert book is not None
    assert book.rush is not None
    (opened,) = book.rush.unlocks
    assert (opened.by, opened.at, opened.used_at) == ("olga", MONDAY, LATER)
    assert opened.reason.value
    with pytest.raises(PolicyFrozen):
        did(set_policies(Policies()), book)


def test_an_unlock_opens_no_other_policy() -> None:
    with pytest.raises(PolicyFrozen):
        did(set_policies(replace(DEARER, bonus_max_share=10)), given(start(), unlock(MINIMUM)))


def test_unlocked_twice_it_is_unlocked_once() -> None:
    assert did(unlock(MINIMUM), given(start(), unlock(MINIMUM))) == ()
    assert len(on(unlock(MINIMUM), set_policies(DEARER), unlock(MINIMUM)).unlocks) == 2


def test_what_the_rush_does_not_lock_changes_as_ever() -> None:
    book = given(start(frozen=(PolicyName.HOURS,)), set_policies(DEARER))

    assert book is not None
    assert book.policies == DEARER
    with pytest.raises(NotFrozen):
        did(unlock(MINIMUM), book)


def test_a_rush_without_the_freeze_locks_nothing() -> None:
    book = given(start(parts=(Part.PHONE_HOURS,), plan=Plan()), set_policies(DEARER))

    assert book is not None
    assert book.policies == DEARER


def test_after_the_rush_all_is_open_again() -> None:
    book = given(start(), end(), set_policies(DEARER))

    assert book is not None
    assert book.policies == DEARER
    assert book.past[0].rush.unlocks == ()


def test_categories_are_ranked_once() -> None:
    book = given(rank("lamps", "shades"))

    assert book == RushBook("main", ranking=("lamps", "shades"))
    assert did(rank("lamps", "shades"), book) == ()


@pytest.mark.parametrize("policy", [PolicyName.DUTIES, PolicyName.BUYING])
def test_what_others_keep_is_locked_by_their_name_and_unlocked_by_them(policy: PolicyName) -> None:
    rush = on()

    assert policy in rush.frozen
    with pytest.raises(KeptElsewhere):
        did(unlock(policy), given(start()))
