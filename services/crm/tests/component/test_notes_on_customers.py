"""Notes on customers over HTTP: written, read for a reason, listed by type (R109-R111)."""

import json
from typing import Any

import pytest
from contracts.crm import CustomerNotedV1, DutyRefusedV1
from kernel.actor import Actor, Role

from services.crm.tests.component.noted_customers import (
    ANNA,
    CLERK,
    OTHER,
    SAID,
    keeps_types,
    known,
    read,
    write,
)

KIRA = Actor("kira", frozenset({Role.QUALITY_CONTROLLER}), shop_id="main")
ROUTER = Actor("service:telephony_router", frozenset({Role.SERVICE}))
SECRET = ("theatre", "tears", "lace")


async def test_what_is_noted_is_read_by_who_talks_with_her_and_told_without_a_word_of_it(crm: Any) -> None:
    await keeps_types(crm)
    who = await known(crm)

    await write(crm, who, **SAID, customer_type="confident_closed")

    (told,) = crm.news()
    assert isinstance(told, CustomerNotedV1)
    assert (told.customer.customer_id, told.shop_id, told.by) == (who, "main", "anna")
    assert (told.customer_type, told.notes) == ("confident_closed", ("situation", "problem"))
    assert not any(word in told.model_dump_json() for word in SECRET)
    found = await read(crm, who)
    assert {each["part"]: (each["text"], each["by"]) for each in found["notes"]} == {
        part: (text, "anna") for part, text in SAID.items()
    }
    assert (found["customer_type"]["code"], found["customer_type"]["advice_en"]) == (
        "confident_closed", "Facts and figures, no small talk",
    )  # fmt: skip
    assert [(each["by"], each["parts"]) for each in found["written"]] == [
        ("anna", ["customer_type", "situation", "problem"])
    ]
    assert [each["part"] for each in found["prompts"]] == [
        "situation",
        "problem",
        "implication",
        "need_payoff",
    ]


async def test_they_lie_sealed(crm: Any) -> None:
    one, two = await known(crm), await known(crm, OTHER)
    await write(crm, two, **SAID)
    await crm.ask("POST", f"/customers/{one}/merges", {"merged_id": two}, by=CLERK)
    customers = next(store for store in crm.chassis.stores if store.name == "customers")

    for key in (one, two):
        assert not any(word in json.dumps(customers.raw(key), default=str) for word in SECRET)
    assert set(customers.raw(two)["notes"]["problem"]["text"]) == {"sealed"}


async def test_a_look_is_written_down_once_and_as_his_for_whom_a_service_asks(crm: Any) -> None:
    who = await known(crm)
    await read(crm, who)
    await write(crm, who, **SAID)

    for _ in range(3):
        await read(crm, who, by=ROUTER, staff_id="boris", reason="call k-1")
    await read(crm, who, staff_id="boris")

    looks = (await crm.ask("GET", f"/customers/{who}/looks", by=CLERK))["items"]
    assert [(each["by"], each["reason"]) for each in looks] == [("boris", "call k-1"), ("anna", "she rings")]


async def test_whose_duty_it_is_not_is_refused_and_that_is_told(crm: Any) -> None:
    await keeps_types(crm)
    who = await known(crm)
    await write(crm, who, **SAID, customer_type="unsure_open")
    crm.news()

    await read(crm, who, by=KIRA, status=403)
    await write(crm, who, by=CLERK, situation="lace", status=403)
    await write(crm, who, by=ROUTER, situation="lace", status=403)
    await crm.ask("GET", "/customers?customer_type=unsure_open", by=KIRA, status=403)

    told = crm.news()
    assert [(type(each), each.action) for each in told] == [(DutyRefusedV1, "note_customer")] * 3
    assert (await crm.ask("GET", f"/customers/{who}", by=KIRA))["customer_type"] is None
    assert (await crm.ask("GET", f"/customers/{who}", by=ANNA))["customer_type"] == "unsure_open"


async def test_the_same_key_is_the_same_writing_and_another_body_is_refused(crm: Any) -> None:
    who = await known(crm)

    first = await write(crm, who, key="w-1", **SAID)
    again = await write(crm, who, key="w-1", **SAID)
    await write(crm, who, key="w-1", situation="lace", status=409)

    assert again == first
    assert len(crm.news()) == 1


