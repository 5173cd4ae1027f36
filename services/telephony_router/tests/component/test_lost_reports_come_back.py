"""What the scenario's reports lost comes back from Voximplant's call history, asked by the vendor's client over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from contracts.calls import (
    CallAnsweredV1,
    CallbackDueV1,
    CallbackMadeV1,
    CallFinishedV1,
    CallMissedV1,
    CallReceivedV1,
)
from contracts.crm import CustomerErasedV1, CustomerV1
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.provider import SECRET, event, knock

from tests.fakes.bitrix24.standing import free_socket, standing
from tests.fakes.voximplant.account import Account, leg, record
from tests.fakes.voximplant.app import application

OURS = "74951234567"
CALLER = MARIA.removeprefix("+")


@dataclass
class Reconciled:
    """The router and the account whose history it reads."""

    it: Running
    account: Account

    async def compare(self) -> bool:
        done = await self.it.wired("reconciling").once()
        await self.it.chassis.pass_deadlines()
        return done

    async def rings(self, call_id: int) -> None:
        self.it.clock.forward(timedelta(milliseconds=1))
        assert (await knock(self.it, "voximplant/calls", {"call_id": str(call_id), "from": MARIA})).is_success

    async def says(self, call_id: int, *events: dict[str, Any]) -> None:
        self.it.clock.forward(timedelta(milliseconds=1))
        body = {"call_id": str(call_id), "from": MARIA, "events": list(events)}
        assert (await knock(self.it, "voximplant/events", body)).is_success

    def had(self, call_id: int, talked: int = 0, *, by: str = "101", **more: Any) -> None:
        """The history has a call of a minute that begins now; somebody talked for the last of it."""
        now = self.it.clock.now()
        legs = [leg(1, now, CALLER, OURS, 60, incoming=True), leg(2, now, by, OURS, talked, kind="user")]
        self.account.had(call_id, now, *legs, **more)

    async def calls(self) -> list[Any]:
        return (await self.it.read("/calls"))["items"]


@pytest.fixture
async def so(tmp_path: Path) -> AsyncIterator[Reconciled]:
    account, at = Account(), free_socket()
    async with (
        standing(application(account), at),
        running(
            voximplant_secret=SecretStr(SECRET),
            voximplant_credentials_file=account.credentials(tmp_path),
            voximplant_api_url=f"http://127.0.0.1:{at.getsockname()[1]}",
        ) as it,
    ):
        yield Reconciled(it, account)


async def test_a_call_whose_end_was_lost_is_ended_as_the_history_has_it(so: Reconciled) -> None:
    await so.rings(77)
    so.had(77, 42, records=[record(1, so.it.clock.now(), "https://records.example/1")])
    so.it.clock.forward(timedelta(minutes=10))

    for _ in range(2):
        assert await so.compare()

    (call,) = await so.calls()
    assert (call["status"], call["staff_id"], call["talked_seconds"]) == ("finished", "anna", 42)
    assert call["recorded"]
    assert (len(so.it.told(CallAnsweredV1)), len(so.it.told(CallFinishedV1)), so.it.told(CallMissedV1)) == (
        1,
        1,
        [],
    )


async def test_a_report_that_comes_after_all_changes_nothing(so: Reconciled) -> None:
    await so.rings(77)
    so.had(77, 42)
    late = (event(so.it, "answered", 18, leg=1), event(so.it, "ended", 60, talked_seconds=42))
    so.it.clock.forward(timedelta(minutes=10))
    await so.compare()
    told = len(so.it.chassis.told)

    await so.says(77, *reversed(late))
    await so.compare()

    (call,) = await so.calls()
    assert (call["status"], call["staff_id"], call["talked_seconds"]) == ("finished", "anna", 42)
    assert len(so.it.chassis.told) == told


async def test_a_call_we_never_heard_of_opens_its_record_and_its_callback(so: Reconciled) -> None:
    so.had(78)
    so.it.clock.forward(timedelta(minutes=10))

    for _ in range(2):
        await so.compare()

    (received,), (missed,), (due,) = (
        so.it.told(each) for each in (CallReceivedV1, CallMissedV1, CallbackDueV1)
    )
    assert received.call.call_id == missed.call.call_id == due.callback.call_id
    assert missed.reason == "router_down"
    assert (due.callback.owner_id, due.callback.customer_id) == ("anna", "c-maria")


async def test_an_answer_that_was_lost_takes_the_callback_back(so: Reconciled) -> None:
    await so.rings(77)
    so.had(77, 42, by="+79035550100")  # by his mobile
    await so.it.later(minutes=20)
    assert len(so.it.told(CallbackDueV1)) == 1

    await so.compare()

    assert [each.outcome for each in so.it.told(CallbackMadeV1)] == ["withdrawn"]
    assert (await so.calls())[0]["staff_id"] == "anna"


async def test_what_was_reported_whole_or_still_runs_is_left_alone(so: Reconciled) -> None:
    await so.rings(77)
    await so.says(77, event(so.it, "answered", 10, leg=1), event(so.it, "ended", 60, talked_seconds=50))
    so.had(77, 42)
    so.it.clock.forward(timedelta(minutes=10))
    so.had(78, ended=False)
    so.account.had(79, so.it.clock.now(), leg(5, so.it.clock.now(), CALLER, OURS, 30))  # we rang
    so.it.clock.forward(timedelta(minutes=1))
    so.had(80)  # its own reports are still waited for
    before = await so.calls()

    so.it.clock.forward(timedelta(minutes=1))
    await so.compare()

    assert await so.calls() == before
    assert before[0]["talked_seconds"] == 50


async def test_all_pages_are_read_and_a_later_round_goes_on(so: Reconciled) -> None:
    for number in range(230):
        so.had(number)
    so.it.clock.forward(timedelta(minutes=10))
    await so.compare()
    assert len(so.it.told(CallReceivedV1)) == 230
    asked = [each["offset"] for each in so.account.journal]
    assert asked == ["0", "100", "200"]

    so.it.clock.forward(timedelta(days=2))  # nobody looked for two days
    so.had(500)
    so.it.clock.forward(timedelta(days=2))
    await so.compare()
    assert len(so.it.told(CallReceivedV1)) == 231


@pytest.mark.parametrize("weather", [{"down": True}, {"busy": 1}, {"html": True}])
async def test_a_history_that_does_not_answer_is_asked_again(so: Reconciled, weather: dict[str, Any]) -> None:
    so.had(78)
    so.it.clock.forward(timedelta(minutes=10))
    vars(so.account.weather).update(weather)
    assert not await so.compare()
    assert await so.calls() == []
    await so.rings(90)  # calls go on

    vars(so.account.weather).update(down=False, busy=0, html=False)
    so.it.clock.forward(timedelta(days=1))
    assert await so.compare()

    assert len(await so.calls()) == 2


async def test_a_key_that_is_refused_or_gone_is_no_reason_to_fail(so: Reconciled, tmp_path: Path) -> None:
    so.account.key_id = "another"
    assert not await so.compare()
    (tmp_path / "credentials.json").unlink()
    assert not await so.compare()


async def test_the_voice_of_who_was_erased_does_not_come_back(so: Reconciled) -> None:
    await so.rings(77)
    so.had(77, 42, records=[record(1, so.it.clock.now(), "https://records.example/1")])
    customer = CustomerV1(customer_id="c-maria", stage="customer", owner_id="anna")
    erased = CustomerErasedV1(customer=customer, reason="asked", by="sveta", at=so.it.clock.now())
    await so.it.tell(erased)
    so.it.clock.forward(timedelta(minutes=10))

    await so.compare()

    (call,) = await so.calls()
    assert (call["status"], call["recorded"]) == ("finished", False)


async def test_without_credentials_nothing_is_asked() -> None:
    async with running() as it:
        assert it.wired("reconciling") is None
