from datetime import timedelta
from pathlib import Path
from typing import Any

from contracts.crm import DutyRefusedV1
from contracts.procurement import StockChangedV1


async def test_the_real_feed_comes_in_and_is_stale(shop: Any, real_catalogue: bytes) -> None:
    await shop.supplier("shwei")

    done = await shop.imported("shwei", real_catalogue)

    assert (done["stage"], done["good"], done["bad"], done["new"]) == ("done", 132, 0, 132)
    assert len(shop.told(StockChangedV1)) == 132
    there = await shop.get("/availability?product_id=bernina-bernette-e56")
    (offer,) = there["offers"]
    assert (offer["stock"], offer["stale"], offer["sells"]) == ("unknown", True, False)
    assert (there["free"], there["uncounted"]) == (0, False)


async def test_a_stale_feed_sells_when_its_bringer_says_so(shop: Any, real_catalogue: bytes) -> None:
    await shop.supplier("shwei")

    await shop.imported("shwei", real_catalogue, accept_stale=True)

    (offer,) = (await shop.get("/availability?product_id=bernina-bernette-e56"))["offers"]
    assert (offer["stale"], offer["sells"]) == (True, True)


async def test_bad_rows_are_reported_while_the_rest_comes_in(shop: Any, feeds: Path) -> None:
    await shop.supplier("brass")

    done = await shop.imported("brass", (feeds / "lamps.yml.xml").read_bytes())

    assert (done["stage"], done["good"], done["bad"], done["new"]) == ("done", 5, 7, 5)
    assert done["bad_rows"][3] == {
        "line": 22,
        "offer_id": "L1",
        "reason": "another offer of this feed has the same id",
        "part": "",
    }


async def test_only_what_really_changed_is_told(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(10))))
    shop.chassis.told.clear()

    later = [
        world.lamp("0", price="101"),
        world.lamp("1", count=7),
        *(world.lamp(str(n)) for n in range(2, 10)),
    ]
    done = await shop.imported("brass", world.catalogue(*later))

    assert (done["changed"], done["same"], done["gone"]) == (2, 8, 0)
    assert sorted(fact.offer_id for fact in shop.told(StockChangedV1)) == ["brass:0", "brass:1"]


async def test_offers_that_a_whole_feed_leaves_out_are_none(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(10))))

    done = await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(8))))

    assert (done["stage"], done["gone"]) == ("done", 2)
    assert (await shop.get("/offers/brass:9"))["stock"] == "none"


async def test_a_broken_feed_leaves_the_rest_as_it_was(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    whole = world.catalogue(*(world.lamp(str(n)) for n in range(10)))
    await shop.imported("brass", whole)

    changed = world.catalogue(*(world.lamp(str(n), price="90") for n in range(10)))
    done = await shop.imported("brass", changed[: changed.index(b'<offer id="3"')])

    assert (done["stage"], done["good"], done["changed"], done["gone"]) == ("done", 3, 3, 0)
    assert done["broken"]["line"] == 6
    assert (await shop.get("/offers/brass:9"))["stock"] == "counted"


async def test_what_is_no_feed_fails_and_says_why(shop: Any) -> None:
    await shop.supplier("brass")

    done = await shop.imported("brass", b"<html>You are blocked</html>")

    assert done["stage"] == "failed"
    assert "not a YML catalogue" in done["reason"]


async def wiping(shop: Any, world: Any) -> Any:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(10))))
    return await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(6))))


async def test_a_feed_that_would_wipe_much_waits_and_changes_nothing(shop: Any, world: Any) -> None:
    held = await wiping(shop, world)

    assert (held["stage"], held["would_lose"], held["of_available"]) == ("held", 4, 10)
    assert (await shop.get("/offers/brass:9"))["stock"] == "counted"
    assert (await shop.get("/imports?stage=held"))["items"][0]["import_id"] == held["import_id"]


async def test_nobody_approves_what_he_brought_in(shop: Any, world: Any) -> None:
    held = await wiping(shop, world)
    approval = f"/imports/{held['import_id']}/approval"

    for actor, code in ((world.anna, "own-feed-approved"), (world.sonya, "not-yours-to-approve")):
        refused = await shop.ask(actor, "POST", approval, json={"approve": True})
        assert (refused.status_code, refused.json()["type"]) == (403, f"/problems/{code}")

    assert [fact.actor_id for fact in shop.told(DutyRefusedV1)] == ["anna", "sonya"]


