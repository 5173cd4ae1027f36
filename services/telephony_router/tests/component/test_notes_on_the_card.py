"""Who picked up sees of what type the caller is and what he needs: the type from memory, the words from crm (R109-R111)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from chassis.listing import Query
from chassis.peers import PeerDown
from contracts.crm import CustomerErasedV1, CustomerNotedV1, CustomerOwnerChangedV1, CustomerV1
from kernel.actor import Actor, Role
from pydantic import SecretStr
from telephony_router.application.reading_notes import NoteWords, ReadingNotes, WordsState
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import ANNA
from telephony_router.testing.people import actor as somebody
from telephony_router.testing.provider import SECRET, ring

HER = CustomerV1(customer_id="c-maria", stage="customer", owner_id="anna")
SEWS = "sews for a theatre"


class SlowCrm:
    """Answers when nobody waits any more."""

    async def notes(self, customer_id: str, staff_id: str, why: str) -> list[NoteWords]:
        del customer_id, staff_id, why
        await asyncio.sleep(30)
        return []


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(webhook_secret=SecretStr(SECRET), router_notes_within=0.2) as router:
        yield router


def fact(it: Running, code: str | None = "confident_open", *notes: str) -> CustomerNotedV1:
    return CustomerNotedV1(
        customer=HER, shop_id="main", customer_type=code, notes=notes, by="anna", at=it.clock.now()
    )


async def noted(it: Running, code: str | None = "confident_open", **texts: str) -> None:
    it.crm.notes("c-maria", code, **texts)
    it.clock.forward(timedelta(minutes=1))
    await it.tell(fact(it, code, *texts))
    await it.chassis.pass_deadlines()


async def all_of(store: Any) -> list[Any]:
    return [store.raw(held.key) for held in (await store.page(Query(), 200)).items]


async def on_card(it: Running, reader: Actor = ANNA) -> Any:
    call_id = (await ring(it))["call_id"]
    card = await it.read(f"/calls/{call_id}/card", reader)
    return card["customers"][0]["notes"]


async def test_the_card_shows_her_type_with_advice_and_what_she_needs(it: Running) -> None:
    await noted(it, situation=SEWS)

    notes = await on_card(it)

    assert (notes["state"], notes["kept"], notes["noted_by"]) == ("shown", ["situation"], "anna")
    assert notes["customer_type"] == {
        "code": "confident_open", "ru": "Тип", "en": "confident_open", "advice_ru": "Совет", "advice_en": "Advice",
    }  # fmt: skip
    assert [(each["part"], each["text"], each["by"]) for each in notes["notes"]] == [
        ("situation", SEWS, "anna")
    ]


async def test_each_reading_is_asked_of_crm_as_the_readers_look_at_this_call(it: Running) -> None:
    await noted(it, situation=SEWS)
    call_id = (await ring(it))["call_id"]

    await it.read(f"/calls/{call_id}/card", ANNA)

    assert it.crm.looks == [("c-maria", "anna", f"call {call_id}")]


async def test_of_whom_nothing_is_noted_crm_is_not_asked(it: Running) -> None:
    assert await on_card(it) is None

    await noted(it)

    assert (await on_card(it))["state"] == "none"
    assert it.crm.looks == []


async def test_crm_that_is_down_keeps_no_card_and_no_type_from_being_shown(it: Running) -> None:
    await noted(it, situation=SEWS)
    it.crm.fault = PeerDown("crm is down")

    notes = await on_card(it)

    assert (notes["state"], notes["kept"], notes["notes"]) == ("silent", ["situation"], [])
    assert notes["customer_type"]["advice_en"] == "Advice"


async def test_a_type_heard_of_while_crm_is_down_is_shown_by_its_code(it: Running) -> None:
    it.crm.fault = PeerDown("crm is down")
    it.clock.forward(timedelta(minutes=1))
    await it.tell(fact(it, "in_a_hurry"))
    await it.chassis.pass_deadlines()
    assert (await on_card(it))["customer_type"] == {
        "code": "in_a_hurry", "ru": None, "en": None, "advice_ru": None, "advice_en": None,
    }  # fmt: skip

    it.crm.fault = None
    it.crm.notes("c-maria", "in_a_hurry")
    await it.later(minutes=1)

    assert (await on_card(it))["customer_type"]["ru"] == "Тип"


async def test_a_crm_that_is_slow_is_not_waited_for(it: Running) -> None:
    await noted(it, situation=SEWS)
    call = (await it.wired("calls").load((await ring(it))["call_id"])).state
    reading = ReadingNotes(it.wired("noticing").memory, SlowCrm(), within=0.05)

    notes = await reading.of(await it.wired("carding").card(call, it.clock.now()), ANNA)

    assert notes["c-maria"].state is WordsState.SILENT


@pytest.mark.parametrize("role", [Role.LOGISTICIAN, Role.QUALITY_CONTROLLER])
async def test_who_does_not_deal_with_customers_learns_only_that_there_is_something(
    it: Running, role: Role
) -> None:
    await noted(it, situation=SEWS)

    notes = await on_card(it, somebody("lena", role))

    assert (notes["state"], notes["customer_type"], notes["kept"], notes["notes"]) == (
        "withheld",
        None,
        [],
        [],
    )
    assert it.crm.looks == []


async def test_of_several_with_one_number_no_words_are_shown_before_it_is_known_who_it_is(
    it: Running,
) -> None:
    it.crm.knows("c-son", MARIA, owner_id="vera")
    await it.owns("c-son", "vera")
    await noted(it, situation=SEWS)
    call_id = (await ring(it))["call_id"]

    card = await it.read(f"/calls/{call_id}/card", ANNA)

    notes = {each["customer_id"]: each["notes"] for each in card["customers"]}
    assert notes["c-son"] is None
    assert (notes["c-maria"]["state"], notes["c-maria"]["notes"]) == ("several", [])
    assert notes["c-maria"]["customer_type"]["code"] == "confident_open"
    assert it.crm.looks == []


async def test_told_twice_late_or_after_other_news_of_her_the_newest_notes_stand(it: Running) -> None:
    older, newer = fact(it, "unsure_open"), fact(it, "confident_closed")
    owner = CustomerOwnerChangedV1(customer=HER.model_copy(update={"owner_id": "boris"}), reason="sale")
    await it.chassis.tell(owner, source="crm", sequence=14)
    for told, sequence in ((newer, 13), (older, 12), (newer, 13), (older, 12)):
        await it.chassis.tell(told, source="crm", sequence=sequence)

    notes = await on_card(it)
    card = it.wired("memory").cards.get("c-maria")

    assert notes["customer_type"]["code"] == "confident_closed"
    assert card.owner_id == "boris"


async def test_what_was_noted_before_the_router_was_there_comes_with_the_first_load(it: Running) -> None:
    it.crm.notes("c-maria", "unsure_open", problem="the thread tears")

    assert await it.wired("loading").once()

    notes = await on_card(it)
    assert (notes["customer_type"]["code"], notes["kept"], notes["state"]) == (
        "unsure_open",
        ["problem"],
        "shown",
    )


async def test_what_is_taken_back_is_not_on_the_card(it: Running) -> None:
    await noted(it, situation=SEWS)

    await it.tell(fact(it, None))

    assert await on_card(it) is None


async def test_who_is_erased_is_forgotten_with_what_was_noted_whatever_comes_late(it: Running) -> None:
    await noted(it, situation=SEWS)
    late = fact(it)

    await it.tell(CustomerErasedV1(customer=HER, reason="asked", by="anna", at=it.clock.now()))
    await it.chassis.tell(late, source="crm", sequence=1)
    it.clock.forward(timedelta(days=1))
    await it.wired("loading").once()

    raw = next(store for store in it.chassis.stores if store.name == "notes").raw("c-maria")
    assert (raw["erased"], raw["customer_type"], raw["kept"], raw["noted_by"]) == (True, None, [], None)


async def test_no_word_of_a_note_is_kept_here(it: Running) -> None:
    await noted(it, situation=SEWS)
    await on_card(it)

    kept = [str(one) for store in it.chassis.stores for one in await all_of(store)]

    assert len(kept) > 5
    assert not [each for each in kept if SEWS in each]
