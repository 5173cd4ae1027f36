"""A price list whose columns nobody has explained yet waits for a person, is shown to him, and goes on by his word."""

import gzip
from typing import Any

import httpx
from contracts.crm import DutyRefusedV1
from contracts.procurement import StockChangedV1

HEADER = "Код;Наименование;Цена;Опт;Остаток"


def price_list(*codes: str, header: str = HEADER, price: int = 100) -> bytes:
    rows = (f"{code};Лампа латунная {code};{price},50;70;4" for code in codes)
    return "\n".join([header, *rows, ""]).encode("cp1251")


async def waiting(shop: Any, *codes: str) -> Any:
    await shop.supplier("brass")
    return await shop.imported("brass", price_list(*(codes or ("L1", "L2", "L3"))))


async def accept(
    shop: Any, import_id: str, actor: Any, uses: Any = None, supplier: str = "brass"
) -> httpx.Response:
    body = {"import_id": import_id, "uses": uses}
    answer: httpx.Response = await shop.ask(actor, "PUT", f"/suppliers/{supplier}/mapping", json=body)
    return answer


async def gone_on(shop: Any, import_id: str) -> Any:
    await shop.parts.wired["waking"].drain()
    return await shop.get(f"/imports/{import_id}")


async def test_a_strange_price_list_waits_and_is_shown_before_anything_is_taken_over(
    shop: Any, world: Any
) -> None:
    held = await waiting(shop)

    assert (held["stage"], held["good"]) == ("mapping", 0)
    assert not shop.told(StockChangedV1)
    seen = await shop.get(f"/imports/{held['import_id']}/mapping", world.anna)
    assert [(each["header"], each["meaning"]) for each in seen["columns"]] == [
        ("Код", "code"), ("Наименование", "title"), ("Цена", "price"), ("Опт", "purchase_price"), ("Остаток", "count"),
    ]  # fmt: skip
    assert all(each["confidence"] > 0.9 for each in seen["columns"])
    assert (seen["told"], seen["header_line"], seen["missing"]) == ("cp1251, semicolon", 1, "")
    first = seen["rows"][0]
    assert (first["title"], first["price"]["minor"], first["quantity"]) == ("Лампа латунная L1", 100_50, 4)


async def test_a_yes_lets_it_go_on_and_is_remembered_for_the_next(shop: Any, world: Any) -> None:
    held = await waiting(shop)

    answer = await accept(shop, held["import_id"], world.anna)

    assert answer.status_code == httpx.codes.OK, answer.text
    done = await gone_on(shop, held["import_id"])
    assert (done["stage"], done["good"], done["new"]) == ("done", 3, 3)
    again = await shop.imported("brass", gzip.compress(price_list("L1", "L2", "L3", price=200)))
    assert (again["stage"], again["changed"]) == ("done", 3)
    known = (await shop.get("/suppliers/brass/mapping"))["known"]
    assert [(each["by"], each["header"][0]) for each in known] == [("anna", "Код")]
    (said,) = (await shop.get("/suppliers/brass/mapping/timeline"))["entries"]
    assert (said["who"], said["what"]) == ("anna", ["MappingAccepted"])


async def test_a_changed_header_waits_again_and_the_old_one_is_still_known(shop: Any, world: Any) -> None:
    held = await waiting(shop)
    await accept(shop, held["import_id"], world.anna)
    await gone_on(shop, held["import_id"])

    other = await shop.imported("brass", price_list("L1", header="Код;Наименование;Цена;Опт;Резерв"))
    same = await shop.imported("brass", price_list("L1", "L2", "L3"))

    assert (other["stage"], same["stage"]) == ("mapping", "done")


async def test_a_person_may_say_it_otherwise(shop: Any, world: Any) -> None:
    held = await waiting(shop)
    uses = [
        {"column": n, "meaning": m}
        for n, m in enumerate(["code", "title", "purchase_price", "price", "count"])
    ]

    path = f"/imports/{held['import_id']}/mapping/trial"
    (tried, *_) = (await shop.ask(world.anna, "POST", path, json={"uses": uses})).json()
    await accept(shop, held["import_id"], world.anna, uses)

    await gone_on(shop, held["import_id"])
    offer = await shop.get("/offers/brass:L1", world.anna)
    assert offer["price"]["minor"] == tried["price"]["minor"] == 70_00
    assert offer["purchase_price"]["minor"] == 100_50


