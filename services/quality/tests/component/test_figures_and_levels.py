"""NPS of a day, how often a customer is asked, service levels, surveys by link, second checks and the journal."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from quality.application.learning import call_id_of
from quality.testing.asking import SETTINGS, Running, running
from quality.testing.news import (
    ANNA,
    KIRA,
    KSENIA,
    MONDAY,
    OWNER,
    VERA,
    allocated,
    claimed,
    contacted,
    created,
    delivered,
)

FORM = {"content-type": "application/x-www-form-urlencoded"}
FIRST_CONTACT: dict[str, Any] = {
    "title": "First contact",
    "starts": "order_placed",
    "stops": "contacted",
    "term": {"minutes": 120, "working": True},
    "target": 95,
    "valid_from": "2026-01-01T00:00:00Z",
    "review_on": "2026-06-01",
    "seen": 0,
}


async def test_the_days_nps_is_told_once_for_each_whose_it_is(it: Running) -> None:
    await it.tell(allocated("o-0", "brass-works", "own"), "procurement")
    calls = [await it.deliver(f"o-{n}", customer_id=f"c-{n}") for n in range(3)]
    await it.later(days=1)
    for call_id, nps in zip(calls, (10, 9, 3), strict=True):
        await it.answer(call_id, nps=nps)
    await it.later(days=2)

    told = {(each["of"], each["of_id"]): each for each in it.told("nps.measured")}
    assert len(it.told("nps.measured")) == len(told)
    assert {whose: each["answers"] for whose, each in told.items()} == {
        ("company", "main"): 3,
        ("carrier", "own-couriers"): 3,
        ("manager", "anna"): 3,
        ("supplier", "brass-works"): 1,
        ("touchpoint", "site"): 3,
        ("touchpoint", "delivery"): 3,
    }
    assert told["company", "main"]["score"] == 33
    shown = await it.ask("GET", "/nps?from=2026-03-01&to=2026-03-31&of=manager", ANNA)
    assert shown.json()["items"][0]["total"]["answers"] == 3


async def test_by_month_the_same_answers_stand_beside_others(it: Running) -> None:
    for number, nps in enumerate((10, 2)):
        call_id = await it.deliver(f"o-{number}", it.clock.now(), customer_id=f"c-{number}")
        await it.later(days=1)
        await it.answer(call_id, nps=nps)
        await it.later(days=34)

    asked = await it.ask("GET", "/nps?from=2026-03-01&to=2026-05-31&by=month", ANNA)

    (company,) = asked.json()["items"]
    assert [(each["day"], each["score"]) for each in company["days"]] == [
        ("2026-03-01", 100),
        ("2026-04-01", -100),
    ]
    assert asked.json()["benchmarks"]["nike"] == 32


async def test_where_the_customer_met_the_shop_is_measured_each(it: Running) -> None:
    await it.tell(claimed(), "claims")
    await it.tell(created())
    await it.tell(delivered(point_id="p-1"), "logistics")
    await it.later(days=1)
    await it.answer(call_id_of("o-1"), nps=9)
    await it.later(days=1)

    points = {each["of_id"] for each in it.told("nps.measured") if each["of"] == "touchpoint"}
    assert points == {"site", "pickup", "claim"}


async def test_a_customer_is_not_asked_to_recommend_us_twice_in_half_a_year(it: Running) -> None:
    first, second = await it.deliver("o-1"), await it.deliver("o-2")
    await it.later(days=1)
    await it.answer(first, nps=9)

    opened = await it.ask("POST", f"/calls/{second}/opening")
    refused = await it.ask(
        "POST", f"/calls/{second}/answers", json={"in_order": True, "content": True, "nps": 9}
    )
    without = await it.ask("POST", f"/calls/{second}/answers", json={"in_order": True, "content": True})

    assert (opened.json()["ask_nps"], "nps" in opened.json()["questions"]) == (False, False)
    assert refused.json()["type"] == "/problems/nps-asked-lately"
    assert without.status_code == httpx.codes.OK


async def test_who_wants_no_calls_answers_by_a_link_and_looking_changes_nothing(it: Running) -> None:
    call_id = await it.deliver(contact_preference="no_calls")
    assert it.told("quality.call_due")[0]["channel"] == "survey_link"
    link = (await it.ask("GET", f"/calls/{call_id}/link", OWNER)).json()["link"]
    path: str = urlsplit(str(link)).path

    page = await it.client.get(path, headers={"accept-language": "en"})
    looked = await it.call(call_id)
    body = urlencode({"in_order": "true", "content": "false", "nps": "4", "wishes": "Be quicker"})
    sent = [await it.client.post(path, content=body, headers=FORM) for _ in range(2)]
    other = await it.client.post(path, content="in_order=true&content=true", headers=FORM)
    forged = await it.client.get(f"{path[:-4]}AAAA")

    assert "How likely are you to recommend us" in page.text
    assert looked["state"] == "open"
    assert [each.status_code for each in sent] == [200, 200]
    assert (other.status_code, forged.status_code) == (409, 404)
    assert len(it.told("quality.answered")) == 1
    assert it.told("quality.alarm")[0]["reasons"] == ("not_content", "critic")


async def test_a_form_without_the_two_core_questions_is_not_taken(it: Running) -> None:
    call_id = await it.deliver(contact_preference="no_calls")
    link = (await it.ask("GET", f"/calls/{call_id}/link", OWNER)).json()["link"]

    answer = await it.client.post(urlsplit(str(link)).path, content="nps=10", headers=FORM)

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert it.told("quality.answered") == []


async def test_a_drawn_call_is_looked_at_by_somebody_else() -> None:
    async with running(SETTINGS.model_copy(update={"second_check_share": 100})) as it:
        call_id = await it.deliver()
        await it.later(days=1)
        await it.answer(call_id)
        due = await it.ask("GET", "/calls?checker=ksenia", OWNER)

        own = await it.ask("POST", f"/calls/{call_id}/second-check", KIRA, json={"agrees": True})
        other = await it.ask("POST", f"/calls/{call_id}/second-check", KSENIA, json={"agrees": False})

        assert [each["call_id"] for each in due.json()["items"]] == [call_id]
        assert (own.status_code, own.json()["rule"]) == (403, "R11")
        assert other.json()["changes"] == ["CheckMade"]


async def test_a_level_is_declared_by_who_answers_for_service_read_and_never_edited(it: Running) -> None:
    refused = await it.ask("POST", "/slas/first_contact/versions", ANNA, json=FIRST_CONTACT)
    published = await it.ask("POST", "/slas/first_contact/versions", VERA, json=FIRST_CONTACT)
    again = await it.ask("POST", "/slas/first_contact/versions", VERA, json=FIRST_CONTACT)
    blind = await it.ask("POST", "/slas/first_contact/versions", VERA, json={**FIRST_CONTACT, "target": None})
    wish = await it.ask(
        "POST", "/slas/first_contact/versions", VERA, json={**FIRST_CONTACT, "target": None, "seen": 1}
    )
    read = await it.ask("POST", "/slas/first_contact/versions/2:acknowledge", ANNA)

    (shown,) = (await it.ask("GET", "/slas", ANNA)).json()["items"]
    assert (refused.status_code, refused.json()["rule"]) == (403, "R13")
    assert (published.json()["changes"], again.json()["changes"]) == (["SlaPublished"], [])
    assert blind.json()["type"] == "/problems/sla-changed-since"
    assert (wish.status_code, read.status_code) == (200, 200)
    assert [each["flags"] for each in shown["versions"]] == [[], ["no_target"]]
    assert shown["versions"][1]["read_by"] == ["anna"]


async def test_a_term_that_was_not_kept_is_told_once_and_a_kept_one_never(it: Running) -> None:
    await it.ask("POST", "/slas/first_contact/versions", VERA, json=FIRST_CONTACT)
    soon = MONDAY + timedelta(minutes=30)
    await it.tell(contacted("o-1", contacted_at=soon), sequence=2)  # before its order is heard of
    await it.tell(created("o-1"), sequence=1)
    await it.tell(created("o-2"))
    await it.later(hours=5)
    await it.tell(contacted("o-2", contacted_at=it.clock.now()), sequence=2)
    await it.later(hours=5)

    (breach,) = it.told("sla.breached")
    assert (breach["sla_id"], breach["version"], breach["order_id"]) == ("first_contact", 1, "o-2")
    kept = await it.ask("GET", "/slas/first_contact/compliance", ANNA)
    assert kept.json() == {
        "kept": 1,
        "broken": 1,
        "running": 0,
        "percent": 50,
        "median_minutes": 30,
    }


async def test_the_journal_holds_and_nobody_can_change_it(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id)
    await it.ask("GET", f"/calls/{call_id}/answers", KIRA)

    verdict = (await it.ask("POST", "/journal:verify", OWNER)).json()
    ways = [await it.ask(method, "/journal", OWNER) for method in ("DELETE", "PUT", "PATCH", "POST")]

    assert (verdict["holds"], verdict["entries"]) == (True, 3)
    assert {each.status_code for each in ways} == {405}
