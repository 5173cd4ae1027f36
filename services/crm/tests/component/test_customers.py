"""Customers over HTTP: one of each, masked, somebody's."""

import asyncio
from typing import Any

import pytest
from contracts.crm import CustomerOwnerChangedV1, CustomerRegisteredV1, DutyRefusedV1
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CARL = Actor("carl", frozenset({Role.COURIER}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
PELAGEYA = {"phone": "8 (916) 123-45-67", "name": "Pelageya", "address": "Tver, Tenth street 1"}


async def resolve(crm: Any, **contact: str) -> Any:
    return await crm.ask("POST", "/customers:resolve", contact, by=ORDERS)


async def test_a_new_customer_is_registered_told_without_a_word_about_him_and_somebodys(crm: Any) -> None:
    found = await resolve(crm, **PELAGEYA, contact_preference="no_calls")

    (told,) = crm.news()
    assert isinstance(told, CustomerRegisteredV1)
    assert found == {
        "customer_id": told.customer.customer_id,
        "owner_id": "anna",
        "contact_preference": "no_calls",
        "registered": True,
        "ambiguous": False,
        "candidates": [
            {
                "customer_id": told.customer.customer_id,
                "owner_id": "anna",
                "contact_preference": "no_calls",
                "reason": "has_this_number",
            }
        ],
    }
    assert (told.customer.stage, told.customer.owner_id) == ("lead", "anna")
    assert not any(word in told.model_dump_json() for word in ("Pelageya", "Tver", "1234567"))


async def test_the_same_phone_in_another_spelling_is_the_same_customer(crm: Any) -> None:
    first = await resolve(crm, **PELAGEYA)
    again = await resolve(crm, phone="+7 916 123 45 67")

    assert (again["customer_id"], again["registered"]) == (first["customer_id"], False)
    assert len(crm.news()) == 1


async def test_many_at_once_get_one_customer(crm: Any) -> None:
    found = await asyncio.gather(*(resolve(crm, **PELAGEYA) for _ in range(64)))

    assert len({each["customer_id"] for each in found}) == 1
    assert [each["registered"] for each in found].count(True) == 1
    assert len(crm.news()) == 1


@pytest.mark.parametrize("phone", ["123-45-67", "anonymous", "", "+7916123456789", "x" * 61, "Pelageya"])
async def test_what_is_no_phone_is_malformed_and_never_repeated(crm: Any, phone: str) -> None:
    answer = await crm.ask("POST", "/customers:resolve", {**PELAGEYA, "phone": phone}, by=ORDERS, status=422)

    assert not phone or phone not in str(answer)
    assert crm.news() == []


async def test_a_customer_is_shown_masked(crm: Any) -> None:
    known = await resolve(crm, **PELAGEYA)

    shown = await crm.ask("GET", f"/customers/{known['customer_id']}", by=ANNA)

    assert shown["phones"] == ["+7916***4567"]
    assert "Pelageya" not in str(shown)


async def test_who_needs_more_says_why_and_it_is_written_down(crm: Any) -> None:
    path = f"/customers/{(await resolve(crm, **PELAGEYA))['customer_id']}"
    reason = {"reason": "she asked to be called back"}

    seen = await crm.ask("POST", f"{path}/unmasking", reason, by=ANNA)
    await crm.ask("POST", f"{path}/unmasking", reason, by=ORDERS)

    assert seen["phones"] == ["+79161234567"]
    assert (seen["name"], seen["addresses"]) == ("Pelageya", ["Tver, Tenth street 1"])
    entries = (await crm.ask("GET", f"{path}/timeline"))["entries"]
    assert [(entry["what"], entry["who"]) for entry in entries[1:]] == [
        (["Unmasked"], "anna"),
        (["Unmasked"], "service:orders"),
    ]


async def test_whose_duty_it_is_not_sees_nothing_and_the_attempt_is_told(crm: Any) -> None:
    path = f"/customers/{(await resolve(crm, **PELAGEYA))['customer_id']}"
    crm.news()

    await crm.ask("POST", f"{path}/unmasking", {"reason": "curious"}, by=CARL, status=403)
    await crm.ask("GET", path, by=CARL, status=403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)
    assert (told.thing, told.action, told.actor_id) == ("customer", "unmask_customer", "carl")


async def test_it_lies_sealed_where_it_is_kept(crm: Any) -> None:
    known = await resolve(crm, **PELAGEYA)
    await crm.ask("POST", f"/customers/{known['customer_id']}/unmasking", {"reason": "to call"}, by=ANNA)
    customers = next(store for store in crm.chassis.stores if store.name == "customers")

    raw = customers.raw(known["customer_id"])

    assert all(set(raw[field]) == {"sealed"} for field in ("phones", "name", "addresses"))
    assert set(raw["looks"][0]["reason"]) == {"sealed"}
    assert not any(word in str(raw) for word in ("Pelageya", "Tver", "1234567", "to call"))


async def test_after_the_sale_the_account_manager_answers(crm: Any) -> None:
    path = f"/customers/{(await resolve(crm, **PELAGEYA))['customer_id']}"
    crm.news()

    await crm.ask("POST", f"{path}/owner", {"to_id": "boris", "reason": "sold"}, by=ANNA)

    (told,) = crm.news()
    assert isinstance(told, CustomerOwnerChangedV1)
    assert (told.previous_owner_id, told.customer.owner_id, told.customer.stage, told.reason) == (
        "anna",
        "boris",
        "customer",
        "sold",
    )
    assert (await crm.ask("GET", "/customers?owner_id=boris&stage=customer"))["items"][0][
        "owner_id"
    ] == "boris"
    assert (await crm.ask("GET", "/customers?owner_id=anna"))["items"] == []


async def test_free_words_are_no_reason_and_nobody_is_given_to_who_is_not_there(crm: Any) -> None:
    path = f"/customers/{(await resolve(crm, **PELAGEYA))['customer_id']}"

    await crm.ask("POST", f"{path}/owner", {"to_id": "boris", "reason": "Call her sister"}, status=422)
    no = await crm.ask("POST", f"{path}/owner", {"to_id": "clerk"}, status=409)
    await crm.ask("POST", "/customers/c-unknown/owner", {"to_id": "boris"}, status=404)

    assert no["rule"] == "R98"


async def test_a_second_phone_finds_the_same_customer_and_anothers_phone_is_refused(crm: Any) -> None:
    hers = await resolve(crm, **PELAGEYA)
    his = await resolve(crm, phone="+79031112233")
    path = f"/customers/{hers['customer_id']}/phones"

    await crm.ask("POST", path, {"phone": "8-495-123-45-67"}, by=ANNA)
    await crm.ask("POST", path, {"phone": "+74951234567"}, by=ANNA)
    taken = await crm.ask("POST", path, {"phone": "+79031112233"}, by=ANNA, status=409)

    assert (await resolve(crm, phone="+74951234567"))["customer_id"] == hers["customer_id"]
    assert (taken["type"], taken["customer_id"]) == ("/problems/phone-of-another", his["customer_id"])
    shown = await crm.ask("POST", "/customers:find", {"phone": "84951234567"}, by=ANNA)
    assert shown["phones"] == ["+7916***4567", "+7495***4567"]


async def test_looking_for_a_phone_registers_nobody(crm: Any) -> None:
    await crm.ask("POST", "/customers:find", {"phone": "+79161234567"}, by=ANNA, status=404)

    assert crm.news() == []


async def test_staff_correct_what_is_known(crm: Any) -> None:
    path = f"/customers/{(await resolve(crm, **PELAGEYA))['customer_id']}"

    await crm.ask("PATCH", path, {"name": "Polina", "addresses": []}, by=ANNA)
    await crm.ask("PATCH", path, {"contact_preference": "no_calls"}, by=ANNA)

    seen = await crm.ask("POST", f"{path}/unmasking", {"reason": "to check"}, by=ANNA)
    assert (seen["name"], seen["addresses"], seen["contact_preference"]) == ("Polina", [], "no_calls")


async def test_leads_are_shared_between_who_is_there(crm: Any) -> None:
    await crm.ask("POST", "/staff/boris/grants", {"role": "sales_manager"})
    for n in range(10):
        await resolve(crm, phone=f"+7916123450{n}")

    counted = [
        len((await crm.ask("GET", f"/customers?owner_id={who}"))["items"]) for who in ("anna", "boris")
    ]
    assert counted == [5, 5]
