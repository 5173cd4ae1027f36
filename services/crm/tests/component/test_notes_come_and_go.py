"""What is noted of a customer comes and goes with cards, with time, and with what the shop keeps (R109; market-facts 3)."""

from datetime import timedelta
from typing import Any

from contracts.crm import CustomerMergedV1, CustomerNotedV1, CustomerUnmergedV1

from services.crm.tests.component.noted_customers import (
    CLERK,
    OTHER,
    SAID,
    keeps_types,
    known,
    read,
    write,
)


async def test_merged_they_are_one_persons_and_parted_each_has_his_own(crm: Any) -> None:
    await keeps_types(crm)
    one, two = await known(crm), await known(crm, OTHER)
    await write(crm, one, situation="embroiders")
    await write(crm, two, **SAID, customer_type="unsure_open")
    crm.news()

    await crm.ask("POST", f"/customers/{one}/merges", {"merged_id": two}, by=CLERK)

    merged, noted = crm.news()
    assert (type(merged), type(noted)) == (CustomerMergedV1, CustomerNotedV1)
    assert (noted.customer_type, noted.notes, noted.by) == ("unsure_open", ("situation", "problem"), "clerk")
    assert {each["part"]: each["text"] for each in (await read(crm, one))["notes"]} == {
        "situation": "embroiders", "problem": SAID["problem"],
    }  # fmt: skip
    await write(crm, two, situation="lace", status=409)
    assert [
        each["customer_id"]
        for each in (await crm.ask("GET", "/customers?customer_type=unsure_open"))["items"]
    ] == [one]

    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)

    unmerged, noted = crm.news()
    assert (type(unmerged), noted.customer_type, noted.notes) == (CustomerUnmergedV1, None, ("situation",))
    assert [each["text"] for each in (await read(crm, two))["notes"]] == list(SAID.values())


async def test_who_has_been_quiet_is_noted_no_more_and_that_is_told(crm: Any) -> None:
    quiet = await known(crm)
    await write(crm, quiet, **SAID)
    crm.clock.forward(timedelta(days=300))
    lately = await known(crm, OTHER)
    await write(crm, lately, **SAID)
    crm.clock.forward(timedelta(days=100))
    crm.news()

    noting = crm.parts.wired["noting"]
    counted = [await noting.age(crm.clock.now(), timedelta(days=365)) for _ in range(2)]

    (told,) = crm.news()
    assert counted == [1, 0]
    assert (told.customer.customer_id, told.notes, told.by) == (quiet, (), "service:crm")
    assert (await read(crm, quiet))["notes"] == []
    assert len((await read(crm, lately))["notes"]) == 2


async def test_a_shop_that_keeps_types_no_more_has_none(crm: Any) -> None:
    await keeps_types(crm)
    one, two = await known(crm), await known(crm, OTHER)
    await write(crm, one, **SAID)
    await write(crm, two, customer_type="unsure_open")
    await crm.ask("POST", f"/customers/{one}/merges", {"merged_id": two}, by=CLERK)
    noting = crm.parts.wired["noting"]
    assert await noting.untype(crm.clock.now()) == 0

    await crm.ask("PUT", "/shops/main/note-form", {"keeps_types": False})

    assert await noting.untype(crm.clock.now()) == 2
    assert await noting.untype(crm.clock.now()) == 0
    found = await read(crm, one)
    assert (found["customer_type"], len(found["notes"])) == (None, 2)
    await crm.ask("DELETE", f"/customers/{one}/merges/{two}", by=CLERK)
    assert (await read(crm, two))["customer_type"] is None