async def test_somebody_else_lets_it_through(shop: Any, world: Any) -> None:
    held = await wiping(shop, world)

    answer = await shop.ask(
        world.boris, "POST", f"/imports/{held['import_id']}/approval", json={"approve": True}
    )
    await shop.parts.wired["waking"].drain()

    assert answer.status_code == 200
    done = await shop.get(f"/imports/{held['import_id']}")
    assert (done["stage"], done["approved_by"], done["gone"]) == ("done", "boris", 4)
    assert (await shop.get("/offers/brass:9"))["stock"] == "none"


async def test_a_discarded_feed_changes_nothing(shop: Any, world: Any) -> None:
    held = await wiping(shop, world)
    decision = {"approve": False, "reason": "half of it is missing"}

    await shop.ask(world.boris, "POST", f"/imports/{held['import_id']}/approval", json=decision)
    late = await shop.ask(
        world.boris, "POST", f"/imports/{held['import_id']}/approval", json={"approve": True}
    )

    assert late.json()["type"] == "/problems/import-not-held"
    assert (await shop.get(f"/imports/{held['import_id']}"))["stage"] == "discarded"
    assert (await shop.get("/offers/brass:9"))["stock"] == "counted"


async def test_a_held_feed_is_overtaken_by_a_newer_one(shop: Any, world: Any) -> None:
    held = await wiping(shop, world)
    shop.clock.forward(timedelta(minutes=1))
    await shop.imported("brass", world.catalogue(*(world.lamp(str(n)) for n in range(10))))

    await shop.ask(world.boris, "POST", f"/imports/{held['import_id']}/approval", json={"approve": True})
    await shop.parts.wired["waking"].drain()

    assert (await shop.get(f"/imports/{held['import_id']}"))["stage"] == "discarded"
    assert (await shop.get("/offers/brass:9"))["stock"] == "counted"


async def test_an_older_feed_does_not_undo_a_newer_one(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(world.lamp("1", price="200")))

    old = await shop.imported(
        "brass", world.catalogue(world.lamp("1", price="1"), date="2026-02-01T09:00+03:00")
    )

    assert old["stage"] == "discarded"
    assert (await shop.get("/offers/brass:1"))["price"]["minor"] == 200_00


async def test_the_same_key_uploads_once_and_another_file_under_it_is_refused(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    feed = world.catalogue(world.lamp("1"))

    first, again = [await shop.upload("brass", feed, key="same") for _ in range(2)]
    other = await shop.upload("brass", feed + b" ", key="same")

    assert first.json()["import_id"] == again.json()["import_id"]
    assert (other.status_code, other.json()["type"]) == (409, "/problems/key-reused")


async def test_an_import_whose_process_died_is_taken_up_by_its_deadline(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    answer = await shop.upload("brass", world.catalogue(world.lamp("1")))
    import_id = answer.json()["import_id"]
    waking = shop.parts.wired["waking"]
    shop.parts.wired["waking"]._waiting.get_nowait()  # whoever took it is gone
    waking._known.clear()

    shop.clock.forward(timedelta(seconds=31))
    await shop.chassis.pass_deadlines()
    await waking.drain()

    assert (await shop.get(f"/imports/{import_id}"))["stage"] == "done"
    assert [entry["what"] for entry in (await shop.get(f"/imports/{import_id}/timeline"))["entries"]][:2] == [
        ["FeedReceived"],
        ["ImportTakenUpAgain"],
    ]


async def test_uploads_need_a_file_a_key_and_a_buyer(shop: Any, world: Any) -> None:
    await shop.supplier("brass")

    without_file = await shop.ask(world.anna, "POST", "/suppliers/brass/feeds", files={"other": ("x", b"y")})
    by_seller = await shop.upload("brass", b"<x/>", actor=world.sonya)
    not_a_form = await shop.ask(world.anna, "POST", "/suppliers/brass/feeds", content=b"<x/>")

    assert (without_file.status_code, by_seller.status_code, not_a_form.status_code) == (422, 403, 422)


async def test_a_supplier_without_an_address_has_nothing_to_fetch(shop: Any, world: Any) -> None:
    await shop.supplier("brass")

    answer = await shop.ask(world.anna, "POST", "/suppliers/brass/fetch")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-feed-address")


async def test_a_fetch_that_falls_due_opens_one_import_and_the_next_is_planned(shop: Any) -> None:
    await shop.supplier("brass", feed={"url": "http://127.0.0.1:9/feed.xml", "every_minutes": 60})

    await shop.chassis.pass_deadlines()
    await shop.parts.wired["waking"].drain()
    await shop.chassis.pass_deadlines()

    (failed,) = (await shop.get("/imports"))["items"]
    assert (failed["stage"], failed["reason"]) == ("failed", "127.0.0.1 is not a public address")
    assert (await shop.get("/suppliers/brass"))["next_fetch_at"] == "2026-03-02T08:00:00Z"
