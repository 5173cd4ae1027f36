"""Who is erased is gone from his claims; what nobody needs any more is swept; what was decided stays."""

import hashlib
from datetime import timedelta

import pytest
from chassis.peers import PeerDown
from claims.testing.asking import Running
from claims.testing.people import ANNA, KOSTYA, LEV, NOTIFICATIONS
from contracts.crm import CustomerErasedV1, CustomerV1

PHOTO = b"\xff\xd8\xff\xe0" + b"lamp" * 100
DIGEST = hashlib.sha256(PHOTO).hexdigest()
LETTER = {"paper": "decision", "channel": "email", "name": "Мария"}


async def lived(it: Running, customer: str = "c-maria", key: str = "k-7") -> str:
    """A claim with everything that may name Maria."""
    body = {
        "shop_id": "main",
        "kind": "service",
        "order_id": "o-1",
        "customer_id": customer,
        "words": "Мария зла",
    }
    id_ = (await it.do("/claims", body, key=key))["id"]
    await it.ask("POST", f"/claims/{id_}/evidence", content=PHOTO, more={"X-File-Name": "maria.jpg"})
    given = {"demand": "refund", "channel": "email", "proof": "mail-maria", "price": 1000, "paid": 1000}
    await it.do(f"/claims/{id_}/demand", given)
    await it.do(f"/claims/{id_}/decision", {"verdict": "satisfied", "amount": 1000, "reason": "Мария права"})
    await it.do(f"/claims/{id_}/letters", LETTER)
    await it.do(f"/claims/{id_}/escalation", {"to": "legal", "staff_id": "lev"})
    await it.do(f"/claims/{id_}/advice", {"words": "Мария не отступит"}, LEV)
    await it.chassis.pass_deadlines()
    return id_


async def erase(it: Running, customer: str = "c-maria", sequence: int = 1) -> None:
    told = CustomerErasedV1(
        customer=CustomerV1(customer_id=customer, stage="customer"),
        reason="asked",
        by="dasha",
        at=it.clock.now(),
    )
    await it.chassis.tell(told, source="crm", sequence=sequence)
    await it.chassis.pass_deadlines()


def words_of(claim: object) -> str:
    return str(claim)


async def test_who_is_erased_is_gone_from_his_claims_and_the_numbers_stay(it: Running) -> None:
    his, other = await lived(it), await lived(it, "c-vera", "k-8")

    for _ in range(2):
        await erase(it)

    claim = await it.read(f"/claims/{his}")
    assert "Мария" not in words_of(claim)
    assert "maria" not in words_of(claim).replace("c-maria", "")
    assert (claim["ruling"]["amount"], claim["ruling"]["money"]) == (1000, "taken")
    assert (claim["demand"]["received_on"], len(claim["letters"][0]["digest"])) == ("2026-03-02", 64)
    assert (len(claim["evidence"]), claim["evidence"][0]["size"]) == (1, len(PHOTO))
    entries = (await it.read(f"/claims/{his}/timeline"))["entries"]
    assert [each["what"] for each in entries].count(["PersonForgotten"]) == 1
    assert "Мария зла" in words_of(await it.read(f"/claims/{other}"))


async def nameless(it: Running, order_id: str, key: str) -> str:
    """A claim that was opened by its order alone."""
    body = {"shop_id": "main", "kind": "service", "order_id": order_id, "words": "Мария зла"}
    return (await it.do("/claims", body, key=key))["id"]


async def test_a_claim_that_names_an_order_alone_is_his_whose_order_it_is(it: Running) -> None:
    hers = [await nameless(it, f"o-{n}", f"k-{n}") for n in range(3)]
    others = await nameless(it, "o-of-vera", "k-8")
    named = await lived(it, "c-vera", "k-9")  # of her order o-1, and not hers
    it.orders.of["c-maria"] = ["o-0", "o-1", "o-2"]

    for _ in range(2):
        await erase(it)

    gone = {each: (await it.read(f"/claims/{each}"))["erased_at"] for each in (*hers, others, named)}
    assert [gone[each] is not None for each in (*hers, others, named)] == [True, True, True, False, False]


