"""Shipments: shipped when the goods are there and paid for; their stage is what was seen last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from kernel.actor import Role
from kernel.refusal import Decision, Refused
from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import Promised, ShipmentStep, Shipping
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_refusals import (
    NotReadyToShip,
    NotRegistered,
    ReportMakesNoSense,
    ShipmentIsOver,
    UnknownShipment,
)
from logistics.domain.shipment_stage import ShipmentStage
from logistics.domain.shipment_watching import GRACE, deadlines
from logistics.testing.people import ANNA, actor
from logistics.testing.shipments import (
    NOON,
    ON_ITS_WAY,
    READY,
    SHIPMENT,
    TOMORROW,
    dispatch,
    heard,
    lived,
    recall,
    register,
    registered,
    report,
    seen,
)

S = ShipmentStage
OTHER: Promised = replace(TOMORROW, reservation_id="r-2", ends_at=TOMORROW.ends_at + timedelta(days=1))


def kinds(decision: Decision[Any]) -> list[str]:
    """What changed, by name."""
    assert not isinstance(decision, Refused), decision
    return [type(each).__name__ for each in decision]


def stage(shipping: Shipping) -> ShipmentStage:
    """Of the current one."""
    assert shipping.current
    return shipping.current.stage


def test_nothing_is_there_before_delivery_is_agreed() -> None:
    assert lived(heard(replace(READY, promised=None))).current is None


def test_an_agreed_delivery_opens_a_shipment_once() -> None:
    once = lived(heard())
    assert (stage(once), decide(heard(), once)) == (S.PLANNED, [])


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (replace(READY, covered=False), "not_paid"),
        (replace(READY, allocated=False), "goods_not_there"),
        (replace(READY, promised=None), "no_promise"),
    ],
)
def test_given_an_unpaid_order_or_one_without_goods_or_promise_when_it_is_to_go_then_it_stays(
    known: Any, why: str
) -> None:
    with pytest.raises(NotReadyToShip) as no:
        decide(register(), lived(heard(), heard(known)))
    assert no.value.about == {"why": why}
    with pytest.raises(NotReadyToShip):
        decide(dispatch(), lived(heard(), register(), registered(), heard(known)))


def test_registered_dispatched_delivered_each_once() -> None:
    asked = lived(heard(), register())
    assert decide(register(), asked) == []
    taken = lived(heard(), register(), registered("cdek-1"))
    assert (stage(taken), decide(registered("other"), taken), decide(register(), taken)) == (
        S.REGISTERED,
        [],
        [],
    )
    way = lived(*ON_ITS_WAY)
    assert (stage(way), decide(dispatch(), way)) == (S.PICKED_UP, [])
    kept = report(seen(S.DELIVERED))
    assert kinds(decide(kept, way)) == ["ReportsHeard", "ShipmentDelivered"]
    assert decide(kept, lived(*ON_ITS_WAY, kept)) == []


def test_a_sales_manager_ships_nothing_and_it_is_remembered() -> None:
    for command in (register(ANNA), dispatch(ANNA), recall(ANNA)):
        assert isinstance(decide(command, lived(heard())), Refused)


def test_a_courier_reports_of_his_own_carrier_only() -> None:
    gleb = actor("gleb", Role.COURIER)
    way = lived(*ON_ITS_WAY)
    assert isinstance(decide(report(seen(S.DELIVERED), gleb, his_own=False), way), Refused)
    assert kinds(decide(report(seen(S.DELIVERED), gleb), way))[0] == "ReportsHeard"


def test_what_was_not_registered_is_not_dispatched_nor_reported() -> None:
    with pytest.raises(NotRegistered):
        decide(dispatch(), lived(heard()))
    with pytest.raises(NotRegistered):
        decide(report(seen(S.DELIVERED)), lived(heard()))


def test_more_than_was_sent_is_not_kept() -> None:
    way = lived(*ON_ITS_WAY)
    for kept in (((1, 3),), ((9, 1),), ((1, 0),)):
        with pytest.raises(ReportMakesNoSense):
            decide(report(replace(seen(S.DELIVERED), kept=kept)), way)


def test_a_failed_attempt_is_told_each_time_and_a_final_one_ends_it() -> None:
    first = report(seen(S.ATTEMPT_FAILED, 60, "no_contact"))
    assert kinds(decide(first, lived(*ON_ITS_WAY))) == ["ReportsHeard", "DeliveryFailed"]
    last = report(seen(S.FAILED, 90, "refusal"))
    ended = lived(*ON_ITS_WAY, first, last)
    assert (stage(ended), ended.current and ended.current.attempts) == (S.FAILED, 1)
    back = lived(*ON_ITS_WAY, first, last, report(seen(S.RETURNED, 120)))
    assert stage(back) is S.RETURNED
    with pytest.raises(ShipmentIsOver):
        decide(report(seen(S.DELIVERED, 200)), back)


def test_delivery_agreed_anew_after_a_failure_opens_the_next_shipment() -> None:
    failed = report(seen(S.FAILED, 90, "refusal"))
    anew = lived(*ON_ITS_WAY, failed, heard(replace(READY, promised=OTHER)))
    assert [each.shipment_id for each in anew.parcels] == ["o-1.1", "o-1.2"]
    assert stage(anew) is S.PLANNED
    assert decide(heard(replace(READY, promised=OTHER)), anew) == []


def test_another_promise_moves_what_is_not_registered_and_replaces_what_is() -> None:
    known = replace(READY, promised=OTHER)
    moved = lived(heard(), heard(known))
    assert moved.current
    assert (len(moved.parcels), moved.current.promised) == (1, OTHER)
    replaced = lived(heard(), register(), registered(), heard(known))
    assert [each.stage for each in replaced.parcels] == [S.CANCELLED, S.PLANNED]
    assert replaced.parcels[0].owes is ShipmentStep.CANCEL
    on_way = lived(*ON_ITS_WAY, heard(known))
    assert on_way.current
    assert (stage(on_way), on_way.current.promised.ends_at) == (S.PICKED_UP, OTHER.ends_at)


def test_a_cancelled_order_frees_its_shipment_wherever_it_is() -> None:
    gone = heard(replace(READY, cancelled=True))
    planned = lived(heard(), gone)
    assert planned.current
    assert (stage(planned), planned.current.owes) == (S.CANCELLED, None)
    known = lived(heard(), register(), registered(), gone)
    assert known.current
    assert (stage(known), known.current.owes) == (S.CANCELLED, ShipmentStep.CANCEL)
    assert stage(lived(*ON_ITS_WAY, gone)) is S.RETURNING
    assert stage(lived(*ON_ITS_WAY, gone, report(seen(S.RETURNED)))) is S.RETURNED
    assert decide(gone, lived(*ON_ITS_WAY, gone)) == []


def test_an_order_cancelled_before_all_else_gets_no_shipment() -> None:
    assert lived(heard(replace(READY, cancelled=True))).current is None


def test_a_recall_brings_it_back_once() -> None:
    assert decide(recall(), lived(*ON_ITS_WAY, recall())) == []
    assert stage(lived(*ON_ITS_WAY, recall())) is S.RETURNING
    with pytest.raises(ShipmentIsOver):
        decide(recall(), lived(*ON_ITS_WAY, report(seen(S.DELIVERED))))


def test_a_window_is_missed_once_and_only_after_its_grace() -> None:
    way = lived(*ON_ITS_WAY)
    due = TOMORROW.ends_at + GRACE
    assert [(each.name, each.at) for each in deadlines(way)] == [(f"window:{SHIPMENT}", due)]
    early = k.ShipmentDeadlinePassed("o-1", f"window:{SHIPMENT}", due - timedelta(seconds=1))
    assert decide(early, way) == []
    late = replace(early, at=due)
    assert decide(late, way) == [c.WindowMissed(SHIPMENT, due)]
    assert decide(late, lived(*ON_ITS_WAY, late)) == []
    assert decide(late, lived(*ON_ITS_WAY, report(seen(S.DELIVERED)))) == []
    assert deadlines(lived(*ON_ITS_WAY, late)) == []


def test_a_parcel_that_lies_at_its_point_misses_no_window() -> None:
    lies = k.HearCarrier("o-1", SHIPMENT, (seen(S.READY_FOR_PICKUP),), NOON)
    assert deadlines(lived(*ON_ITS_WAY, lies)) == []


def test_what_may_go_is_registered_by_itself_when_that_is_due() -> None:
    plan = replace(heard().plan, register_at=NOON + timedelta(hours=1))
    unpaid = lived(heard(replace(READY, covered=False), plan))
    name = f"register:{SHIPMENT}"
    assert name not in {each.name for each in deadlines(unpaid)}
    paid = lived(heard(replace(READY, covered=False), plan), heard(READY, plan))
    assert name in {each.name for each in deadlines(paid)}
    passed = k.ShipmentDeadlinePassed("o-1", name, NOON + timedelta(hours=1))
    assert kinds(decide(passed, paid)) == ["RegistrationAsked"]
    assert decide(passed, unpaid) == []


def test_a_step_nobody_finished_is_due_again() -> None:
    asked = lived(heard(), register())
    passed = k.ShipmentDeadlinePassed("o-1", f"settle:{SHIPMENT}", NOON + timedelta(minutes=1))
    assert kinds(decide(passed, asked)) == ["CarrierStepPutOff"]
    assert decide(passed, lived(heard(), register(), registered())) == []


def test_what_the_carrier_refuses_is_asked_again_by_a_person() -> None:
    no = k.NoteCarrier("o-1", SHIPMENT, "register", NOON, refused="no_such_city")
    refused = lived(heard(), register(), no)
    assert refused.current
    assert (stage(refused), refused.current.refused) == (S.PLANNED, "no_such_city")
    assert kinds(decide(register(), refused)) == ["RegistrationAsked"]


def test_an_unknown_shipment_is_said_to_be_unknown() -> None:
    for shipping in (None, lived(heard(replace(READY, promised=None)))):
        with pytest.raises(UnknownShipment):
            decide(register(), shipping)
