"""Customers come in by a file and go out as one: nothing lost, nothing twice, nobody shown to whom he is not (issue 6)."""

import io
from typing import Any

import openpyxl
from chassis.listing import Query
from contracts.crm import CustomerRegisteredV1, DutyRefusedV1
from kernel.actor import Actor, Role

CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SERVICE}))
TABLE = """Телефон;Имя;Ответственный;Не звонить
8 916 123-45-67;Пелагея;Anna;
12;Nobody;;
+7 (916) 123-45-68, доб. 5;Boris;nobody;да
79161234567;;boris;
"""


async def bring(
    crm: Any, file: bytes, key: str = "k", *, say: str = "", status: int = 202, by: Actor = CLERK
) -> Any:
    answer = await crm.client.post(f"/customers:import{say}", content=file, headers=crm.as_(by, key))
    assert answer.status_code == status, answer.text
    return answer.json()


async def through(crm: Any, import_id: str) -> tuple[Any, list[Any]]:
    """The import when all of it is through, and its report."""
    while (done := await crm.ask("GET", f"/customer-imports/{import_id}", by=CLERK))["ended_at"] is None:
        await crm.chassis.pass_deadlines()
    report, cursor = list[Any](), ""
    while True:
        page = await crm.ask("GET", f"/customer-imports/{import_id}/rows{cursor}", by=CLERK)
        report += page["items"]
        if page["next"] is None:
            return done, report
        cursor = f"?cursor={page['next']}"


async def test_a_file_comes_in_and_each_of_its_rows_is_accounted_for(crm: Any) -> None:
    opened = await bring(crm, TABLE.encode("cp1251"))
    done, report = await through(crm, opened["import_id"])

    assert (opened["rows"], done["read"], done["by"]) == (4, 4, "clerk")
    assert done["counts"] == {"registered": 2, "refused": 1, "unchanged": 1}
    assert [(each["line"], each["fate"], each["notes"], each["double_of"]) for each in report] == [
        (2, "registered", [], None),
        (3, "refused", ["bad_phone"], None),
        (4, "registered", ["owner_unknown"], None),
        (5, "unchanged", ["owner_differs"], 2),
    ]
    told = [each for each in crm.news() if isinstance(each, CustomerRegisteredV1)]
    assert {(each.customer.owner_id, each.customer.contact_preference) for each in told} == {
        ("anna", "any"),
        ("anna", "no_calls"),
    }


async def test_the_same_again_changes_nothing_and_a_key_stands_for_one_file(crm: Any) -> None:
    first = await bring(crm, TABLE.encode())
    await through(crm, first["import_id"])
    crm.news()

    again = await bring(crm, TABLE.encode())
    other = await bring(crm, TABLE.encode(), key="other")
    done, _ = await through(crm, other["import_id"])
    await bring(crm, TABLE.encode() + b"89161234569;C;;\n", status=409)

    assert again["import_id"] == first["import_id"]
    assert done["counts"] == {"unchanged": 3, "refused": 1}
    assert crm.news() == []


async def test_a_trial_says_what_would_be_and_changes_nothing(crm: Any) -> None:
    opened = await bring(crm, TABLE.encode(), say="?trial=true")
    done, _ = await through(crm, opened["import_id"])

    assert done["counts"] == {"registered": 2, "refused": 1, "joined": 1}
    assert crm.news() == []
    assert (await crm.ask("GET", "/customers"))["items"] == []


async def test_a_row_joins_the_card_that_has_its_number_and_an_ambiguous_one_is_nobodys(crm: Any) -> None:
    path = f"/customers/{(await crm.ask('POST', '/customers:resolve', {'phone': '89161234567'}, by=SITE))['customer_id']}"
    other = await crm.ask("POST", "/customers:resolve", {"phone": "89031112233"}, by=SITE)
    await crm.ask("POST", f"{path}/shared-phones", {"phone": "89034445566"}, by=CLERK)
    await crm.ask(
        "POST", f"/customers/{other['customer_id']}/shared-phones", {"phone": "89034445566"}, by=CLERK
    )
    file = "phone,name,mobile\n89161234567,Anna,84951112233\n89034445566,Who,\n89161234567,Anna,89031112233\n"

    _, report = await through(crm, (await bring(crm, file.encode()))["import_id"])

    assert [(each["fate"], each["notes"]) for each in report] == [
        ("joined", []),
        ("refused", ["several_have_this_number"]),
        ("unchanged", ["phone_of_another"]),
    ]
    assert (await crm.ask("GET", path))["phones"] == ["+7916***4567", "+7903***5566", "+7495***2233"]


async def test_a_workbook_comes_in_with_numbers_that_it_kept_as_numbers(crm: Any) -> None:
    out, book = io.BytesIO(), openpyxl.Workbook()
    sheet: Any = book.active
    for row in ([], [], ["", "Mobile nr", "Note"], ["", 79161234567, "x"], [], ["", "12", "x"]):
        sheet.append(row)
    book.save(out)

    opened = await bring(crm, out.getvalue(), say="?column=Mobile%20nr=phone&column=Note=")
    _, report = await through(crm, opened["import_id"])

    assert [(each["line"], each["fate"]) for each in report] == [(4, "registered"), (6, "refused")]


async def test_what_is_no_table_is_refused_and_whose_duty_it_is_not_has_tried(crm: Any) -> None:
    for file in (b"", b"a;b\n1;2\n", b"\0\1\2\3", b"PK\x03\x04nothing"):
        no = await bring(crm, file, key="k", status=409)
        assert no["type"] == "/problems/not-a-table"
    await bring(crm, TABLE.encode(), by=ANNA, status=403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)
    assert (told.thing, told.action, told.actor_id) == ("customer_import", "move_customers", "anna")
    assert (await crm.ask("GET", "/customers"))["items"] == []


async def test_what_rows_say_lies_sealed_and_is_gone_when_they_are_through(crm: Any) -> None:
    opened = await bring(crm, (TABLE + "".join(f"8916{n:07d};N;;\n" for n in range(400))).encode())
    chunks = next(store for store in crm.chassis.stores if store.name == "customer_import_chunks")
    keys = [held.key for held in (await chunks.page(Query(), 200)).items]
    assert len(keys) == 3
    assert all(set(chunks.raw(key)["rows"]) == {"sealed"} for key in keys)

    done, report = await through(crm, opened["import_id"])

    assert len(report) == done["rows"] == 404
    assert [(await chunks.load(key)).state.rows for key in keys] == [(), (), ()]
