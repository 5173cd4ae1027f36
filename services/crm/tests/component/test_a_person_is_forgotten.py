"""Over HTTP: all that is kept of a person, and that he is gone when he asks for it."""

import json
from datetime import timedelta
from typing import Any

from contracts.crm import CustomerErasedV1, CustomerRegisteredV1, DutyRefusedV1
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
PELAGEYA = {"phone": "8 (916) 123-45-67", "name": "Pelageya", "address": "Tver, Tenth street 1"}
PERSONAL = ("Pelageya", "Tver", "1234567", "she wanted", "4567")


async def known(crm: Any) -> str:
    found = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ORDERS)
    crm.news()
    return found["customer_id"]


async def test_who_asks_is_gone_and_his_id_answers_as_erased(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/unmasking", {"reason": "she wanted a call"}, by=ANNA)

    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)
    await crm.chassis.pass_deadlines()

    (told,) = crm.news()
    assert isinstance(told, CustomerErasedV1)
    assert (told.customer.customer_id, told.reason, told.by) == (who, "asked", "clerk")
    seen = await crm.ask("GET", f"/customers/{who}")
    assert (seen["erased"], seen["phones"], seen["owner_id"]) == (True, [], None)
    told_of_him = json.dumps([seen, await crm.ask("GET", f"/customers/{who}/timeline")])
    assert not any(word in told_of_him for word in PERSONAL)
    assert (await crm.ask("GET", "/customers?owner_id=anna"))["items"] == []


async def test_nothing_can_be_done_with_who_is_gone(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "withdrawn_consent"}, by=CLERK)

    no = await crm.ask("POST", f"/customers/{who}/unmasking", {"reason": "why"}, by=ANNA, status=409)
    await crm.ask("POST", f"/customers/{who}/phones", {"phone": "+74951234567"}, by=ANNA, status=409)
    await crm.ask("POST", f"/customers/{who}/export", {"reason": "why"}, by=CLERK, status=409)

    assert no["type"] == "/problems/customer-erased"


async def test_by_his_phone_he_is_somebody_new_at_once(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)
    crm.news()

    await crm.ask("POST", "/customers:find", {"phone": PELAGEYA["phone"]}, by=ANNA, status=404)
    again = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ORDERS)
    await crm.chassis.pass_deadlines()

    assert again["registered"]
    assert again["customer_id"] != who
    (told,) = crm.news()
    assert isinstance(told, CustomerRegisteredV1)
    found = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ORDERS)
    assert (found["customer_id"], found["registered"]) == (again["customer_id"], False)


async def test_telephony_is_told_no_more_of_him(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)

    listed = await crm.ask("GET", "/directory/customers", by=ORDERS)
    read = await crm.ask("POST", "/directory/customers:read", {"ids": [who]}, by=ORDERS)

    assert listed["items"] == read["items"] == []


async def test_the_act_of_destruction_is_a_list(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=CLERK)
    before = await crm.ask("GET", "/erasures", by=CLERK)
    await crm.chassis.pass_deadlines()
    after = await crm.ask("GET", "/erasures", by=CLERK)
    await crm.ask("GET", "/erasures", by=ANNA, status=403)

    assert [each["settled"] for each in (*before["items"], *after["items"])] == [False, True]
    assert (after["items"][0]["customer_id"], after["items"][0]["by"]) == (who, "clerk")


async def test_he_is_shown_all_that_is_kept_and_that_is_written_down(crm: Any) -> None:
    who = await known(crm)
    await crm.ask("POST", f"/customers/{who}/unmasking", {"reason": "she wanted a call"}, by=ANNA)

    shown = await crm.ask("POST", f"/customers/{who}/export", {"reason": "she asked in writing"}, by=CLERK)

    assert (shown["phones"], shown["name"], shown["addresses"]) == (
        ["+79161234567"], "Pelageya", ["Tver, Tenth street 1"],
    )  # fmt: skip
    assert [(each["by"], each["reason"]) for each in shown["looks"]] == [
        ("anna", "she wanted a call"), ("clerk", "she asked in writing"),
    ]  # fmt: skip
    assert [each["what"] for each in shown["history"]] == [
        ["CustomerRegistered"], ["Unmasked"], ["PersonExported"],
    ]  # fmt: skip


async def test_whose_duty_it_is_not_is_refused_and_that_is_told(crm: Any) -> None:
    who = await known(crm)

    await crm.ask("POST", f"/customers/{who}/erasure", {"reason": "asked"}, by=ANNA, status=403)
    await crm.ask("POST", f"/customers/{who}/export", {"reason": "why"}, by=ANNA, status=403)

    told = crm.news()
    assert [type(each) for each in told] == [DutyRefusedV1, DutyRefusedV1]
    assert not (await crm.ask("GET", f"/customers/{who}"))["erased"]


async def test_who_was_silent_for_too_long_is_erased_where_the_shop_says_so(crm: Any) -> None:
    silent = await known(crm)
    crm.clock.forward(timedelta(days=500))
    await crm.ask("POST", "/customers:resolve", {"phone": "+79031112233"}, by=ORDERS)
    crm.news()

    forgetting = crm.parts.wired["forgetting"]
    first = await forgetting.retire(crm.clock.now(), timedelta(days=499))
    again = await forgetting.retire(crm.clock.now(), timedelta(days=499))

    (told,) = crm.news()
    assert (first, again) == (1, 0)
    assert (told.customer.customer_id, told.reason) == (silent, "age")
