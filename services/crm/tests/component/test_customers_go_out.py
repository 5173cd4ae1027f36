"""Customers go out as a table; who took them is written down, and no number is shown otherwise without that (market-facts 3)."""

import csv
import io
from typing import Any

import openpyxl
from contracts.crm import DutyRefusedV1
from kernel.actor import Actor, Role

CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SERVICE}))
HERS = {"phone": "89161234567", "name": "=HYPERLINK(1)", "address": "Tver, 1"}


async def take(crm: Any, by: Actor, status: int = 200, **said: Any) -> bytes:
    answer = await crm.client.post("/customers:export", json={"reason": "audit", **said}, headers=crm.as_(by))
    assert answer.status_code == status, answer.text
    return answer.content


def table(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))


async def test_masked_for_who_works_with_customers_and_whole_for_whose_duty_it_is(crm: Any) -> None:
    await crm.ask("POST", "/customers:resolve", HERS, by=SITE)

    _, masked = table(await take(crm, ANNA, format="csv", owner_id="anna"))
    _, whole = table(await take(crm, CLERK, format="csv", unmasked=True))

    assert masked[3:] == ["anna", "", "'+7916***4567", "", ""]
    assert whole[3:] == ["anna", "", "'+79161234567", "'=HYPERLINK(1)", "Tver, 1"]
    kept = (await crm.ask("GET", "/customer-exports", by=CLERK))["items"]
    assert sorted((each["by"], each["count"], each["unmasked"], each["reason"]) for each in kept) == [
        ("anna", 1, False, "audit"),
        ("clerk", 1, True, "audit"),
    ]
    assert len((await crm.ask("GET", "/customer-exports?unmasked=true", by=CLERK))["items"]) == 1


async def test_who_may_not_take_numbers_out_has_tried(crm: Any) -> None:
    await crm.ask("POST", "/customers:resolve", HERS, by=SITE)
    crm.news()

    await take(crm, ANNA, 403, unmasked=True)
    await take(crm, SITE, 403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)
    assert (told.thing, told.actor_id) == ("customer_export", "anna")
    (tried,) = (await crm.ask("GET", "/customer-exports", by=CLERK))["items"]
    assert (tried["refused"], tried["count"]) == (True, 0)
    await crm.ask("GET", "/customer-exports", by=ANNA, status=403)


async def test_a_workbook_has_text_alone_and_no_card_twice(crm: Any) -> None:
    one = await crm.ask("POST", "/customers:resolve", HERS, by=SITE)
    two = await crm.ask("POST", "/customers:resolve", {"phone": "89161234568"}, by=SITE)
    gone = await crm.ask("POST", "/customers:resolve", {"phone": "89161234569"}, by=SITE)
    await crm.ask(
        "POST", f"/customers/{one['customer_id']}/merges", {"merged_id": two["customer_id"]}, by=CLERK
    )
    await crm.ask("POST", f"/customers/{gone['customer_id']}/erasure", {"reason": "asked"}, by=CLERK)

    sheet: Any = openpyxl.load_workbook(
        io.BytesIO(await take(crm, CLERK, unmasked=True, language="en"))
    ).active

    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][:2] == ["Customer id", "Shop"]
    assert [cell.value for cell in rows[1]][5:7] == ["'+79161234567; +79161234568", "'=HYPERLINK(1)"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert len(rows) == 2


async def test_what_went_out_comes_in_and_changes_nothing(crm: Any) -> None:
    await crm.ask("POST", "/customers:resolve", HERS, by=SITE)
    for form in ("csv", "xlsx"):
        file = await take(crm, CLERK, unmasked=True, format=form)
        opened = await crm.client.post("/customers:import", content=file, headers=crm.as_(CLERK, form))
        await crm.chassis.pass_deadlines()
        done = await crm.ask("GET", f"/customer-imports/{opened.json()['import_id']}", by=CLERK)
        assert done["counts"] == {"unchanged": 1}


async def test_no_list_and_no_page_shows_a_whole_number(crm: Any) -> None:
    """Each route that reads and that a member of the staff may ask; whole numbers come by commands that are written down."""
    one = await crm.ask("POST", "/customers:resolve", HERS, by=SITE)
    owner = Actor("vera", frozenset(Role) - {Role.SERVICE, Role.SITE}, shop_id="main")
    paths = (await crm.ask("GET", "/openapi.json"))["paths"]
    reading = [path for path, ways in paths.items() if "get" in ways]

    for path in reading:
        answer = await crm.client.get(
            path.replace("{customer_id}", one["customer_id"]), headers=crm.as_(owner)
        )
        assert "9161234567" not in answer.text, path
    found = await crm.ask("POST", "/customers:find", {"phone": HERS["phone"]}, by=owner)
    assert "9161234567" not in str(found)


async def test_who_looked_and_why_is_shown_to_who_answers_for_personal_data(crm: Any) -> None:
    path = f"/customers/{(await crm.ask('POST', '/customers:resolve', HERS, by=SITE))['customer_id']}"
    await crm.ask("POST", f"{path}/unmasking", {"reason": "to call"}, by=ANNA)
    await crm.ask("POST", f"{path}/export", {"reason": "she asked"}, by=CLERK)

    looks = await crm.ask("GET", f"{path}/looks", by=CLERK)

    assert [(each["by"], each["reason"]) for each in looks["items"]] == [
        ("anna", "to call"),
        ("clerk", "she asked"),
    ]
    await crm.ask("GET", f"{path}/looks", by=ANNA, status=403)
