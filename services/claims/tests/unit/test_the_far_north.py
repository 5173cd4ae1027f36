"""Replacing an item in the Far North: until goods are next delivered there, on the customer's application (art. 21 p. 1)."""

from datetime import timedelta
from typing import Any

import pytest
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.refusals import NotInTheLaw
from claims.domain.statute import LAW
from claims.domain.words import Demand, Extension
from claims.testing.troubles import by, carried_out, demanding, opened

APRIL = 60
"""Days after the demand at which the winter road brings goods."""


def claim_for(demand: Demand = Demand.REPLACEMENT) -> Claim:
    return opened(*demanding(demand))


def extended(claim: Claim, days: int = APRIL, **more: Any) -> o.ExtendTerm:
    assert claim.demanded is not None
    given: dict[str, Any] = {
        **by(),
        "extension": Extension.NEXT_DELIVERY,
        "next_delivery_on": claim.demanded.received_on + timedelta(days=days),
        "application": "mail-7",
        **more,
    }
    return o.ExtendTerm(**given)


def test_only_a_replacement_waits_for_the_next_delivery_by_art_21() -> None:
    rows = [row for row in LAW if row.until_delivery]

    assert {(row.demand, row.article) for row in rows} == {(Demand.REPLACEMENT, "21")}
    with pytest.raises(NotInTheLaw):
        carried_out(extended(claim_for(Demand.REPAIR)), claim_for(Demand.REPAIR))


def test_it_ends_with_the_delivery() -> None:
    claim = claim_for()

    after, _ = carried_out(extended(claim), claim)
    assert after

    assert claim.demanded is not None
    assert after.demanded is not None
    assert after.demanded.due_on >= claim.demanded.received_on + timedelta(days=APRIL)
    again, changes = carried_out(extended(claim), after)
    assert (again, list(changes)) == (after, []), "told again"


@pytest.mark.parametrize(
    "more", [{"application": None}, {"next_delivery_on": None}, {"days": 7}, {"days": 367}], ids=str
)
def test_not_without_his_application_nor_a_day_that_gives_more_time(more: dict[str, Any]) -> None:
    claim = claim_for()

    with pytest.raises(NotInTheLaw):
        carried_out(extended(claim, **more), claim)


def test_a_delivery_that_was_named_is_not_moved() -> None:
    claim = claim_for()

    with pytest.raises(NotInTheLaw):
        carried_out(extended(claim, APRIL + 1), carried_out(extended(claim), claim)[0])


def test_other_reasons_name_no_delivery() -> None:
    claim = claim_for()

    with pytest.raises(NotInTheLaw):
        carried_out(extended(claim, extension=Extension.EXTRA_CHECK), claim)
