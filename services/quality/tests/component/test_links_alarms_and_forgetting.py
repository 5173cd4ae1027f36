"""A link before the call, a call that nobody made in its day, and a customer who was erased."""

from collections.abc import AsyncIterator
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from kernel.actor import service
from quality.testing.asking import SETTINGS, Running, running
from quality.testing.news import KIRA, OWNER, erased

FORM = {"content-type": "application/x-www-form-urlencoded"}
FINE = urlencode({"in_order": "true", "content": "true", "nps": "10"})
NOTIFICATIONS = service("notifications")


@pytest.fixture
async def linking() -> AsyncIterator[Running]:
    """A shop that wants links to go first."""
    async with running(SETTINGS.model_copy(update={"survey_first": True})) as it:
        yield it


async def path_of(it: Running, call_id: str) -> str:
    answer = await it.ask("GET", f"/calls/{call_id}/link", NOTIFICATIONS)
    assert answer.status_code == httpx.codes.OK, answer.text
    return urlsplit(str(answer.json()["link"])).path


async def test_where_the_shop_wants_it_a_link_goes_first_and_the_call_waits_for_the_evening(
    linking: Running,
) -> None:
    call_id = await linking.deliver()
    await linking.later(days=1)

    early = await linking.ask("POST", f"/calls/{call_id}/opening")
    await linking.later(hours=9)
    in_time = await linking.ask("POST", f"/calls/{call_id}/opening")

    assert linking.told("quality.call_due")[0]["channel"] == "link_first"
    assert (await linking.call(call_id))["due_at"] == "2026-03-03T15:00:00Z"
    assert early.json()["type"] == "/problems/not-calling-time"
    assert in_time.status_code == httpx.codes.OK


async def test_who_answers_by_the_link_is_not_called(linking: Running) -> None:
    call_id = await linking.deliver()
    path = await path_of(linking, call_id)

    sent = await linking.client.post(path, content=FINE, headers=FORM)
    await linking.later(hours=33)
    called = await linking.ask("POST", f"/calls/{call_id}/opening")
    link = await linking.ask("GET", f"/calls/{call_id}/link", NOTIFICATIONS)

    assert sent.status_code == httpx.codes.OK
    assert (called.json()["type"], link.status_code) == ("/problems/call-closed", 409)
    assert linking.told("quality.answered")[0]["by"] == "customer"
    assert (await linking.ask("GET", "/coverage?from=2026-03-01&to=2026-03-31")).json()["percent"] == 100


async def test_who_does_not_answer_by_the_link_is_called_and_then_the_link_is_used_up(
    linking: Running,
) -> None:
    call_id = await linking.deliver()
    path = await path_of(linking, call_id)
    await linking.later(hours=33)
    await linking.answer(call_id)

    late = await linking.client.post(path, content=FINE, headers=FORM)

    assert (late.status_code, len(linking.told("quality.answered"))) == (409, 1)


async def test_who_wants_no_calls_gets_nothing_but_the_link_also_there(linking: Running) -> None:
    call_id = await linking.deliver(contact_preference="no_calls")
    await linking.later(hours=33)

    refused = await linking.ask("POST", f"/calls/{call_id}/opening")

    assert linking.told("quality.call_due")[0]["channel"] == "survey_link"
    assert (refused.status_code, refused.json()["rule"]) == (409, "R26")


@pytest.mark.parametrize("update", [{"survey_first": False}, {"survey_first": True, "survey_key": None}])
async def test_without_the_shops_wish_or_a_key_she_is_called(update: dict[str, object]) -> None:
    async with running(SETTINGS.model_copy(update=update)) as it:
        call_id = await it.deliver()
        link = await it.ask("GET", f"/calls/{call_id}/link", NOTIFICATIONS)

        assert (it.told("quality.call_due")[0]["channel"], link.status_code) == ("call", 404)


async def test_a_link_of_another_call_or_key_or_cut_short_opens_nothing(linking: Running) -> None:
    path = await path_of(linking, await linking.deliver())
    key, call, signature = path.removeprefix("/survey/").split(".")
    wrong = (f"k2.{call}.{signature}", f"{key}.q-other.{signature}", f"{key}.{call}.{signature[:-1]}", call)

    pages = [await linking.client.get(f"/survey/{each}") for each in wrong]

    assert {each.status_code for each in pages} == {404}


async def test_a_call_that_was_not_made_in_its_day_is_told_once(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(hours=45)
    in_its_day = it.told("quality.call_overdue")

    await it.later(days=2)

    assert in_its_day == []
    (late,) = it.told("quality.call_overdue")
    assert (late["call"]["call_id"], late["at"].isoformat()) == (call_id, "2026-03-04T05:00:00+00:00")


async def test_a_call_that_was_made_is_never_told_as_late(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id)
    await it.later(days=5)

    assert it.told("quality.call_overdue") == []


async def test_of_an_erased_customer_the_words_go_and_the_figures_stay(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id, nps=3, words={"wishes": "Дешевле бы"})

    for sequence in (1, 1, 2):
        await it.tell(erased(), "crm", sequence)

    said = (await it.ask("GET", f"/calls/{call_id}/answers", KIRA)).json()
    assert (said["words"], said["nps"], said["in_order"]) == ({}, 3, True)
    nps = (await it.ask("GET", "/nps?from=2026-03-01&to=2026-03-31", OWNER)).json()
    assert nps["items"][0]["total"]["critics"] == 1
    assert (await it.ask("POST", "/journal:verify", OWNER)).json()["holds"] is True


async def test_an_erased_customer_is_not_called_any_more(it: Running) -> None:
    call_id = await it.deliver()
    other = await it.deliver("o-2", customer_id="c-olga")

    await it.tell(erased(), "crm")

    assert (await it.call(call_id))["reason"] == "customer_erased"
    assert (await it.call(other))["state"] == "open"
