"""What is somebody else's duty is refused, and the attempt is remembered (R9, R17)."""

from collections.abc import Callable

import pytest
from kernel.actor import Actor
from kernel.refused_duty import DutyRefused, NotYourDuty
from orders.domain.commands import Command
from orders.domain.evolving import evolve
from orders.domain.refusals import NobodyOfThatId, UnknownOrder
from orders.domain.team import Team
from orders.testing.lamps import MONDAY, apologise, attempt, cancel, did, give, lapse, offer, opened, refused
from orders.testing.people import AGENT, ANNA, IVAN, KIRA, OLEG, OLGA, SITE, member, team

Asked = Callable[..., Command]


@pytest.mark.parametrize("somebody", [KIRA, IVAN, AGENT])
@pytest.mark.parametrize("asked", [attempt, apologise, offer, cancel, lapse])
def test_who_controls_delivers_or_only_takes_calls_does_not_work_on_orders(
    asked: Asked, somebody: Actor
) -> None:
    no = refused(asked(actor=somebody), opened())

    (change,) = no.changes
    assert isinstance(change, DutyRefused)
    assert (change.actor_id, change.actor_roles) == (somebody.id, tuple(sorted(somebody.roles)))
    assert isinstance(no.refusal, NotYourDuty)


def test_the_refusal_says_who_may_and_by_which_rule() -> None:
    no = refused(cancel(actor=KIRA), opened())

    assert "sales_manager" in str(no.refusal.about["may_do_it"])
    assert isinstance(no.changes[0], DutyRefused)
    assert no.refusal.rule == no.changes[0].rule == "R27"


def test_the_site_cancels_for_the_customer_and_does_nothing_else() -> None:
    assert len(did(cancel(actor=SITE), opened())) == 1
    assert refused(attempt(actor=SITE), opened())


def test_a_phone_operator_works_on_orders_and_lets_none_lapse() -> None:
    assert len(did(attempt(actor=OLEG), opened())) == 1
    assert refused(lapse(actor=OLEG), opened())
    assert refused(give("boris", actor=OLEG), opened())


def test_what_was_refused_leaves_the_order_as_it_was() -> None:
    order = opened()
    (change,) = refused(attempt(actor=KIRA), order).changes

    assert evolve(order, change) == order


@pytest.mark.parametrize("to_id", ["boris", "olga"])
def test_the_owner_gives_an_order_to_somebody_who_is_there(to_id: str) -> None:
    assert opened(give(to_id)).responsible_id == to_id


def test_giving_it_to_who_has_it_changes_nothing() -> None:
    assert did(give("anna"), opened()) == ()


@pytest.mark.parametrize(
    "nobody", [team(), team(member("boris", active=False)), team(member("boris", away=(MONDAY, None)))]
)
def test_nobody_is_given_an_order_who_is_unknown_gone_or_away(nobody: Team) -> None:
    with pytest.raises(NobodyOfThatId):
        did(give("boris", OLGA, nobody), opened())


@pytest.mark.parametrize("asked", [attempt, apologise, offer, cancel, lapse])
def test_an_unknown_order_is_not_there_for_anybody(asked: Asked) -> None:
    with pytest.raises(UnknownOrder):
        did(asked(actor=ANNA), None)