async def test_a_mapping_that_can_not_be_is_refused(shop: Any, world: Any) -> None:
    held = await waiting(shop)

    answer = await accept(shop, held["import_id"], world.anna, [{"column": 0, "meaning": "code"}])

    assert (answer.status_code, answer.json()["type"]) == (
        httpx.codes.CONFLICT,
        "/problems/mapping-does-not-fit",
    )
    assert "title, price" in answer.json()["detail"]


async def test_only_a_buyer_says_what_columns_mean_and_the_attempt_is_told(shop: Any, world: Any) -> None:
    held = await waiting(shop)

    answer = await accept(shop, held["import_id"], world.sonya)

    assert answer.status_code == httpx.codes.FORBIDDEN
    (refused,) = shop.told(DutyRefusedV1)
    assert (refused.thing, refused.thing_id, refused.action) == ("feed_mapping", "brass", "map_feed")
    assert (await gone_on(shop, held["import_id"]))["stage"] == "mapping"


async def test_the_same_yes_twice_changes_nothing_and_still_sets_going_what_waits(
    shop: Any, world: Any
) -> None:
    held = await waiting(shop)
    await accept(shop, held["import_id"], world.anna)

    again = await accept(shop, held["import_id"], world.boris)

    assert again.json()["changes"] == []
    assert (await gone_on(shop, held["import_id"]))["stage"] == "done"


async def test_an_import_of_somebody_else_or_of_yml_has_no_mapping(shop: Any, world: Any) -> None:
    held = await waiting(shop)
    await shop.supplier("slow")
    yml = await shop.imported("slow", world.catalogue(world.lamp("1")))

    other = await accept(shop, held["import_id"], world.anna, supplier="slow")
    none = await shop.ask(world.anna, "GET", f"/imports/{yml['import_id']}/mapping")

    assert (other.status_code, none.status_code) == (httpx.codes.NOT_FOUND, httpx.codes.CONFLICT)


async def test_what_waits_may_be_discarded(shop: Any, world: Any) -> None:
    held = await waiting(shop)

    path = f"/imports/{held['import_id']}/approval"
    approved = await shop.ask(world.boris, "POST", path, json={"approve": True})
    await shop.ask(world.sonya, "POST", path, json={"approve": False})

    assert approved.status_code == httpx.codes.CONFLICT
    assert (await gone_on(shop, held["import_id"]))["stage"] == "discarded"


async def test_another_feed_of_the_supplier_does_not_wait_behind_it(shop: Any, world: Any) -> None:
    await waiting(shop)

    done = await shop.imported("brass", world.catalogue(world.lamp("1")))

    assert done["stage"] == "done"


async def test_a_table_that_would_wipe_much_waits_for_a_person_too(shop: Any, world: Any) -> None:
    held = await waiting(shop, *(f"L{n}" for n in range(10)))
    await accept(shop, held["import_id"], world.anna)
    await gone_on(shop, held["import_id"])

    less = await shop.imported("brass", price_list("L1", "L2", "L3"))

    assert (less["stage"], less["would_lose"], less["of_available"]) == ("held", 7, 10)


async def test_changes_alone_leave_the_rest_as_it_was(shop: Any) -> None:
    def package(codes: range, only_changes: str, price: int) -> bytes:
        offers = "".join(
            f"<Предложение><Ид>t{n}</Ид><Наименование>Лампа</Наименование><Цены><Цена><ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу>"
            f"</Цена></Цены><Количество>2</Количество></Предложение>"
            for n in codes
        )
        return (
            f'<КоммерческаяИнформация><ПакетПредложений СодержитТолькоИзменения="{only_changes}"><Предложения>'
            f"{offers}</Предложения></ПакетПредложений></КоммерческаяИнформация>"
        ).encode()

    await shop.supplier("brass")
    await shop.imported("brass", package(range(10), "false", 100))

    done = await shop.imported("brass", package(range(2), "true", 90))

    assert (done["stage"], done["changed"], done["gone"]) == ("done", 2, 0)
    assert (await shop.get("/offers/brass:t9"))["stock"] == "counted"


async def test_an_archive_that_is_a_bomb_fails_and_says_so(shop: Any) -> None:
    await shop.supplier("brass")

    done = await shop.imported("brass", gzip.compress(b"0" * (64 * 2**20)))

    assert (done["stage"], done["reason"]) == (
        "failed",
        "not read: what is packed in the file is far larger than a feed may be",
    )
