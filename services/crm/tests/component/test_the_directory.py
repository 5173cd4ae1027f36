"""What telephony may know: numbers of customers as keyed hashes only, numbers of staff for services alone."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from contracts.crm import CustomerChangedV1, StaffChangedV1
from kernel.actor import Actor, Role
from kernel.phone import Phone

ROUTER = Actor("service:telephony_router", frozenset({Role.SERVICE}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
PHONE = "8 (916) 123-45-67"
PELAGEYA = {"phone": PHONE, "name": "Pelageya", "address": "Tver, Tenth street 1"}
DESK: Mapping[str, Any] = {"extension": "101", "sip": "anna@pbx.igla.example", "mobile": "8 903 555 01 00"}


async def known(crm: Any) -> str:
    found = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ROUTER)
    return str(found["customer_id"])


def hashed(crm: Any, phone: str) -> str:
    return Phone.parse(phone).keyed_hash(crm.settings.phone_hash_key())


async def test_a_customer_is_found_by_the_hash_that_both_sides_reckon(crm: Any) -> None:
    customer_id = await known(crm)
    his, nobodys = hashed(crm, "+7 916 123-45-67"), hashed(crm, "+7 916 765-43-21")

    found = await crm.ask("POST", "/directory:lookup", {"hashes": [his, nobodys, his]}, by=ROUTER)

    assert [each["hash"] for each in found["items"]] == [his, nobodys]
    (card,) = found["items"][0]["customers"]
    assert (card["customer_id"], card["owner_id"], card["hashes"]) == (customer_id, "anna", [his])
    assert found["items"][1]["customers"] == []
    assert not any(word in json.dumps(found) for word in ("Pelageya", "Tver", "1234567"))


async def test_cards_are_read_by_id_and_page_by_page(crm: Any) -> None:
    customer_id = await known(crm)

    read = await crm.ask("POST", "/directory/customers:read", {"ids": [customer_id, "nobody"]}, by=ROUTER)
    page = await crm.ask("GET", "/directory/customers?limit=1", by=ROUTER)

    assert [each["customer_id"] for each in read["items"]] == [customer_id]
    assert page["items"] == read["items"]


async def test_what_rings_a_colleague_is_told_to_services_and_shown_masked_to_colleagues(crm: Any) -> None:
    body = {**DESK, "hidden": ["mobile"]}
    await crm.ask("PUT", "/staff/anna/phones", body, by=CLERK)

    (told,) = crm.news()
    assert isinstance(told, StaffChangedV1)
    assert not any(word in told.model_dump_json() for word in ("101", "igla", "555"))
    read = await crm.ask("POST", "/directory/staff:read", {"ids": ["anna", "nobody"]}, by=ROUTER)
    assert read["items"] == [
        {
            "staff_id": "anna",
            "shop_id": "main",
            "extension": "101",
            "sip": "anna@pbx.igla.example",
            "mobile": "+79035550100",
            "hidden": ["mobile"],
        }
    ]
    page = await crm.ask("GET", "/directory/staff", by=ROUTER)
    assert read["items"][0] in page["items"]
    shown = await crm.ask("GET", "/staff/anna")
    assert (shown["sip"], shown["mobile"]) == ("anna@pbx.igla.example", "+7903***0100")


async def test_the_same_telephones_again_tell_nothing_and_what_is_left_out_is_gone(crm: Any) -> None:
    for _ in range(2):
        await crm.ask("PUT", "/staff/anna/phones", dict(DESK), by=CLERK)
    once = len(crm.news())

    await crm.ask("PUT", "/staff/anna/phones", {"extension": "102"}, by=CLERK)

    assert once == 1
    (reach,) = (await crm.ask("POST", "/directory/staff:read", {"ids": ["anna"]}, by=ROUTER))["items"]
    assert (reach["extension"], reach["sip"], reach["mobile"]) == ("102", None, None)


async def test_a_grade_that_changes_leaves_telephones_as_they_are(crm: Any) -> None:
    await crm.ask("PUT", "/staff/anna/phones", dict(DESK), by=CLERK)

    await crm.ask("PATCH", "/staff/anna", {"extension": "103"}, by=CLERK)

    (reach,) = (await crm.ask("POST", "/directory/staff:read", {"ids": ["anna"]}, by=ROUTER))["items"]
    assert (reach["extension"], reach["sip"]) == ("103", "anna@pbx.igla.example")


@pytest.mark.parametrize("sip", ["sip:anna@pbx.example", "anna", "anna@pbx example", "a@b;transport=tls"])
async def test_what_is_no_sip_address_is_malformed(crm: Any, sip: str) -> None:
    await crm.ask("PUT", "/staff/anna/phones", {"sip": sip}, by=CLERK, status=422)

    assert crm.news() == []


async def test_who_sells_gives_nobody_other_telephones(crm: Any) -> None:
    await crm.ask("PUT", "/staff/boris/phones", dict(DESK), by=ANNA, status=403)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/directory:lookup", {"hashes": ["0" * 64]}),
        ("POST", "/directory/customers:read", {"ids": ["c-1"]}),
        ("GET", "/directory/customers", None),
        ("GET", "/directory/staff", None),
        ("POST", "/directory/staff:read", {"ids": ["anna"]}),
    ],
)
async def test_people_do_not_read_the_directory(crm: Any, method: str, path: str, body: Any) -> None:
    """Not even the owner: who needs a number unmasks it, and says why."""
    for who in (ANNA, CLERK):
        await crm.ask(method, path, body, by=who, status=403)
    await crm.ask(method, path, body, status=403)


async def test_a_number_is_no_hash(crm: Any) -> None:
    answer = await crm.ask("POST", "/directory:lookup", {"hashes": ["+79161234567"]}, by=ROUTER, status=422)

    assert "9161234567" not in json.dumps(answer)


async def test_another_wish_another_phone_and_a_block_are_told_without_a_word_about_him(crm: Any) -> None:
    customer_id = await known(crm)
    crm.news()
    path = f"/customers/{customer_id}"

    await crm.ask("PATCH", path, {"contact_preference": "no_calls"})
    await crm.ask("PATCH", path, {"name": "Pelageya the elder"})
    await crm.ask("POST", f"{path}/phones", {"phone": "8 916 765-43-21"})
    for _ in range(2):
        await crm.ask("PUT", f"{path}/blocking", {"blocked": True, "reason": "threats"}, by=CLERK)

    told = [each for each in crm.news() if isinstance(each, CustomerChangedV1)]
    assert [each.what for each in told] == [("contact_preference",), ("phones",), ("blocked",)]
    assert told[0].customer.contact_preference == "no_calls"
    (card,) = (await crm.ask("POST", "/directory/customers:read", {"ids": [customer_id]}, by=ROUTER))["items"]
    assert (card["blocked"], len(card["hashes"])) == (True, 2)


async def test_who_sells_blocks_nobody(crm: Any) -> None:
    customer_id = await known(crm)

    await crm.ask(
        "PUT", f"/customers/{customer_id}/blocking", {"blocked": True, "reason": "rude"}, by=ANNA, status=403
    )
