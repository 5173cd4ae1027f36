"""The customer answers by a signed link: no account, no script, and looking never changes anything (R25)."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from orders.testing.asking import Running
from orders.testing.lamps import ADDRESS, NAME
from orders.testing.shortage import COPPER, STEEL, gone, offered, short_of_lamps

RU, EN = {"Accept-Language": "ru-RU,ru;q=0.9"}, {"Accept-Language": "en-GB, ru;q=0.5"}


@pytest.fixture
async def orders() -> AsyncIterator[Running]:
    async with short_of_lamps() as it:
        yield it


async def look(orders: Running, path: str, **headers: str) -> httpx.Response:
    return await orders.client.get(path, headers=headers or RU)


async def say(orders: Running, path: str, **fields: str) -> httpx.Response:
    return await orders.client.post(path, data=fields, headers=RU)


async def version(orders: Running, order_id: str) -> int:
    timeline = (await orders.ask("GET", f"/orders/{order_id}/timeline")).json()
    return len(timeline["items"] if "items" in timeline else timeline["entries"])


async def test_the_page_shows_goods_prices_and_the_difference_and_nobody(orders: Running) -> None:
    path = await offered(orders, await gone(orders), STEEL, COPPER)

    page = await look(orders, path)

    text = re.sub(r"\s", " ", page.text)
    assert page.status_code == httpx.codes.OK
    for shown in (
        "Лампа латунная",
        "12 960,00 ₽",
        "Лампа стальная",
        "Дешевле на 1 000,00 ₽",
        "Дороже на 2 000,00 ₽",
    ):
        assert shown in text, shown
    assert 'lang="ru"' in text
    for secret in (NAME, ADDRESS, "Мария", "916"):
        assert secret not in text


async def test_what_suppliers_write_is_text_and_never_a_page_of_its_own(orders: Running) -> None:
    page = await look(orders, await offered(orders, await gone(orders), COPPER))

    assert "Лампа &lt;медная&gt;" in page.text


async def test_the_page_runs_nothing_and_is_kept_nowhere(orders: Running) -> None:
    page = await look(orders, await offered(orders, await gone(orders)))

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in page.text


async def test_it_speaks_the_readers_language_or_the_orders(orders: Running) -> None:
    path = await offered(orders, await gone(orders, language="en"))

    assert "We are sorry" in (await look(orders, path, **EN)).text
    assert "Простите" in (await look(orders, path)).text
    assert "We are sorry" in (await orders.client.get(path)).text


async def test_looking_changes_nothing_however_often(orders: Running) -> None:
    order_id = await gone(orders)
    path = await offered(orders, order_id)
    before = await version(orders, order_id)

    for _ in range(3):
        await look(orders, path)

    assert await version(orders, order_id) == before


async def test_a_yes_replaces_the_line_and_the_total(orders: Running) -> None:
    order_id = await gone(orders)
    path = await offered(orders, order_id)

    page = await say(orders, path, answer="yes", product_id="steel-lamp")

    order = await orders.order(order_id)
    assert (page.status_code, "Вы согласились" in page.text) == (httpx.codes.OK, True)
    assert [line["product_id"] for line in order["lines"]] == ["steel-lamp", "green-shade"]
    assert order["total"] == 2 * 598000 + 90000
    told = orders.last("order.changed").model_dump()
    assert told["what"] == ("lines", "substitute_accepted")
    offer = (await orders.ask("GET", f"/orders/{order_id}/offers")).json()["items"][0]
    assert (offer["answer"]["by"], offer["answer"]["channel"], offer["link"]) == ("customer", None, None)


async def test_the_same_answer_twice_is_one_and_another_one_is_kindly_refused(orders: Running) -> None:
    path = await offered(orders, await gone(orders))
    await say(orders, path, answer="yes", product_id="steel-lamp")
    many = len(orders.told)

    again = await say(orders, path, answer="yes", product_id="steel-lamp")
    other = await say(orders, path, answer="no")

    assert (again.status_code, other.status_code) == (httpx.codes.OK, httpx.codes.CONFLICT)
    assert "Вы уже ответили" in other.text
    assert len(orders.told) == many


async def test_a_no_makes_the_next_offer_due(orders: Running) -> None:
    order_id = await gone(orders)
    path = await offered(orders, order_id)

    page = await say(orders, path, answer="no")

    assert "Спасибо за ответ" in page.text
    assert orders.last("order.changed").model_dump()["what"] == ("substitute_declined",)
    await orders.do(order_id, "attempts", channel="phone", outcome="reached")
    await orders.do(order_id, "apology", channel="email")
    assert (await orders.order(order_id))["next_deadline"] == "next_offer"


async def test_a_program_answers_in_json(orders: Running) -> None:
    path = await offered(orders, await gone(orders), STEEL, COPPER)

    vague = await orders.client.post(path, json={"answer": "yes"})
    answer = await orders.client.post(path, json={"answer": "yes", "product_id": "copper-lamp"})

    assert (vague.status_code, vague.json()["type"]) == (409, "/problems/not-in-the-offer")
    assert (answer.json()["standing"], answer.json()["product_id"]) == ("accepted", "copper-lamp")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("wrong", [{"answer": "maybe"}, {}, {"answer": "yes", "phone": "+79161234567"}])
async def test_malformed_answers_are_named_without_their_values(
    orders: Running, wrong: dict[str, Any]
) -> None:
    path = await offered(orders, await gone(orders))

    for answer in (await orders.client.post(path, json=wrong), await orders.client.post(path, data=wrong)):
        assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
        assert "maybe" not in answer.text
        assert "916" not in answer.text


@pytest.mark.parametrize("token", ["abc", "a.b.c", "x" * 900])
async def test_a_foreign_link_says_so_kindly(orders: Running, token: str) -> None:
    page = await look(orders, f"/answers/{token}")
    program = await orders.client.post(f"/answers/{token}", json={"answer": "no"})

    assert (page.status_code, program.status_code) == (404, 404)
    assert "не наша" in page.text
    assert program.json()["type"] == "/problems/link-unreadable"


async def test_an_expired_link_says_so_kindly(orders: Running) -> None:
    path = await offered(orders, await gone(orders))
    await orders.later(hours=73)

    page = await look(orders, path)

    assert (page.status_code, "Срок этой ссылки прошёл" in page.text) == (410, True)
    assert (await say(orders, path, answer="no")).status_code == httpx.codes.GONE


async def test_a_withdrawn_offer_and_a_cancelled_order_say_so(orders: Running) -> None:
    order_id = await gone(orders)
    first = await offered(orders, order_id)
    second = await offered(orders, order_id, COPPER)

    withdrawn = await look(orders, first)
    assert "больше не действует" in withdrawn.text
    assert "медная" in withdrawn.text, "what is offered now can be answered from there"
    await orders.do(order_id, "cancellation", reason="changed_mind", offer_made=True)
    assert "отменён" in (await look(orders, second)).text
    assert (await say(orders, second, answer="no")).status_code == httpx.codes.CONFLICT


async def test_the_token_stands_in_no_line_of_the_log(
    orders: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    path = await offered(orders, await gone(orders))
    await look(orders, path)
    await say(orders, path, answer="no")

    assert path.removeprefix("/answers/") not in capsys.readouterr().out
