"""A letter is written here and sent by notifications; one that did not go is the owner's task."""

import pytest
from claims.testing.asking import Running
from claims.testing.people import ANNA, KOSTYA, NOTIFICATIONS, TANYA
from contracts.claims import ClaimLetterIssuedV1
from contracts.crm import DutyRefusedV1
from contracts.notifications import MessageFailedV1, MessageSentV1

LETTER = {"paper": "received", "channel": "email", "name": "Мария"}
NEVER_TOLD = "Мария"


async def written(it: Running, **more: str) -> tuple[str, str]:
    """A claim and the id of its letter."""
    id_ = await it.open()
    await it.do(f"/claims/{id_}/letters", {**LETTER, **more}, key="l-1")
    return id_, it.told(ClaimLetterIssuedV1)[-1].letter_id


def message(letter_id: str, template: str = "claim_letter") -> dict[str, str]:
    return {"message_id": letter_id, "channel": "email", "template": template, "language": "ru"}


async def went(it: Running, letter_id: str, sequence: int = 1) -> None:
    fact = MessageSentV1.model_validate(
        {**message(letter_id), "gateway": "smtp", "sent_at": "2026-03-02T07:05:00Z"}
    )
    await it.chassis.tell(fact, source="notifications", sequence=sequence)


async def failed(
    it: Running,
    letter_id: str,
    sequence: int = 1,
    reason: str = "undeliverable",
    template: str = "claim_letter",
) -> None:
    fact = MessageFailedV1.model_validate({**message(letter_id, template), "reason": reason, "attempts": 3})
    await it.chassis.tell(fact, source="notifications", sequence=sequence)


@pytest.mark.parametrize(
    ("channel", "told", "state"),
    [("email", "email", "waiting"), ("post", "post", "by_person"), ("in_person", "by_hand", "by_person")],
)
async def test_a_written_letter_is_told_of_without_a_word_of_it(
    it: Running, channel: str, told: str, state: str
) -> None:
    id_, letter_id = await written(it, channel=channel)

    (issued,) = it.told(ClaimLetterIssuedV1)
    assert (issued.claim.claim_id, issued.letter, issued.channel) == (id_, "received", told)
    assert all(NEVER_TOLD not in record.value.decode() for record in it.chassis.records)
    (shown,) = (await it.read(f"/claims/{id_}"))["letters"]
    assert (shown["letter_id"], shown["state"]) == (letter_id, state)


async def test_the_service_that_sends_it_reads_its_words_and_the_look_is_recorded(it: Running) -> None:
    id_, letter_id = await written(it)

    text = await it.read(f"/claims/{id_}/letters/{letter_id}/text", NOTIFICATIONS)

    assert (text["order_id"], text["language"]) == ("o-1", "ru")
    assert text["subject"] == "Мы получили Ваше обращение, заказ o-1: письмо № 1"
    assert NEVER_TOLD in text["text"]
    look = (await it.read(f"/claims/{id_}/timeline"))["entries"][-1]
    assert (look["what"], look["who"]) == (["LetterShown"], "service:notifications")


async def test_nobody_else_reads_a_letter_that_way(it: Running) -> None:
    id_, letter_id = await written(it)
    path = f"/claims/{id_}/letters/{letter_id}/text"

    for who in (ANNA, KOSTYA, TANYA):
        assert (await it.ask("GET", path, who)).status_code == 403
    assert {each.actor_id for each in it.told(DutyRefusedV1)} == {"anna", "kostya", "tanya"}
    for other in ("x-1", f"{id_}-2", f"{id_}-0", id_):
        answer = await it.ask("GET", f"/claims/{id_}/letters/{other}/text", NOTIFICATIONS)
        assert answer.status_code == 404, other


async def test_a_letter_that_went_is_no_bodys_task(it: Running) -> None:
    id_, letter_id = await written(it)

    for _ in range(2):
        await went(it, letter_id)

    assert (await it.read(f"/claims/{id_}"))["letters"][0]["state"] == "sent"
    entries = (await it.read(f"/claims/{id_}/timeline"))["entries"]
    assert [each["what"] for each in entries].count(["LetterWent"]) == 1


async def test_a_letter_that_failed_is_the_owners_task_until_it_is_written_anew(it: Running) -> None:
    id_, letter_id = await written(it)

    await failed(it, letter_id)

    claim = await it.read(f"/claims/{id_}")
    assert (claim["letters"][0]["state"], claim["letters"][0]["failed"]) == ("failed", "undeliverable")
    assert claim["undelivered"] == [letter_id]
    assert [each["claim_id"] for each in (await it.read("/claims?view=undelivered"))["items"]] == [id_]

    await it.do(f"/claims/{id_}/letters", {**LETTER, "channel": "post"})

    assert (await it.read(f"/claims/{id_}"))["undelivered"] == []
    assert (await it.read("/claims?view=undelivered"))["items"] == []


async def test_what_was_told_late_or_of_another_message_changes_nothing(it: Running) -> None:
    id_, letter_id = await written(it)
    await failed(it, letter_id, sequence=1)
    await went(it, letter_id, sequence=2)

    await failed(it, letter_id, sequence=1, reason="expired")
    await failed(it, letter_id, sequence=3, template="refunded")
    await failed(it, "of-nobody-1", sequence=4)
    await failed(it, f"{id_}-7", sequence=5)

    (letter,) = (await it.read(f"/claims/{id_}"))["letters"]
    assert (letter["state"], letter["failed"]) == ("sent", None)


async def test_news_that_says_what_was_known_still_outdates_older_news(it: Running) -> None:
    id_, letter_id = await written(it)
    await went(it, letter_id, sequence=1)
    await went(it, letter_id, sequence=3)

    await failed(it, letter_id, sequence=2)

    assert (await it.read(f"/claims/{id_}"))["undelivered"] == []


async def test_without_an_order_there_is_no_address_to_write_to(it: Running) -> None:
    body = {"shop_id": "main", "kind": "service", "words": "Грубили"}
    id_ = (await it.do("/claims", body, key="k-9"))["id"]

    assert await it.refused(f"/claims/{id_}/letters", LETTER) == "no-address"
    await it.do(f"/claims/{id_}/letters", {**LETTER, "channel": "post"})
