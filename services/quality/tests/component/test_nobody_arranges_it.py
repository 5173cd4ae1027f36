"""Nobody can strike a deal with the asking: neither two who call at once, nor who has the customer's link, nor a late word (R8-R12)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from contracts.claims import ClaimClosedV1
from kernel.actor import Role, service
from quality.testing.asking import SETTINGS, Running, running
from quality.testing.news import KIRA, KSENIA, MONDAY, OWNER, claimed, erased, joined, person

FORM = {"content-type": "application/x-www-form-urlencoded"}
NOTIFICATIONS = service("notifications")
NO_CALLS: dict[str, Any] = {"contact_preference": "no_calls"}


def form(**said: object) -> str:
    return urlencode({"in_order": "true", "content": "true", **said})


async def page_of(it: Running, call_id: str) -> str:
    answer = await it.ask("GET", f"/calls/{call_id}/link", NOTIFICATIONS)
    return urlsplit(str(answer.json()["link"])).path


async def test_a_customer_is_not_called_by_two_controllers_at_once(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)

    first = await it.ask("POST", f"/calls/{call_id}/opening", KIRA)
    second = await it.ask("POST", f"/calls/{call_id}/opening", KSENIA)
    it.clock.forward(timedelta(minutes=29))
    still = await it.ask("POST", f"/calls/{call_id}/opening", KSENIA)
    it.clock.forward(timedelta(minutes=1))
    forgotten = await it.ask("POST", f"/calls/{call_id}/opening", KSENIA)

    assert [each.status_code for each in (first, second, still, forgotten)] == [200, 409, 409, 200]
    assert second.json()["type"] == "/problems/somebody-is-calling"
    assert len(it.orders.asked) == 2


async def test_who_asks_never_holds_the_link_by_which_the_customer_answers(it: Running) -> None:
    call_id = await it.deliver(**NO_CALLS)

    hers = await it.ask("GET", f"/calls/{call_id}/link", KIRA)

    assert hers.status_code == 403
    assert await page_of(it, call_id)


async def test_of_who_was_erased_nothing_is_taken_by_his_link_either(it: Running) -> None:
    call_id = await it.deliver(**NO_CALLS)
    path = await page_of(it, call_id)

    await it.tell(erased(), "crm")
    page = await it.client.get(path)
    sent = await it.client.post(path, content=form(wishes="Мария"), headers=FORM)
    link = await it.ask("GET", f"/calls/{call_id}/link", NOTIFICATIONS)

    assert (page.status_code, sent.status_code, link.status_code) == (404, 404, 409)
    assert (await it.call(call_id))["reason"] == "customer_erased"
    assert it.told("quality.answered") == []


async def test_of_two_pages_filled_in_at_once_nothing_bad_is_lost_only_the_second_recommendation(
    it: Running,
) -> None:
    calls = [await it.deliver(order_id, **NO_CALLS) for order_id in ("o-1", "o-2")]
    pages = [await page_of(it, each) for each in calls]

    first = await it.client.post(pages[0], content=form(nps=10), headers=FORM)
    second = await it.client.post(pages[1], content=form(nps=2, in_order="false"), headers=FORM)

    assert (first.status_code, second.status_code) == (200, 200)
    assert [each["nps"] for each in it.told("quality.answered")] == [10, None]
    assert it.told("quality.alarm")[0]["reasons"] == ("not_in_order",)


async def test_a_delivery_heard_of_days_later_is_asked_about_all_the_same(it: Running) -> None:
    await it.later(days=10)

    call_id = await it.deliver(at=MONDAY)
    await it.later(hours=1)

    assert (await it.call(call_id))["state"] == "open"
    assert len(it.told("quality.call_overdue")) == 1
    assert (await it.answer(call_id)).status_code == 200


async def test_whoever_made_a_try_is_not_given_the_second_check() -> None:
    async with running(SETTINGS.model_copy(update={"second_check_share": 100})) as it:
        call_id = await it.deliver()
        await it.later(days=1)
        await it.ask("POST", f"/calls/{call_id}/opening", KIRA)
        await it.ask("POST", f"/calls/{call_id}/attempts", KIRA, json={"result": "no_answer"})
        await it.answer(call_id, KSENIA)

        assert (await it.call(call_id))["checker"] == "owner"


async def test_a_second_look_that_finds_something_else_stands_among_the_contradictions() -> None:
    async with running(SETTINGS.model_copy(update={"second_check_share": 100})) as it:
        call_id = await it.deliver()
        await it.later(days=1)
        await it.answer(call_id)
        before = (await it.ask("GET", "/calls?contradicted=true", OWNER)).json()["items"]

        await it.ask("POST", f"/calls/{call_id}/second-check", KSENIA, json={"agrees": False})

        found = (await it.ask("GET", "/calls?contradicted=true", OWNER)).json()["items"]
        assert before == []
        assert [(each["call_id"], each["agrees"]) for each in found] == [(call_id, False)]


async def test_who_reports_to_whoever_closed_the_claim_does_not_judge_the_order(it: Running) -> None:
    await it.tell(joined("kira", Role.QUALITY_CONTROLLER, reports_to="kostya"), "crm", 9)
    await it.tell(joined("kostya", Role.CONFLICT_MANAGER), "crm", 9)
    hers, other = await it.deliver("o-1"), await it.deliver("o-2", customer_id="c-olga")
    closed = ClaimClosedV1(claim=claimed("o-1").claim, outcome="confirmed", by="kostya")
    await it.tell(closed, "claims")
    await it.later(days=1)

    refused = await it.ask("POST", f"/calls/{hers}/opening", KIRA)
    free = await it.ask("POST", f"/calls/{other}/opening", KIRA)

    assert (refused.status_code, refused.json()["rule"], free.status_code) == (403, "R10", 200)


@pytest.mark.parametrize("answered", [2, 3])
async def test_coverage_is_a_hundred_only_when_everybody_was_asked(it: Running, answered: int) -> None:
    calls = [await it.deliver(f"o-{n}", customer_id=f"c-{n}") for n in range(3)]
    await it.later(days=1)
    for each in calls[:answered]:
        await it.answer(each, person("kira", Role.QUALITY_CONTROLLER))

    shown = (await it.ask("GET", "/coverage?from=2026-03-01&to=2026-03-31", KIRA)).json()

    assert shown["percent"] == (100 if answered == 3 else 66)
