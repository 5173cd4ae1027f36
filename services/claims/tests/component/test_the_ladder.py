"""Who is called as deadlines near and pass: the keeper, management, lawyers; each once."""

from claims.testing.asking import Running
from claims.testing.people import ANNA, KIRA, LEV, OLGA, TANYA
from contracts.claims import ClaimDeadlineNearV1, ClaimEscalatedV1
from contracts.crm import DutyRefusedV1
from contracts.notifications import MessageFailedV1


def called(it: Running) -> list[str]:
    return [each.to for each in it.told(ClaimEscalatedV1)]


async def busy(it: Running, id_: str, days: int) -> None:
    """Somebody works on it every day, and still it is not decided."""
    for day in range(days):
        await it.later(hours=5)
        answer = ("will_bring", "refused", "no_answer", "handed_in")[day % 4]
        channel = ("phone", "email", "post")[day % 3]
        await it.do(f"/claims/{id_}/item-requests", {"channel": channel, "answer": answer})
        await it.later(hours=19)


async def test_as_the_laws_term_ends_the_keeper_is_hurried_then_management_and_lawyers_called(
    it: Running,
) -> None:
    id_ = await it.open()
    await it.do(f"/claims/{id_}/steps", {"step": "hear"})
    await it.demand(id_)

    await busy(it, id_, 8)
    assert [each.mark for each in it.told(ClaimDeadlineNearV1)] == ["half"]
    assert called(it) == []
    await busy(it, id_, 2)
    assert called(it) == ["management"]
    await busy(it, id_, 2)

    assert [each.mark for each in it.told(ClaimDeadlineNearV1)] == ["half", "most", "last_day", "over"]
    assert called(it) == ["management", "legal"]
    assert (await it.read(f"/claims/{id_}"))["called"] == ["management", "legal"]


async def test_half_of_the_term_makes_it_the_keepers_next_task(it: Running) -> None:
    id_ = await it.open()
    await it.do(f"/claims/{id_}/steps", {"step": "hear"})
    await it.demand(id_, "loan_item")  # 2 March 10:00; the term is 3 to 5 March, half of it 4 March 12:00
    await it.later(hours=25)
    await it.do(f"/claims/{id_}/item-requests", {"channel": "phone", "answer": "no_answer"})
    assert (await it.read(f"/claims/{id_}"))[
        "next_due"
    ] == "2026-03-03T21:00:00Z"  # a working day before the last

    await it.later(hours=25)

    assert [each.mark for each in it.told(ClaimDeadlineNearV1)] == ["last_day", "half"]
    assert (await it.read(f"/claims/{id_}"))["next_due"] == "2026-03-04T12:00:00Z"


async def test_a_claim_left_alone_twice_in_a_row_is_managements(it: Running) -> None:
    id_ = await it.open("service")
    await it.do(f"/claims/{id_}/steps", {"step": "hear"})

    await it.later(days=3)
    assert called(it) == []
    await it.later(days=3)
    assert called(it) == ["management"]
    await it.later(days=30)

    assert called(it) == ["management"]


async def test_who_is_called_reads_and_advises_until_it_is_closed(it: Running) -> None:
    id_ = await it.open("service")
    for who in (TANYA, LEV):
        assert (await it.ask("GET", f"/claims/{id_}", who)).status_code == 404
    await it.later(days=3)
    await it.later(days=3)

    assert (await it.read(f"/claims/{id_}", TANYA))["words"] == "Лампа не горит, Мария"
    assert (await it.ask("GET", f"/claims/{id_}", LEV)).status_code == 404
    mine = await it.read("/claims?view=brought_in", TANYA)
    assert [each["claim_id"] for each in mine["items"]] == [id_]
    assert (await it.read("/claims?view=brought_in", LEV))["items"] == []
    for _ in range(2):
        await it.do(f"/claims/{id_}/advice", {"words": "Позвоните сегодня"}, TANYA)
    assert (await it.read(f"/claims/{id_}"))["advice"] == ["Позвоните сегодня"]
    assert await it.refused(f"/claims/{id_}/closing", {"outcome": "confirmed"}, TANYA) == "not-your-duty"

    await it.do(f"/claims/{id_}/closing", {"outcome": "confirmed"})
    assert (await it.ask("GET", f"/claims/{id_}", TANYA)).status_code == 404


async def test_who_approves_reads_what_waits_for_him_and_only_while_it_does(it: Running) -> None:
    id_ = await it.open("service")
    given = {"demand": "refund", "channel": "email", "proof": "m", "price": 1_500_000, "paid": 1_500_000}
    await it.do(f"/claims/{id_}/demand", given)
    assert (await it.read("/claims?view=to_approve", TANYA))["items"] == []
    await it.do(
        f"/claims/{id_}/decision", {"verdict": "satisfied", "amount": 1_500_000, "reason": "Брак"}, OLGA
    )

    waiting = await it.read("/claims?view=to_approve", TANYA)
    assert [each["claim_id"] for each in waiting["items"]] == [id_]
    assert (await it.read(f"/claims/{id_}", TANYA))["ruling"]["number"] == 1
    await it.do(f"/claims/{id_}/approval", {"number": 1}, TANYA)

    assert (await it.ask("GET", f"/claims/{id_}", TANYA)).status_code == 404


async def test_a_letter_that_nobody_brought_otherwise_is_managements(it: Running) -> None:
    id_ = await it.open("service")
    await it.do(f"/claims/{id_}/letters", {"paper": "received", "channel": "email", "name": "Мария"})
    told = {"message_id": f"{id_}-1", "channel": "email", "template": "claim_letter", "language": "ru"}
    fact = MessageFailedV1.model_validate({**told, "reason": "undeliverable", "attempts": 2})
    await it.chassis.tell(fact, source="notifications")

    await it.later(hours=4)
    assert called(it) == []
    await it.later(hours=2)

    assert called(it) == ["management"]


async def test_a_reopened_claim_climbs_the_ladder_anew(it: Running) -> None:
    id_ = await it.open("service")
    for _ in range(2):
        await it.later(days=3)
    await it.do(f"/claims/{id_}/closing", {"outcome": "withdrawn"})
    await it.do(f"/claims/{id_}/reopening", {"reason": "not_settled"}, ANNA)
    assert (await it.read(f"/claims/{id_}"))["called"] == []

    for _ in range(2):
        await it.later(days=5)

    assert called(it) == ["management", "management"]


async def test_being_called_makes_nobody_of_who_sells_or_controls(it: Running) -> None:
    id_ = await it.open("service")
    for _ in range(2):
        await it.later(days=3)

    for who in (ANNA, KIRA):
        assert await it.refused(f"/claims/{id_}/advice", {"words": "Нет"}, who) == "not-your-duty"
    assert [each.actor_id for each in it.told(DutyRefusedV1)] == ["anna", "kira"]
