"""A refusal names the rule, who may do it all the same, and nothing personal."""

from typing import ClassVar

import pytest
from kernel.actor import Actor, Grade, Role, service
from kernel.refusal import NotAllowed, NotFound, Refusal


class OfferAlreadySold(Refusal):
    rule = "R27"
    overridable_by: ClassVar[tuple[str, ...]] = ("owner",)


def test_a_refusal_is_named_on_the_wire_after_the_state_of_affairs() -> None:
    refused = OfferAlreadySold("Somebody was quicker.", offer_id="slow:lamp", left=0)

    assert refused.code == "offer-already-sold"
    assert (refused.rule, refused.overridable_by) == ("R27", ("owner",))
    assert refused.about == {"offer_id": "slow:lamp", "left": 0}
    assert str(refused) == refused.detail == "Somebody was quicker."


@pytest.mark.parametrize("kind", [NotFound, NotAllowed])
def test_what_is_missing_or_forbidden_is_a_refusal_too(kind: type[Refusal]) -> None:
    with pytest.raises(Refusal):
        raise kind("No.")


def test_a_person_acts_in_all_his_roles() -> None:
    """R12: roles are additive."""
    sveta = Actor("sveta", frozenset({Role.LOGISTICIAN, Role.OFFICE_ADMINISTRATOR}), shop_id="main")

    assert sveta.has(Role.OWNER, Role.LOGISTICIAN)
    assert not sveta.has(Role.OWNER)
    assert not sveta.has()
    assert sveta.grade is Grade.REGULAR


def test_a_service_acts_under_its_own_name() -> None:
    assert service("orders") == Actor("service:orders", frozenset({Role.SERVICE}))