async def test_while_orders_does_not_answer_it_is_not_done_and_then_it_is(it: Running) -> None:
    his = await nameless(it, "o-1", "k-1")
    it.orders.of["c-maria"], it.orders.fault = ["o-1"], PeerDown("orders")
    with pytest.raises(PeerDown):
        await erase(it)

    it.orders.fault = None
    await erase(it)

    assert (await it.read(f"/claims/{his}"))["erased_at"] is not None


async def test_where_each_claim_names_its_customer_orders_is_not_asked(it: Running) -> None:
    await lived(it)
    before = len(it.peer.asked)

    await erase(it)

    assert len(it.peer.asked) == before


async def test_his_files_are_removed_and_nobody_elses(it: Running) -> None:
    his, other = await lived(it), await lived(it, "c-vera", "k-8")

    await erase(it)

    assert list(it.files.contents) == [f"{other}/{DIGEST}"]
    assert (await it.ask("GET", f"/claims/{his}/evidence/{DIGEST}")).status_code == 404
    assert (await it.ask("GET", f"/claims/{other}/evidence/{DIGEST}")).content == PHOTO


async def test_nothing_of_him_is_taken_sent_or_written_any_more(it: Running) -> None:
    his = await lived(it)
    await erase(it)

    again = await it.ask("POST", f"/claims/{his}/evidence", content=PHOTO)
    text = await it.ask("GET", f"/claims/{his}/letters/{his}-1/text", NOTIFICATIONS)

    assert [each.json()["type"] for each in (again, text)] == [
        "/problems/person-erased",
        "/problems/letter-gone",
    ]
    assert await it.refused(f"/claims/{his}/letters", LETTER) == "person-erased"
    assert it.files.contents == {}


async def test_a_closed_claim_keeps_the_person_for_three_years_and_then_forgets_him(it: Running) -> None:
    his = await lived(it)
    await it.do(f"/claims/{his}/closing", {"outcome": "confirmed"})

    await it.later(days=3 * 366 - 1)
    assert (await it.read(f"/claims/{his}"))["erased_at"] is None
    await it.later(days=1)

    assert "Мария" not in words_of(await it.read(f"/claims/{his}"))
    assert it.files.contents == {}


async def test_a_claim_that_was_reopened_is_kept_on(it: Running) -> None:
    his = await lived(it)
    await it.do(f"/claims/{his}/closing", {"outcome": "confirmed"})
    await it.later(days=3 * 366 - 1)
    await it.do(f"/claims/{his}/reopening", {"reason": "not_settled"}, ANNA)

    await it.later(days=30)

    assert (await it.read(f"/claims/{his}"))["erased_at"] is None


async def test_a_file_that_no_claim_came_to_name_is_swept_after_a_day(it: Running) -> None:
    named = await it.open()
    await it.ask("POST", f"/claims/{named}/evidence", content=PHOTO)
    await it.files.keep(f"{named}/of-an-upload-that-died", b"x", it.clock.now())
    await it.files.keep(f"{named}/tried-again", b"y", it.clock.now())
    await it.files.keep("of-no-claim/z", b"z", it.clock.now())

    it.clock.forward(timedelta(hours=23))
    assert await it.sweep.once() == 0
    await it.files.keep(f"{named}/tried-again", b"y", it.clock.now())
    it.clock.forward(timedelta(hours=2))
    assert await it.sweep.once() == 2

    assert sorted(it.files.contents) == sorted([f"{named}/{DIGEST}", f"{named}/tried-again"])


async def test_what_a_claim_names_is_kept_also_when_its_process_died_before_it_said_so(it: Running) -> None:
    id_ = await it.open()
    await it.ask("POST", f"/claims/{id_}/evidence", content=PHOTO)
    it.files.forget_what_is_named()

    it.clock.forward(timedelta(days=9))

    assert (await it.sweep.once(), len(it.files.contents)) == (0, 1)


async def test_a_file_that_lies_otherwise_than_it_was_given_is_not_shown(it: Running) -> None:
    id_ = await it.open()
    await it.ask("POST", f"/claims/{id_}/evidence", content=PHOTO)
    it.files.contents[f"{id_}/{DIGEST}"] = PHOTO[:-1] + b"!"

    assert (await it.ask("GET", f"/claims/{id_}/evidence/{DIGEST}", KOSTYA)).status_code == 404
