"""A real Kamailio asks the router over HTTP and rings sipp's telephones; what happened is told and kept."""

import pytest
from contracts.calls import CallAnsweredV1, CallbackDueV1, CallFinishedV1, CallMissedV1, CallReceivedV1
from telephony_router.testing.asking import MARIA

from tests.deploy.house import House
from tests.deploy.sip import played

pytestmark = pytest.mark.timeout(90)


async def test_the_manager_answers(house: House) -> None:
    await house.opens()
    async with house.sip.telephone("telephone_answers", house.desk) as desk:
        await house.sip.called("caller_talks", MARIA)
        await played(desk)

    finished = await house.told(CallFinishedV1)
    answered = await house.told(CallAnsweredV1)
    assert (answered.target, answered.staff_id, answered.first_try) == ("owner", "anna", True)
    assert (answered.call.customer_id, answered.call.recognition) == ("c-maria", "known")
    assert (finished.staff_id, finished.talked_seconds in {1, 2, 3}) == ("anna", True)
    call = await house.call()
    assert (call["status"], call["staff_id"]) == ("finished", "anna")
    (leg,) = call["legs"]
    assert (leg["target"], leg["ended"], leg["rang_at"] is not None) == ("owner", "answered", True)


async def test_the_manager_is_silent_and_his_mobile_answers(house: House) -> None:
    await house.opens()
    async with (
        house.sip.telephone("telephone_is_silent", house.desk) as desk,
        house.sip.telephone("telephone_answers", house.mobile) as mobile,
    ):
        await house.sip.called("caller_talks", MARIA)
        await played(desk)
        await played(mobile)

    await house.told(CallFinishedV1)
    answered = await house.told(CallAnsweredV1)
    assert (answered.target, answered.staff_id, answered.first_try) == ("owner_mobile", "anna", False)
    assert await house.legs() == [("owner", "no_answer"), ("owner_mobile", "answered")]


async def test_nobody_answers_and_he_is_to_be_rung_back(house: House) -> None:
    await house.opens()
    async with (
        house.sip.telephone("telephone_is_silent", house.desk) as desk,
        house.sip.telephone("telephone_declines", house.mobile) as mobile,
        house.sip.telephone("telephone_is_silent", house.deputy) as deputy,
    ):
        await house.sip.called("caller_is_not_answered", MARIA)
        await played(desk)
        await played(mobile)
        await played(deputy)

    missed = await house.told(CallMissedV1)
    await house.router.chassis.pass_deadlines()
    due = await house.told(CallbackDueV1)
    assert (missed.reason, house.router.told(CallAnsweredV1)) == ("nobody_answered", [])
    assert (due.callback.origin, due.callback.owner_id) == ("missed_call", "anna")
    assert due.callback.customer_id == "c-maria"
    assert await house.legs() == [
        ("owner", "no_answer"),
        ("owner_mobile", "declined"),
        ("deputy", "no_answer"),
    ]


async def test_the_caller_hangs_up_while_it_rings(house: House) -> None:
    await house.opens()
    async with house.sip.telephone("telephone_is_silent", house.desk) as desk:
        await house.sip.called("caller_gives_up", MARIA)
        await played(desk)

    missed = await house.told(CallMissedV1)
    await house.router.chassis.pass_deadlines()
    assert (missed.reason, (await house.told(CallbackDueV1)).callback.owner_id) == ("hung_up", "anna")
    assert [target for target, _ in await house.legs()] == ["owner"]


async def test_the_router_is_down_and_hears_of_the_call_when_it_is_back(house: House) -> None:
    async with house.sip.telephone("telephone_answers", house.emergency) as other:
        await house.sip.called("caller_talks", MARIA)
        await played(other)
    assert house.router.told(CallReceivedV1) == []

    await house.opens()

    finished = await house.told(CallFinishedV1)
    answered = await house.told(CallAnsweredV1)
    assert (answered.target, answered.staff_id, answered.first_try) == ("other", None, False)
    assert (answered.call.recognition, finished.talked_seconds in {1, 2, 3}) == ("unknown", True)
    assert (await house.call())["status"] == "finished"


@pytest.mark.parametrize(
    "instead",
    [
        (503, ""),
        (401, "{}"),
        (200, f'{{"routes" "{MARIA}"}}'),
        (200, '{"routes": "none"}'),
        (200, '{"routes": [7]}'),
    ],
    ids=str,
)
async def test_a_router_without_a_plan_leaves_the_emergency_route(
    house: House, instead: tuple[int, str]
) -> None:
    house.door.instead = instead
    await house.opens()
    async with house.sip.telephone("telephone_answers", house.emergency) as other:
        await house.sip.called("caller_talks", MARIA)
        await played(other)

    await house.told(CallFinishedV1)
    assert (await house.told(CallAnsweredV1)).target == "other"
