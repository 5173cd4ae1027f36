"""Thousands of customers come in as CSV and as a workbook while crm is killed again and again: each good row is one customer, each
bad one is named once, and who is erased meanwhile does not come back (issue 6).
"""

import io
import signal
from collections import Counter
from importlib import import_module
from typing import Any

import httpx
from aiokafka import AIOKafkaConsumer
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually

from services.crm.tests.integration.as_a_process import process

xlsxwriter: Any = import_module("xlsxwriter")
CSV_ROWS, XLSX_ROWS = 1400, 700
KILLED_AT = (230, 750, 1350)
"""Customers there are when crm is killed: in the middle of a chunk of each file."""
HERS = "+7 916 123-45-67"
HEADINGS = ("Телефон", "Имя", "Адрес")
Table = list[tuple[str, str, str]]
Fates = dict[int, tuple[str, str]]


def table(first: int, many: int) -> tuple[Table, Fates]:
    """Rows, and by their lines what is to become of them: of a hundred, one is no number, one empty and one a double that brings an address."""
    rows, fates = Table(), Fates()
    for n in range(many):
        match n % 100:
            case 33:
                rows.append(("12", "Nobody", ""))
                fate = ("refused", "bad_phone")
            case 66:
                rows.append(("", "Nobody", "Tver"))
                fate = ("refused", "no_phone")
            case 99:
                before = 242 if n > 300 else 42  # in the chunk before, or in this one
                rows.append((f"8{first + n - before}", "", f"Tver, {n}"))
                fate = ("joined", "")
            case _:
                rows.append((f"8{first + n}", f"Customer {n}", ""))
                fate = ("registered", "")
        fates[n + 2] = fate
    return rows, fates


def as_csv(rows: Table) -> bytes:
    return "\n".join(";".join(cells) for cells in (HEADINGS, *rows)).encode("cp1251")


def as_workbook(rows: Table) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, cells in enumerate((HEADINGS, *rows)):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


async def of_vera(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "password", "username": "vera", "password": "brass lamps burn bright"}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def bring(client: httpx.AsyncClient, vera: dict[str, str], key: str, file: bytes) -> str:
    asked = client.post("/customers:import", content=file, headers=vera | {"Idempotency-Key": key})
    answer = (await asked).raise_for_status().json()
    return answer["import_id"]


async def report_of(client: httpx.AsyncClient, vera: dict[str, str], import_id: str) -> list[Any]:
    found, cursor = list[Any](), {}
    while cursor is not None:
        asked = client.get(f"/customer-imports/{import_id}/rows", params=cursor, headers=vera)
        page = (await asked).raise_for_status().json()
        found += page["items"]
        cursor = {"cursor": page["next"]} if page["next"] else None
    return found


async def registered(infra: Infra) -> Counter[str]:
    """How many different facts say that somebody was registered, by who."""
    consumer = AIOKafkaConsumer(
        "customer.registered", bootstrap_servers=infra.kafka, auto_offset_reset="earliest"
    )
    ids = set[tuple[str, bytes | None]]()
    async with consumer:
        while found := await consumer.getmany(timeout_ms=2000, max_records=10_000):
            for record in (record for some in found.values() for record in some):
                ids.add(((record.key or b"").decode(), dict(record.headers)["ce_id"]))
    return Counter(key for key, _ in ids)


async def test_two_files_come_in_over_three_kills(running: Any, kept: Any, infra: Infra) -> None:
    del running  # the settings are what is wanted of it
    (rows, fates), (more, others) = table(9160000000, CSV_ROWS), table(9250000000, XLSX_ROWS)
    rows.append((HERS, "Pelageya", "Tver, 1"))
    fates[len(rows) + 1] = ("refused", "erased")
    begun = 0
    async with process() as (client, started):
        vera = await of_vera(client)
        hers = (await client.post("/customers:resolve", json={"phone": HERS}, headers=vera)).json()
        ids = [
            await bring(client, vera, key, file)
            for key, file in (("csv", as_csv(rows)), ("xlsx", as_workbook(more)))
        ]
        erasure = f"/customers/{hers['customer_id']}/erasure"
        (await client.post(erasure, json={"reason": "asked"}, headers=vera)).raise_for_status()
        begun += await killed(kept, started, KILLED_AT[0])
    for many in KILLED_AT[1:]:
        async with process() as (client, started):
            begun += await killed(kept, started, many)

    async with process() as (client, _):
        vera = await of_vera(client)

        async def through() -> bool:
            both = [await read(client, vera, each) for each in ids]
            return all(each["ended_at"] for each in both)

        await eventually(through, within=180.0)
        told = [await read(client, vera, each) for each in ids]
        reports = [await report_of(client, vera, each) for each in ids]
        assert not [line for line in str(reports).split() if line.strip("',").startswith(("8916", "+7916"))]

        async def all_told() -> bool:
            return await kept["customers"].count_documents({"outbox.0": {"$exists": True}}) == 0

        await eventually(all_told, within=60.0)

    assert begun, "a kill was in the middle of a chunk"
    for done, report, wanted in zip(told, reports, (fates, others), strict=True):
        assert [each["line"] for each in report] == sorted(wanted)
        found = {each["line"]: (each["fate"], "".join(each["notes"])) for each in report}
        assert {line: each for line, each in found.items() if each != wanted[line]} == {}
        assert done["counts"] == Counter(fate for fate, _ in wanted.values())
        assert done["read"] == done["rows"] == len(wanted)
    good = sum(fate == "registered" for each in (fates, others) for fate, _ in each.values())
    assert await kept["customers"].count_documents({"listed.erased_at": None}) == good
    assert await kept["phone_claims"].count_documents({}) == good
    named = {each["customer_id"] for report in reports for each in report if each["fate"] == "registered"}
    facts = await registered(infra)
    assert (len(named), {facts[each] for each in named}) == (good, {1})


async def killed(kept: Any, started: Any, many: int) -> int:
    """SIGKILL once there are so many customers; how many chunks were begun and not through."""

    async def so_many() -> bool:
        return await kept["customers"].count_documents({}) >= many

    await eventually(so_many, within=120.0)
    started.send_signal(signal.SIGKILL)
    started.wait()
    return await kept["customer_import_chunks"].count_documents({"state.begun": True, "state.report": None})


async def read(client: httpx.AsyncClient, vera: dict[str, str], import_id: str) -> Any:
    return (await client.get(f"/customer-imports/{import_id}", headers=vera)).raise_for_status().json()
