"""Playbooks and ladders in two pairs of hands, carriers counted and reviewed, and the report (R49, R51-R54, R59, R70-R72)."""

from datetime import timedelta
from typing import Any

from contracts.incidents import IncidentOpenedV1
from logistics.testing import troubles as t
from logistics.testing.people import ANNA, KIRA, KOSTYA, LENA, OLGA, VERA

CALL = {"code": "call", "ru": "Позвонить", "en": "Call"}


async def test_a_new_kind_is_named_once_its_playbook_was_approved_by_another(agreed: Any) -> None:
    trouble = {
        "kind": "frozen_in_transit",
        "source": "courier_service",
        "happened_at": "2026-03-02T06:00:00Z",
        "shop_id": "main",
    }
    unknown = await agreed.ask("POST", "/incidents", ANNA, key="k-1", json=trouble)
    book = {"steps": [CALL]}
    written = await agreed.ask("PUT", "/playbooks/frozen_in_transit", LENA, json=book)
    waiting = await agreed.ask("POST", "/incidents", ANNA, key="k-2", json=trouble)
    approval = "/playbooks/frozen_in_transit/approval"
    stale = await agreed.ask("POST", approval, VERA, json={"revision": 2})
    approved = await agreed.ask("POST", approval, VERA, json={"revision": 1})
    opened = await agreed.ask("POST", "/incidents", ANNA, key="k-3", json=trouble)

    assert (unknown.status_code, written.status_code, waiting.status_code) == (409, 200, 409)
    assert (stale.status_code, approved.status_code, opened.status_code) == (409, 200, 201)
    [told] = agreed.told(IncidentOpenedV1)
    assert (told.incident.kind, told.incident.owner_id) == ("frozen_in_transit", "owner")
    kinds = {each["kind"]: each for each in (await agreed.read("/playbooks", LENA))["items"]}
    assert kinds["frozen_in_transit"]["version"] == kinds["delay"]["version"] == 1


async def test_a_carriers_ladder_is_kept_and_used(agreed: Any) -> None:
    usual = await agreed.read("/ladders/cdek", LENA)
    levels = {"levels": [{"contact_ref": "night-shift", "wait_minutes": 60}]}
    refused = await agreed.ask("PUT", "/ladders/cdek", ANNA, json=levels)
    nobody = await agreed.ask("PUT", "/ladders/nobody", LENA, json=levels)
    written = await agreed.ask("PUT", "/ladders/cdek", LENA, json=levels)

    assert (len(usual["levels"]), usual["version"]) == (3, 0)
    assert (refused.status_code, nobody.status_code, written.status_code) == (403, 404, 200)
    assert [each["carrier_id"] for each in (await agreed.read("/ladders", LENA))["items"]] == ["cdek"]


async def test_promised_and_real_times_are_counted_once_in_any_order(agreed: Any) -> None:
    late = t.ENDS + timedelta(minutes=31)
    facts = [
        (3, t.delivered("s-1", late)),
        (1, t.scheduled("s-1")),
        (3, t.delivered("s-1", late)),
        (1, t.scheduled("s-2")),
        (2, t.delivered("s-2", t.ENDS + timedelta(minutes=30))),
        (1, t.window_missed("s-3")),
    ]
    for sequence, fact in facts:
        await agreed.chassis.tell(fact, source="logistics", sequence=sequence)
    await agreed.chassis.tell(t.answered("q-1"), source="quality", sequence=2)
    await agreed.chassis.tell(t.complained("q-1"), source="quality", sequence=3)
    await agreed.chassis.tell(t.answered("q-2"), source="quality", sequence=2)

    card = await agreed.read("/carriers/cdek/scorecard?month=2026-03", KIRA)

    assert (card["shipments"], card["delivered"], card["on_time"], card["breaches"]) == (3, 2, 1, 2)
    assert (card["asked"], card["complaints"], card["incidents"]) == (2, 1, 1)
    assert (await agreed.chassis.figures())["opblok.promises"] == {"kept": 1, "broken": 2}


async def test_a_failing_carrier_is_reviewed_and_replaced_only_after_a_talk(agreed: Any) -> None:
    early = await agreed.ask("POST", "/carriers/cdek/review/conclusion", LENA, json={"verdict": "keep"})
    for n in range(10):
        await agreed.chassis.tell(t.window_missed(f"s-{n}"), source="logistics", sequence=1)
    relation = await agreed.read("/carriers/cdek/relation", LENA)
    path = "/carriers/cdek/review/conclusion"
    verdict = {"verdict": "replace", "successor": "own-couriers"}

    untalked = await agreed.ask("POST", path, LENA, json=verdict)
    talk = {"kind": "talk", "words": "They hire two couriers more."}
    favour = {"kind": "favour_received", "words": "Came back for a forgotten parcel."}
    await agreed.ask("POST", "/carriers/cdek/contacts", LENA, key="c-1", json=favour)
    await agreed.ask("POST", "/carriers/cdek/contacts", KOSTYA, key="c-2", json=talk)
    talked = await agreed.ask("POST", path, LENA, json=verdict)
    again = await agreed.ask("POST", path, LENA, json=verdict)

    assert early.status_code == 404
    assert (relation["under_review"], relation["reasons"], relation["owner_id"]) == (True, ["late"], "owner")
    assert (untalked.status_code, untalked.json()["rule"]) == (409, "R72")
    assert (talked.status_code, again.json()["changes"]) == (200, [])
    after = await agreed.read("/carriers/cdek/relation", LENA)
    assert (after["under_review"], after["last_verdict"], after["favours_received"]) == (False, "replace", 1)


async def test_the_report_counts_per_hundred_and_how_soon_we_knew(agreed: Any) -> None:
    for n in range(4):
        await agreed.chassis.tell(t.scheduled(f"s-{n}"), source="logistics", sequence=1)
    agreed.clock.forward(timedelta(hours=5, minutes=40))
    await agreed.chassis.tell(t.window_missed("s-0"), source="logistics", sequence=2)
    incident_id = agreed.told(IncidentOpenedV1)[0].incident.incident_id
    await agreed.ask("PUT", f"/incidents/{incident_id}/money", OLGA, json=t.money(900, 400))
    await agreed.ask("POST", f"/incidents/{incident_id}/closing", OLGA, json=t.closing())

    report = await agreed.read("/reports/incidents?shop_id=main&from=2026-03-01&to=2026-03-31", VERA)

    assert report["total"] == {"incidents": 1, "of": 4, "per_hundred": 25.0}
    assert report["by_week"]["2026-W10"]["per_hundred"] == report["by_carrier"]["cdek"]["per_hundred"] == 25.0
    assert (
        report["by_day"]["2026-03-02"]["per_hundred"]
        == report["by_mode"]["courier_service"]["per_hundred"]
        == 25.0
    )
    assert (report["seconds_to_detect"], report["lost"], report["recovered"]) == (40 * 60, 900, 400)
    assert report["playbooks"]["delay:1"]["success"] == 1.0
    too_long = await agreed.ask("GET", "/reports/incidents?shop_id=main&from=2026-01-01&to=2026-12-31", VERA)
    assert too_long.status_code == 409
