"""An import that was broken off in a chunk says of each row what it would have said; who is erased while his row waits does not
come back (issue 6, 152-FZ art. 21).
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from chassis.handling import Occasion
from chassis.listing import Query
from kernel.actor import Actor, Role, service
from kernel.deadline import Deadline

CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SERVICE}))
HERS = "8 916 123-45-67"
TABLE = f"""Телефон;Имя;Адрес
{HERS};Пелагея;
89161234501;Anna;
89161234502 | 89161234503;;Tver, 1
12;Nobody;
89161234501;;Tver, 2
{HERS};;Tver, 3
89161234504;;
"""
FATES: dict[int, tuple[str, list[str]]] = {
    2: ("joined", []),
    3: ("registered", []),
    4: ("registered", []),
    5: ("refused", ["bad_phone"]),
    6: ("joined", []),
    7: ("joined", []),
    8: ("registered", []),
}


@dataclass
class Dying:
    """Handles so many commands, and then the process is gone."""

    handler: Any
    left: int

    async def __call__(self, command: Any, occasion: Occasion, **more: Any) -> Any:
        if self.left == 0:
            raise ConnectionAbortedError
        self.left -= 1
        return await self.handler(command, occasion, **more)


async def bring(crm: Any) -> str:
    answer = await crm.client.post("/customers:import", content=TABLE.encode(), headers=crm.as_(CLERK, "k"))
    assert answer.status_code == 202, answer.text
    return answer.json()["import_id"]


async def die_in_the_middle(crm: Any, import_id: str, after: int) -> None:
    """After so many writes of customers."""
    whole = crm.parts.wired["importing"]
    dying = replace(whole, knowing=replace(whole.knowing, handle=Dying(whole.knowing.handle, after)))
    at, why = crm.clock.now(), Occasion("deadline/killed", crm.clock.now(), service("crm"))
    with pytest.raises(ConnectionAbortedError):
        await dying.go_on(import_id, Deadline("chunk_0", at), why)


async def report(crm: Any, import_id: str) -> dict[int, tuple[str, list[str]]]:
    await crm.chassis.pass_deadlines()
    done = await crm.ask("GET", f"/customer-imports/{import_id}", by=CLERK)
    rows = (await crm.ask("GET", f"/customer-imports/{import_id}/rows", by=CLERK))["items"]
    assert (done["read"], len({each["line"] for each in rows}), done["ended_at"] is None) == (7, 7, False)
    return {each["line"]: (each["fate"], each["notes"]) for each in rows}


async def resolved(crm: Any, phone: str) -> Any:
    return await crm.ask("POST", "/customers:resolve", {"phone": phone}, by=SITE)


@pytest.mark.parametrize("after", range(7))
async def test_whatever_was_done_before_the_kill_is_reported_as_done(crm: Any, after: int) -> None:
    await resolved(crm, HERS)
    import_id = await bring(crm)
    await die_in_the_middle(crm, import_id, after)

    assert await report(crm, import_id) == FATES
    assert len((await crm.ask("GET", "/customers"))["items"]) == 4


async def test_who_is_erased_while_his_rows_wait_is_refused_and_nothing_of_him_waits(crm: Any) -> None:
    hers = (await resolved(crm, HERS))["customer_id"]
    import_id = await bring(crm)
    await crm.ask("POST", f"/customers/{hers}/erasure", {"reason": "asked"}, by=CLERK)

    gone = FATES | {2: ("refused", ["erased"]), 7: ("refused", ["erased"])}
    assert await report(crm, import_id) == gone
    living = [each for each in (await crm.ask("GET", "/customers"))["items"] if not each["erased"]]
    assert len(living) == 3
    assert (await resolved(crm, HERS))["registered"], "he himself may come back"


async def test_a_row_that_comes_before_his_numbers_are_given_up_is_refused_too(crm: Any) -> None:
    hers = (await resolved(crm, HERS))["customer_id"]
    import_id = await bring(crm)
    await crm.ask("POST", f"/customers/{hers}/erasure", {"reason": "asked"}, by=CLERK)
    at = crm.clock.now()

    await crm.parts.wired["importing"].go_on(
        import_id, Deadline("chunk_0", at), Occasion("d", at, service("crm"))
    )

    told = await report(crm, import_id)
    assert (told[2], told[7]) == (("refused", ["erased"]), ("refused", ["erased"]))


async def test_his_words_leave_the_waiting_file_with_him(crm: Any) -> None:
    hers = (await resolved(crm, HERS))["customer_id"]
    await bring(crm)
    chunks = next(store for store in crm.chassis.stores if store.name == "customer_import_chunks")
    (key,) = [held.key for held in (await chunks.page(Query(), 10)).items]
    await crm.ask("POST", f"/customers/{hers}/erasure", {"reason": "asked"}, by=CLERK)
    forgetting, at = crm.parts.wired["forgetting"], crm.clock.now()

    await forgetting.settle(hers, Deadline("free_phones", at), Occasion("d", at, service("crm")))

    rows = (await chunks.load(key)).state.rows
    assert [(row.line, row.phones, row.name) for row in rows if row.fault == "erased"] == [
        (2, (), None),
        (7, (), None),
    ]


async def test_who_was_registered_by_the_file_and_erased_before_it_is_through_stays_away(crm: Any) -> None:
    import_id = await bring(crm)
    await die_in_the_middle(crm, import_id, 1)
    (first,) = (await crm.ask("GET", "/customers"))["items"]
    await crm.ask("POST", f"/customers/{first['customer_id']}/erasure", {"reason": "asked"}, by=CLERK)

    told = await report(crm, import_id)

    assert {fate for fate, notes in told.values() if notes == ["erased"]} == {"refused"}
    assert len([each for each in (await crm.ask("GET", "/customers"))["items"] if not each["erased"]]) == 3
