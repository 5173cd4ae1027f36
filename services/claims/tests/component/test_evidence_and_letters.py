"""Files, letters, and whom they are for."""

import hashlib

from claims.testing.asking import Running
from claims.testing.people import ANNA, KIRA, LEV, OLGA, TANYA
from contracts.claims import ClaimEscalatedV1
from contracts.crm import DutyRefusedV1

PHOTO = b"\xff\xd8\xff\xe0" + b"lamp" * 100
NAME = {"X-File-Name": "%D0%BB%D0%B0%D0%BC%D0%BF%D0%B0.exe"}


async def test_a_file_is_what_its_content_tells_and_each_look_is_recorded(it: Running) -> None:
    id_ = await it.open()
    for _ in range(2):
        added = await it.ask("POST", f"/claims/{id_}/evidence", ANNA, content=PHOTO, more=NAME)
        assert added.status_code == 201, added.text
    (proof,) = (await it.read(f"/claims/{id_}"))["evidence"]
    assert (proof["media_type"], proof["name"], proof["evidence_id"]) == (
        "image/jpeg",
        "лампа.exe",
        hashlib.sha256(PHOTO).hexdigest(),
    )

    path = f"/claims/{id_}/evidence/{proof['evidence_id']}"
    seen = await it.ask("GET", path)

    assert seen.content == PHOTO
    assert seen.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert seen.headers["x-content-type-options"] == "nosniff"
    looks = (await it.read(f"/claims/{id_}/timeline"))["entries"][-1]
    assert (looks["what"], looks["who"]) == (["EvidenceSeen"], "kostya")
    for who in (ANNA, KIRA):
        assert (await it.ask("GET", path, who)).status_code == 403
    assert [each.actor_id for each in it.told(DutyRefusedV1)] == ["anna", "kira"]
    assert (await it.ask("GET", path.replace("a", "b"))).status_code == 404


async def test_a_program_or_a_page_is_no_evidence(it: Running) -> None:
    id_ = await it.open()
    for content in (b"MZ\x90\x00", b"<html><script>", b"", b"GIF89a\x01\x00\x01\x00"):
        answer = await it.ask(
            "POST", f"/claims/{id_}/evidence", content=content, more={"X-File-Name": "a.jpg"}
        )
        assert answer.status_code == 409, content
    assert (await it.read(f"/claims/{id_}"))["evidence"] == []


async def test_a_lawyer_reads_one_claim_while_he_is_brought_in(it: Running) -> None:
    id_ = await it.open()
    await it.ask("POST", f"/claims/{id_}/evidence", content=PHOTO)
    file = f"/claims/{id_}/evidence/{hashlib.sha256(PHOTO).hexdigest()}"
    assert (await it.ask("GET", f"/claims/{id_}", LEV)).status_code == 404
    assert (await it.ask("GET", file, LEV)).status_code == 403

    await it.do(f"/claims/{id_}/escalation", {"to": "legal", "staff_id": "lev"})
    assert (await it.do(f"/claims/{id_}/escalation", {"to": "legal", "staff_id": "lev"}))["changes"] == []
    assert (await it.read(f"/claims/{id_}", LEV))["words"] == "Лампа не горит, Мария"
    assert (await it.ask("GET", file, LEV)).content == PHOTO
    await it.do(f"/claims/{id_}/advice", {"words": "Платить"}, LEV)
    assert (await it.read(f"/claims/{id_}"))["advice"] == ["Платить"]
    assert await it.refused(f"/claims/{id_}/advice", {"words": "Нет"}, TANYA) == "not-invited"

    await it.later(days=15)
    assert (await it.ask("GET", f"/claims/{id_}", LEV)).status_code == 404
    assert (await it.ask("GET", file, LEV)).status_code == 403
    assert [each.to for each in it.told(ClaimEscalatedV1)] == ["legal"]


async def test_it_only_becomes_sharper(it: Running) -> None:
    id_ = await it.open()
    await it.do(f"/claims/{id_}/stage", {"stage": "court"})
    assert (await it.do(f"/claims/{id_}/stage", {"stage": "court"}))["changes"] == []

    assert await it.refused(f"/claims/{id_}/stage", {"stage": "pretrial"}) == "blunter-stage"


async def test_letters_are_written_when_sent_numbered_and_kept_as_they_went(it: Running) -> None:
    id_ = await it.open()
    letter = {"paper": "decision", "channel": "email", "name": "Мария {{ 7 * 7 }}"}
    assert await it.refused(f"/claims/{id_}/letters", letter) == "letter-not-yet"
    await it.do(f"/claims/{id_}/letters", {**letter, "paper": "received"})
    await it.demand(id_)
    decision = {"verdict": "partly", "amount": 100000, "reason": "Царапина на плафоне"}
    await it.do(f"/claims/{id_}/decision", decision)
    for _ in range(2):
        await it.do(f"/claims/{id_}/letters", letter, key="l-1")

    first, second = (await it.read(f"/claims/{id_}"))["letters"]
    assert (first["number"], second["number"], second["channel"]) == (1, 2, "email")
    assert "удовлетворено частично" in second["text"]
    assert "Царапина на плафоне" in second["text"]
    assert "Мария {{ 7 * 7 }}" in second["text"]
    assert second["digest"] == hashlib.sha256(second["text"].encode()).hexdigest()
    hidden = (await it.read(f"/claims/{id_}", ANNA))["letters"]
    assert [each["text"] for each in hidden] == [None, None]


async def test_the_item_and_the_mediation_are_written_down_for_court(it: Running) -> None:
    id_ = await it.open()
    await it.demand(id_, "replacement")
    assert (await it.read(f"/claims/{id_}"))["demand"]["missing"] == ["item"]

    for _ in range(2):
        await it.do(f"/claims/{id_}/item-requests", {"channel": "phone", "answer": "will_bring"})
        await it.do(f"/claims/{id_}/mediation", {"on": "2026-03-05"})
        await it.do(f"/claims/{id_}/extension", {"extension": "extra_check"})

    claim = await it.read(f"/claims/{id_}", OLGA)
    assert (claim["items_asked"], claim["mediation_on"], claim["demand"]["missing"]) == (1, "2026-03-05", [])
    assert claim["demand"]["due_on"] == "2026-03-23"
