"""Templates: shipped, rewritten by whoever answers for service, checked, previewed."""

from typing import Any

import httpx
import pytest
from chassis.peers import PeerDown, PeerRefused
from notifications.testing.answering import LINK, OFFER
from notifications.testing.asking import Running
from notifications.testing.letters import ANNA, NAME, VERA
from notifications.testing.news import created

SHORT: dict[str, Any] = {
    "language": "ru",
    "seen": 0,
    "sms": "Заказ {{ order.number }} у нас.",
    "subject": "Заказ {{ order.number }}",
    "email": "Здравствуйте! Заказ {{ order.number }} у нас.",
}


async def write(it: Running, name: str = "order_taken", by: Any = VERA, **more: Any) -> httpx.Response:
    return await it.ask("PUT", f"/templates/{name}", by, json={**SHORT, **more})


async def preview(it: Running, name: str = "order_taken", by: Any = VERA, **more: Any) -> httpx.Response:
    return await it.ask("POST", f"/templates/{name}:preview", by, json=more)


async def test_every_occasion_has_words_in_both_languages_from_the_start(it: Running) -> None:
    items = (await it.ask("GET", "/templates")).json()["items"]

    assert len(items) == 14
    assert {each["version"] for each in items} == {0}


async def test_what_is_saved_is_what_the_next_customer_reads(it: Running) -> None:
    assert (await write(it)).status_code == 200

    await it.tell(created())
    await it.later(minutes=1)

    assert it.sms.texts == ["Заказ 1042 у нас."]
    shown = (await it.ask("GET", "/templates/order_taken")).json()
    assert (shown["version"], shown["sms"]) == (1, SHORT["sms"])


async def test_the_same_words_again_are_no_new_version(it: Running) -> None:
    await write(it)
    again = await write(it, seen=1)

    assert again.json()["changes"] == []


async def test_whoever_saw_another_version_looks_first(it: Running) -> None:
    await write(it)
    late = await write(it, sms="Заказ {{ order.number }} принят.")

    assert (late.status_code, late.json()["type"]) == (409, "/problems/template-changed-since")


async def test_an_older_version_and_the_shipped_one_come_back(it: Running) -> None:
    await write(it)
    path = "/templates/order_taken:restore"

    answer = await it.ask("POST", path, VERA, json={"language": "ru", "version": 0})

    shown = (await it.ask("GET", "/templates/order_taken")).json()
    assert answer.status_code == 200
    assert (shown["version"], "Мы свяжемся" in shown["sms"]) == (2, True)
    missing = await it.ask("POST", path, VERA, json={"language": "ru", "version": 9})
    assert missing.status_code == 404


async def test_who_sells_does_not_write_templates_and_the_attempt_is_told(it: Running) -> None:
    refused = await write(it, by=ANNA)

    assert (refused.status_code, refused.json()["rule"]) == (403, "R33")
    told = it.chassis.told[-1].model_dump()
    assert (told["thing"], told["thing_id"], told["action"]) == (
        "template",
        "order_taken.ru",
        "write_template",
    )
    assert (await it.ask("GET", "/templates/order_taken")).json()["version"] == 0
    assert (await write(it)).status_code == 200


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("order_taken", {"sms": "Заказ {{ order.nummer }}"}, "nummer"),
        ("order_taken", {"sms": "Заказ {{ phone }}"}, "'phone' is undefined"),
        ("order_taken", {"sms": "Заказ {{ order.number"}, "unexpected end of template"),
        ("order_taken", {"sms": "Заказ {{ order.number }} " + "очень " * 60}, "segments"),
        ("order_taken", {"sms": "Спасибо!"}, "the order's number"),
        ("order_taken", {"subject": ""}, "subject: 0 characters"),
        ("order_taken", {"email": "Заказ {{ order.number }}: слот доставки"}, "jargon «слот»"),
        ("order_taken", {"email": "{{ order.number }}{{ order.__class__ }}"}, "unsafe"),
        ("order_taken", {"email": "{{ order.number }}{{ 'x' * 1000000000 }}"}, "not allowed"),
        ("order_taken", {"email": "{% for i in range(9) %}{{ order.number }}{% endfor %}"}, "only variables"),
        (
            "order_taken",
            {"email": "{{ order.number }}{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}"},
            "a loop in a loop",
        ),
        ("order_taken", {"email": "{{ order.number | pprint }}"}, "pprint"),
        ("apology_and_offer", {}, "the link to answer by"),
        ("apology_and_offer", {"sms": "{{ order.number }} {{ offer.link }}"}, "put it into an `if`"),
        ("quality_survey", {}, "the link to answer by"),
        ("delivery_agreed", {"sms": "Заказ {{ order.number }} в {{ promise.starts | clock }}"}, "the end"),
        ("refund_due", {"sms": "{{ order.number }} {{ promise.day }}"}, "has no"),
    ],
)
async def test_words_that_would_not_do_are_not_taken(
    it: Running, name: str, wrong: dict[str, str], told: str
) -> None:
    answer = await write(it, name, **wrong)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/template-unfit")
    assert told in answer.json()["detail"]


async def test_a_draft_is_seen_before_it_is_saved(it: Running) -> None:
    draft = {name: SHORT[name] for name in ("sms", "subject", "email")}

    seen = (await preview(it, draft=draft, language="ru")).json()

    assert (seen["sms"], seen["segments"], seen["faults"]) == ("Заказ 1042 у нас.", 1, [])
    assert "<p>Здравствуйте! Заказ 1042 у нас.</p>" in seen["html"]


async def test_a_preview_with_a_real_order_never_shows_its_live_link(it: Running) -> None:
    it.orders.contact["offer"] = OFFER

    seen = (await preview(it, "apology_and_offer", order_id="o-1")).json()

    assert NAME in seen["text"]
    assert LINK not in str(seen)
    assert (await preview(it, "apology_and_offer", by=ANNA, order_id="o-1")).status_code == 403


async def test_a_preview_says_when_there_is_nothing_to_show(it: Running) -> None:
    broken = dict.fromkeys(("sms", "subject", "email"), "{{ nobody }}")
    unfit = await preview(it, draft=broken)
    it.orders.fault = PeerRefused("orders", 404, {})
    unknown = await preview(it, order_id="o-9")
    it.orders.fault = PeerDown("orders")
    silent = await preview(it, order_id="o-1")

    assert [each.status_code for each in (unfit, unknown, silent)] == [409, 404, 503]


async def test_who_wrote_it_and_when_is_kept(it: Running) -> None:
    await write(it)

    entries = (await it.ask("GET", "/templates/order_taken/timeline")).json()["entries"]

    assert [(each["what"], each["who"]) for each in entries] == [
        (["TemplateOpened", "TemplateSaved"], "vera")
    ]
