"""Terms over HTTP: written as one document, approved by somebody else, found by their day (R60)."""

from typing import Any

import pytest
from contracts.crm import DutyRefusedV1
from contracts.logistics import TermsApprovedV1
from logistics.testing.asking import Running, example, terms
from logistics.testing.people import ANNA, LENA, OLGA, PARTNER, SITE, VERA

OWN = "/carriers/own-couriers"


async def described(logistics: Running) -> None:
    answer = await logistics.ask("PUT", OWN, LENA, json=example("own-couriers")["profile"])
    assert answer.json()["changes"] == ["CarrierDescribed"]


async def written(logistics: Running, **more: Any) -> Any:
    answer = await logistics.ask("PUT", f"{OWN}/terms", LENA, json=terms(**more))
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("carrier_id", ["own-couriers", "cdek"])
async def test_the_example_is_written_approved_and_read_back_word_for_word(
    logistics: Running, carrier_id: str
) -> None:
    version = await logistics.agree(carrier_id)

    read = await logistics.read(f"/carriers/{carrier_id}/terms/{version}")

    again = await logistics.ask("PUT", f"/carriers/{carrier_id}/terms", LENA, json=read["terms"])
    assert (again.json()["version"], again.json()["stage"]) == (2, "draft")
    assert (await logistics.read(f"/carriers/{carrier_id}/terms/2"))["terms"] == read["terms"]
    (told,) = logistics.told(TermsApprovedV1)
    assert (told.carrier_id, told.version, told.written_by, told.approved_by) == (
        carrier_id,
        1,
        "lena",
        "vera",
    )
    assert told.zones == tuple(read["zones"])


async def test_a_draft_is_no_promise_and_neither_is_a_rejected_or_withdrawn_one(logistics: Running) -> None:
    await described(logistics)
    for end, body, by in (("rejection", {"reason": "дорого"}, VERA), ("withdrawal", None, LENA)):
        draft = await written(logistics)
        path = f"{OWN}/terms/{draft['version']}/{end}"
        assert (await logistics.ask("POST", path, by, json=body)).is_success
        assert (await logistics.check())["reason"] == "no_terms"

    listed = (await logistics.read(f"{OWN}/terms"))["items"]
    assert [(each["version"], each["stage"], each["reason"]) for each in listed] == [
        (1, "rejected", "дорого"),
        (2, "withdrawn", None),
    ]
    assert logistics.told(TermsApprovedV1) == []


async def test_who_wrote_terms_does_not_approve_them_and_the_attempt_is_told(logistics: Running) -> None:
    await described(logistics)
    draft = await logistics.ask("PUT", f"{OWN}/terms", OLGA, json=terms())

    answer = await logistics.ask("POST", f"{OWN}/terms/1/approval", OLGA, json={"revision": 1})
    nobodys = await logistics.ask("POST", f"{OWN}/terms/1/approval", ANNA, json={"revision": 1})

    assert draft.is_success
    assert (answer.status_code, answer.json()["type"], answer.json()["rule"]) == (
        403,
        "/problems/approver-wrote",
        "R80",
    )
    assert (nobodys.status_code, nobodys.json()["type"]) == (403, "/problems/not-your-duty")
    assert [(each.actor_id, each.rule) for each in logistics.told(DutyRefusedV1)] == [
        ("olga", "R80"),
        ("anna", "R60"),
    ]


async def test_what_was_written_since_it_was_read_is_not_approved(logistics: Running) -> None:
    await described(logistics)
    await written(logistics)
    assert (await written(logistics, ahead_days=20))["revision"] == 2

    answer = await logistics.ask("POST", f"{OWN}/terms/1/approval", VERA, json={"revision": 1})

    assert (answer.status_code, answer.json()["type"], answer.json()["revision"]) == (
        409,
        "/problems/other-revision",
        2,
    )


async def test_approved_terms_are_not_written_anew(logistics: Running) -> None:
    await logistics.agree()
    before = await logistics.read(f"{OWN}/terms/1")

    assert (await written(logistics, ahead_days=5))["version"] == 2

    assert await logistics.read(f"{OWN}/terms/1") == before
    refused = await logistics.ask("POST", f"{OWN}/terms/1/withdrawal", LENA)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/terms-decided-already")


async def test_the_version_in_force_is_found_by_its_day(logistics: Running) -> None:
    await logistics.agree()
    await logistics.agree(effective_from="2026-03-10", ahead_days=7)

    numbers = [
        (await logistics.read(f"{OWN}/terms:in-force?on={day}"))["version"]
        for day in ("2026-03-09", "2026-03-10")
    ]

    assert numbers == [1, 2]
    nothing = await logistics.ask("GET", f"{OWN}/terms:in-force?on=2026-03-01")
    assert (nothing.status_code, nothing.json()["type"]) == (404, "/problems/unknown-terms")


async def test_an_agreement_that_can_not_be_meant_is_refused_with_its_faults(logistics: Running) -> None:
    await described(logistics)

    answer = await logistics.ask("PUT", f"{OWN}/terms", LENA, json=terms(zones=[], couriers=[]))

    assert (answer.status_code, answer.json()["faults"]) == (409, "delivers_nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Europe/Atlantis"},
        {"effective_from": "9999-12-31"},
        {"misspelt": 1},
        {"pick_up": {"from": "25:00", "to": "16:00", "packing_minutes": 1}},
    ],
)
async def test_what_cannot_be_read_is_malformed(logistics: Running, wrong: dict[str, Any]) -> None:
    await described(logistics)

    assert (await logistics.ask("PUT", f"{OWN}/terms", LENA, json=terms(**wrong))).status_code == 422


async def test_carriers_are_listed_with_what_holds_and_what_waits(logistics: Running) -> None:
    await logistics.agree()
    await written(logistics, ahead_days=9)

    (listed,) = (await logistics.read("/carriers"))["items"]

    assert (listed["mode"], listed["owner_id"], listed["in_force"], listed["draft"]) == (
        "own_staff",
        "lena",
        1,
        2,
    )
    entries = (await logistics.read(f"{OWN}/timeline"))["entries"]
    assert [each["what"] for each in entries] == [
        ["CarrierDescribed"],
        ["TermsWritten"],
        ["TermsApproved"],
        ["TermsWritten"],
    ]
    assert [len(each["told"]) for each in entries] == [0, 0, 1, 0]


async def test_a_carrier_that_is_no_more_promises_nothing(logistics: Running) -> None:
    await logistics.agree()
    profile = {**example("own-couriers")["profile"], "active": False}

    await logistics.ask("PUT", OWN, LENA, json=profile)

    assert (await logistics.check())["possible"] is False


@pytest.mark.parametrize("path", ["", "/timeline", "/terms", "/terms/1", "/terms:in-force?on=2026-03-02"])
async def test_what_is_not_there_is_not_found_and_outsiders_read_nothing(
    logistics: Running, path: str
) -> None:
    assert (await logistics.ask("GET", f"/carriers/nobody{path}")).status_code == 404
    for outsider in (PARTNER, SITE):
        assert (await logistics.ask("GET", f"/carriers/nobody{path}", outsider)).status_code == 403


async def test_terms_need_a_carrier_and_a_logistician(logistics: Running) -> None:
    assert (await logistics.ask("PUT", f"{OWN}/terms", LENA, json=terms())).status_code == 404
    assert (await logistics.ask("PUT", OWN, ANNA, json=example("cdek")["profile"])).status_code == 403
    await described(logistics)
    assert (await logistics.ask("PUT", f"{OWN}/terms", ANNA, json=terms())).status_code == 403
