"""Who answers for a customer, changed here, is changed in the portal: once, after its troubles, and without an echo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from chassis.clock import StoppedClock
from crm.settings import CrmSettings

from services.crm.tests.component.portal_of_the_shop import Bridged, bridged
from tests.fakes.bitrix24.subscriptions import Post

ANNAS = "+79160000003"


@pytest.fixture
async def it(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Bridged]:
    """Installed and loaded, and some time has passed."""
    async with bridged(settings, clock) as it:
        assert await it.install() == 200
        await it.load()
        await it.settle()
        clock.forward(timedelta(minutes=1))
        yield it


async def hand_over(it: Bridged, to_id: str) -> None:
    customer = await it.ask("POST", "/customers:find", {"phone": ANNAS})
    body = {"to_id": to_id, "reason": "after_sale"}
    await it.ask("POST", f"/customers/{customer['customer_id']}/owner", body)


def there(it: Bridged) -> int:
    return it.portal.tables["CONTACT"].rows[3]["ASSIGNED_BY_ID"]


async def test_a_hand_over_goes_to_the_portal_once_and_comes_back_as_nothing(it: Bridged) -> None:
    await hand_over(it, "boris")
    await it.settle(Post(repeat=1.0))

    assert there(it) == 17
    assert it.writes() == 1
    assert await it.owner_of(ANNAS) == "boris"


async def test_a_hand_over_that_the_portal_has_already_is_not_written(it: Bridged) -> None:
    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17}, quietly=True)
    it.clock.forward(timedelta(minutes=1))
    await hand_over(it, "boris")
    await it.settle()

    assert (there(it), it.writes()) == (17, 0)


async def test_an_answer_that_was_lost_is_not_written_twice(it: Bridged) -> None:
    await hand_over(it, "boris")
    await it.hear_itself()
    it.portal.weather.forgetful = True
    it.portal.bucket.size = 10**9
    await it.chassis.pass_deadlines()
    it.portal.weather.forgetful = False
    it.clock.forward(timedelta(hours=2))
    await it.settle()

    assert there(it) == 17
    assert it.writes() <= 1
    assert await it.owner_of(ANNAS) == "boris"


async def test_a_portal_that_is_away_is_told_later(it: Bridged) -> None:
    it.portal.weather.html = True
    await hand_over(it, "boris")
    await it.settle()
    assert there(it) == 9

    it.portal.weather.html = False
    it.clock.forward(timedelta(hours=2))
    await it.settle()

    assert (there(it), await it.owner_of(ANNAS)) == (17, "boris")


@pytest.mark.parametrize(("there_later", "owner"), [(True, "vera"), (False, "boris")])
async def test_when_both_changed_him_the_later_counts(it: Bridged, there_later: bool, owner: str) -> None:
    it.portal.weather.html = True
    if not there_later:
        it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 1}, quietly=True)
        it.clock.forward(timedelta(minutes=1))
    await hand_over(it, "boris")
    await it.settle()
    it.clock.forward(timedelta(minutes=1))
    if there_later:
        it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 1}, quietly=True)

    it.portal.weather.html = False
    it.clock.forward(timedelta(hours=2))
    await it.settle()

    assert await it.owner_of(ANNAS) == owner
    assert there(it) == {"vera": 1, "boris": 17}[owner]


async def test_a_webhook_reads_and_never_writes(settings: CrmSettings, clock: StoppedClock) -> None:
    async with bridged(settings, clock, webhook=True) as it:
        it.portal.outgoing.append("http://test/webhooks/bitrix24")
        await it.load()
        await it.settle()
        await hand_over(it, "boris")
        it.portal.change("CONTACT", 4, {"ASSIGNED_BY_ID": 9})
        await it.settle()

        assert await it.owner_of("+79160000004") == "anna"
        assert (await it.owner_of(ANNAS), there(it)) == ("boris", 9)
        assert it.writes() == 0
        assert await it.install() == 403


async def test_an_expired_token_is_renewed_once_for_all_who_ask(it: Bridged) -> None:
    tokens = it.portal.tokens
    before = tokens.refreshes
    tokens.access = {token: (0.0, user) for token, (_, user) in tokens.access.items()}
    for number in range(1, 7):
        it.portal.change("CONTACT", number, {"ASSIGNED_BY_ID": 1})
    await it.settle()

    assert tokens.refreshes - before == 1
    assert {each["owner_id"] for each in await it.customers()} == {"vera"}


async def test_a_pair_that_the_store_could_not_take_at_once_is_not_lost(it: Bridged) -> None:
    installing: Any = it.joining.installing
    faults = [OSError("the store is down"), OSError("it is still down")]

    async def handle(command: Any, why: Any) -> Any:
        if faults:
            raise faults.pop()
        return await installing.handle(command, why)

    fresh = await replace(installing, handle=handle).renewed(await installing.token())

    assert await installing.token() == fresh
    assert fresh in it.portal.tokens.access
