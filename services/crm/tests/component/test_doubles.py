"""Over HTTP: several cards of one person become one and two again, several people share one number."""

from typing import Any

from chassis.handling import Occasion
from contracts.crm import CustomerErasedV1, CustomerMergedV1, CustomerOwnerChangedV1, CustomerUnmergedV1
from crm.domain.doubles import Join, LetGo, Part
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
HERS, OTHER, THIRD = "+79161234567", "+74951234567", "+79031112233"


async def resolve(crm: Any, phone: str, **contact: str) -> str:
    found = await crm.ask("POST", "/customers:resolve", {"phone": phone, **contact}, by=ORDERS)
    crm.seen = len(crm.chassis.told)
    return found["customer_id"]


async def found(crm: Any, phone: str, status: int = 200) -> Any:
    return await crm.ask("POST", "/customers:find", {"phone": phone}, by=ANNA, status=status)


async def merge(crm: Any, into: str, merged: str, status: int = 200, by: Actor = CLERK) -> Any:
    return await crm.ask("POST", f"/customers/{into}/merges", {"merged_id": merged}, by=by, status=status)


async def test_by_the_phone_of_either_card_the_one_person_is_found(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER, name="Pelageya")

    await merge(crm, one, two)
    await merge(crm, one, two)

    (told,) = crm.news()
    assert isinstance(told, CustomerMergedV1)
    assert (told.customer.customer_id, told.merged_id, told.by) == (one, two, "clerk")
    assert await resolve(crm, OTHER) == one
    by_other = await found(crm, OTHER)
    assert (by_other["customer_id"], by_other["merged"], by_other["ambiguous"]) == (one, [two], False)
    assert (await crm.ask("GET", f"/customers/{two}"))["merged_into"] == one
    no = await crm.ask("POST", f"/customers/{two}/unmasking", {"reason": "why"}, by=ANNA, status=409)
    assert (no["type"], no["merged_into"]) == ("/problems/customer-merged", one)
    assert len((await crm.ask("GET", "/customers?owner_id=anna"))["items"]) == 1


async def test_telephony_is_told_whose_the_card_is(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await merge(crm, one, two)

    read = await crm.ask("POST", "/directory/customers:read", {"ids": [one, two]}, by=ORDERS)

    assert [each["merged_into"] for each in read["items"]] == [None, one]
    assert [len(each["hashes"]) for each in read["items"]] == [2, 0]


async def test_the_undo_makes_two_of_them_again(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER, name="Pelageya")
    await merge(crm, one, two)
    crm.news()

    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)
    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)

    (told,) = crm.news()
    assert isinstance(told, CustomerUnmergedV1)
    assert (await resolve(crm, HERS), await resolve(crm, OTHER)) == (one, two)
    assert (await found(crm, OTHER))["customer_id"] == two
    assert (await found(crm, HERS))["merged"] == []


async def test_cards_merged_on_are_one_person_and_given_back_in_turn(crm: Any) -> None:
    one, two, three = await resolve(crm, HERS), await resolve(crm, OTHER), await resolve(crm, THIRD)
    await merge(crm, two, three)
    await merge(crm, one, two)

    assert {await resolve(crm, phone) for phone in (HERS, OTHER, THIRD)} == {one}
    no = await crm.ask("DELETE", f"/customers/{two}/merges/{three}", by=CLERK, status=409)
    assert (no["type"], no["merged_into"]) == ("/problems/customer-merged", one)
    no = await crm.ask("DELETE", f"/customers/{one}/merges/{three}", by=CLERK, status=409)
    assert (no["type"], no["merged_into"]) == ("/problems/not-merged", two)
    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)
    assert await resolve(crm, THIRD) == two