async def test_who_has_not_seen_the_newest_words_does_not_write_over_them(crm: Any) -> None:
    who = await known(crm)
    await write(crm, who, **SAID)

    no = await write(crm, who, revision=0, situation="lace", status=409)
    await write(crm, who, revision=no["revision"], situation=None)

    assert (no["type"], no["rule"]) == ("/problems/notes-changed", "R111")
    assert [each["part"] for each in (await read(crm, who))["notes"]] == ["problem"]


@pytest.mark.parametrize(
    "said",
    [{"situation": "x" * 2001}, {"problem": "\x00"}, {"customer_type": "Not a code"}, {"mood": "grim"}],
)
async def test_what_is_too_long_or_no_note_is_malformed(crm: Any, said: Any) -> None:
    await write(crm, await known(crm), status=422, **said)

    assert crm.news() == []


async def test_a_shop_keeps_no_types_until_it_says_so_and_then_its_own(crm: Any) -> None:
    who = await known(crm)
    usual = await crm.ask("GET", "/shops/main/note-form", by=ANNA)
    assert (usual["keeps_types"], len(usual["types"])) == (False, 4)
    no = await write(crm, who, customer_type="confident_open", status=409)
    words = {"ru": "Спешит", "en": "In a hurry"}
    own = {"code": "in_a_hurry", "name": words, "signs": words, "advice": words}

    await crm.ask("PUT", "/shops/main/note-form", {"keeps_types": True, "types": [own]}, by=ANNA, status=403)
    await keeps_types(crm, types=[own])

    unknown = await write(crm, who, customer_type="confident_open", status=409)
    await write(crm, who, customer_type="in_a_hurry")
    assert (no["type"], no["rule"]) == ("/problems/types-not-kept", "R109")
    assert unknown["type"] == "/problems/unknown-type"
    assert (await read(crm, who))["customer_type"]["ru"] == "Спешит"
    described = await crm.ask("GET", "/shops/main/note-form", by=ANNA)
    assert described == {"keeps_types": True, "types": [own], "prompts": usual["prompts"]}


async def test_customers_are_listed_by_type_page_by_page(crm: Any) -> None:
    await keeps_types(crm)
    ids = [await known(crm, f"+7916123450{n}") for n in range(5)]
    for n, who in enumerate(ids):
        await write(crm, who, customer_type="unsure_open" if n < 3 else "confident_open")

    first = await crm.ask("GET", "/customers?customer_type=unsure_open&limit=2", by=ANNA)
    rest = await crm.ask(
        "GET", f"/customers?customer_type=unsure_open&limit=2&cursor={first['next']}", by=ANNA
    )

    assert (len(first["items"]), rest["next"]) == (2, None)
    found = [*first["items"], *rest["items"]]
    assert {each["customer_id"] for each in found} == set(ids[:3])
    assert {each["customer_type"] for each in found} == {"unsure_open"}


async def test_the_person_is_shown_them_and_they_go_with_him(crm: Any) -> None:
    await keeps_types(crm)
    who = await known(crm)
    await write(crm, who, **SAID, customer_type="unsure_open")

    shown = await crm.ask("POST", f"/customers/{who}/export", {"reason": "she asked"}, by=CLERK)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)

    assert {each["part"]: each["text"] for each in shown["noted"]} == {"customer_type": "unsure_open", **SAID}
    await read(crm, who, status=409)
    assert (await crm.ask("GET", "/customers?customer_type=unsure_open"))["items"] == []
    told = json.dumps([await crm.ask("GET", f"/customers/{who}/timeline")])
    assert not any(word in told for word in SECRET)


async def test_telephony_is_told_the_type_in_words_and_which_notes_there_are(crm: Any) -> None:
    await keeps_types(crm)
    one, two = await known(crm), await known(crm, OTHER)
    await write(crm, one, **SAID, customer_type="confident_open")

    answer = await crm.ask("POST", "/directory/customers:read", {"ids": [one, two]}, by=ROUTER)

    noted, nothing = (each["noted"] for each in answer["items"])
    assert nothing is None
    assert (noted["customer_type"]["en"], noted["notes"], noted["by"]) == (
        "Confident and open", ["situation", "problem"], "anna",
    )  # fmt: skip
    assert not any(word in json.dumps(answer) for word in SECRET)