async def test_no_circle_nobody_unknown_and_by_nobody_else(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await merge(crm, one, two, by=ANNA, status=403)
    await merge(crm, one, one, status=409)
    await merge(crm, one, "c-nobody", status=404)
    await merge(crm, "c-nobody", one, status=404)
    await merge(crm, one, two)

    await merge(crm, two, one, status=409)


async def test_what_a_crash_left_half_done_is_done(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    knowing = crm.parts.wired["knowing"]
    why = Occasion("command:1", crm.clock.now(), CLERK)
    await knowing.handle(Join(two, one, CLERK, crm.clock.now()), why)
    assert (await resolve(crm, OTHER), (await found(crm, OTHER))["customer_id"]) == (one, one)

    await crm.chassis.pass_deadlines()

    (told,) = crm.news()
    assert isinstance(told, CustomerMergedV1)
    assert (await found(crm, OTHER))["merged"] == [two]


async def test_a_card_that_was_let_go_is_found_by_telephony_before_its_last_step_is_done(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await merge(crm, one, two)
    knowing, now = crm.parts.wired["knowing"], crm.clock.now()
    why = Occasion("command:1", now, CLERK)
    await knowing.handle(Part(two, CLERK, now), why)
    await knowing.handle(LetGo(one, two, "clerk", now), why)

    read = await crm.ask("POST", "/directory/customers:read", {"ids": [one, two]}, by=ORDERS)

    assert [each["merged_into"] for each in read["items"]] == [None, None]
    assert [len(each["hashes"]) for each in read["items"]] == [1, 1]


async def test_who_is_parted_again_is_somebodys_though_his_owner_left_meanwhile(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await merge(crm, one, two)
    await crm.ask("POST", "/staff/anna/dismissal")
    await crm.chassis.pass_deadlines()
    crm.news()

    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)
    (parted,) = crm.news()
    for _ in range(2):
        await crm.chassis.tell(parted, source="crm", sequence=90)

    (told,) = crm.news()
    assert isinstance(told, CustomerOwnerChangedV1)
    assert (told.customer.customer_id, told.customer.owner_id, told.reason) == (two, "vera", "owner_left")
    assert (await crm.ask("GET", f"/customers/{two}"))["owner_id"] == "vera"


async def test_who_is_erased_is_erased_with_all_his_cards_whichever_is_named(crm: Any) -> None:
    one, two, three = await resolve(crm, HERS), await resolve(crm, OTHER), await resolve(crm, THIRD)
    await merge(crm, two, three)
    await merge(crm, one, two)
    crm.news()

    await crm.ask("POST", f"/customers/{three}/erasure", {"reason": "asked"}, by=CLERK)
    await crm.chassis.pass_deadlines()

    told = crm.news()
    assert all(isinstance(each, CustomerErasedV1) for each in told)
    assert sorted(each.customer.customer_id for each in told) == sorted([one, two, three])
    for phone in (HERS, OTHER, THIRD):
        await found(crm, phone, status=404)
        assert await resolve(crm, phone) not in (one, two, three)
    assert {each["by"] for each in (await crm.ask("GET", "/erasures", by=CLERK))["items"]} == {"clerk"}


async def test_several_share_a_number_when_somebody_says_so(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    path = f"/customers/{two}/shared-phones"
    await crm.ask("POST", path, {"phone": HERS}, by=ANNA, status=403)

    await crm.ask("POST", path, {"phone": HERS}, by=CLERK)

    both = await found(crm, HERS)
    assert both["ambiguous"]
    assert {each["customer"]["customer_id"] for each in both["candidates"]} == {one, two}
    assert [each["reason"] for each in both["candidates"]] == ["by_id", "has_this_number"]
    assert await resolve(crm, HERS) == one


async def test_a_shared_number_is_the_others_when_one_is_erased(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await crm.ask("POST", f"/customers/{two}/shared-phones", {"phone": HERS}, by=CLERK)

    await crm.ask("POST", f"/customers/{one}/erasure", {"reason": "asked"}, by=CLERK)

    assert await resolve(crm, HERS) == two
    await crm.chassis.pass_deadlines()
    assert await resolve(crm, HERS) == two


async def test_who_resolves_by_a_shared_number_gets_the_first_and_all_who_may_be_meant(crm: Any) -> None:
    one, two = await resolve(crm, HERS), await resolve(crm, OTHER)
    await crm.ask("POST", f"/customers/{two}/shared-phones", {"phone": HERS}, by=CLERK)
    await crm.ask("POST", f"/customers/{two}/owner", {"to_id": "boris"}, by=ANNA)

    said = {"phone": HERS, "name": "Who?", "address": "Tver, 1", "contact_preference": "no_calls"}
    answer = await crm.ask("POST", "/customers:resolve", said, by=ORDERS)
    learned = [await crm.ask("GET", f"/customers/{each}/timeline") for each in (one, two)]
    await merge(crm, two, one)
    merged = await crm.ask("POST", "/customers:resolve", {"phone": HERS}, by=ORDERS)

    assert (answer["customer_id"], answer["registered"], answer["ambiguous"]) == (one, False, True)
    assert answer["candidates"] == [
        {"customer_id": two, "owner_id": "boris", "contact_preference": "any", "reason": "has_bought"},
        {"customer_id": one, "owner_id": "anna", "contact_preference": "any", "reason": "has_this_number"},
    ]
    assert "DetailsChanged" not in str(learned), "whose name it is, is not known"
    assert (merged["customer_id"], merged["ambiguous"]) == (two, False)
    assert [each["customer_id"] for each in merged["candidates"]] == [two]
