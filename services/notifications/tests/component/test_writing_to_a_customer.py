"""What a customer reads when something happens to her order, and that she reads it once."""

from itertools import permutations

import pytest
from chassis.peers import PeerDown, PeerRefused
from contracts.fact import Fact
from notifications.application.outgoing import NotNow, Refused, Taken
from notifications.testing.answering import LINK, OFFER
from notifications.testing.asking import Running, running
from notifications.testing.letters import EMAIL, NAME, PHONE
from notifications.testing.news import cancelled, confirmed, created, offered, promise, refund_due, refunded


async def test_on_a_new_order_she_gets_an_sms_and_then_an_email_of_the_same_content(it: Running) -> None:
    await it.tell(created())
    await it.later(minutes=1)

    assert [each.phone.e164 for each in it.sms.given] == [PHONE]
    assert it.sms.texts[0].startswith("Наш магазин: заказ 1042 принят, сумма 12 960 ₽.")
    (letter,) = it.mail.given
    assert letter.to.value == EMAIL
    assert "заказ 1042" in letter.text.value
    assert "Лампа <латунная>" in letter.text.value
    assert "Лампа &lt;латунная&gt;" in letter.html.value
    assert it.told == [
        ("message.sent", "order_taken", "sms"),
        ("message.sent", "order_taken", "email"),
    ]


async def test_told_twice_and_under_another_id_she_reads_it_once(it: Running) -> None:
    for ce_id in ("f-1", "f-1", "f-2"):
        await it.tell(created(), ce_id=ce_id)
        await it.later(minutes=1)

    assert (len(it.sms.given), len(it.mail.given)) == (1, 1)


async def test_who_wants_no_calls_is_written_to_all_the_same(it: Running) -> None:
    await it.tell(created(contact_preference="no_calls"))
    await it.later(minutes=1)

    assert len(it.sms.given) == 1


async def test_without_an_email_she_gets_the_sms_only_and_nobody_is_alarmed(it: Running) -> None:
    it.orders.contact["email"] = None

    await it.tell(created())
    await it.later(minutes=1)

    assert await it.states() == {("order_taken", "sms"): "sent", ("order_taken", "email"): "dropped"}
    assert [each[0] for each in it.told] == ["message.sent"]


async def test_a_test_order_gets_nothing(it: Running) -> None:
    for number, fact in enumerate((created(is_test=True), confirmed(is_test=True), refund_due(is_test=True))):
        await it.tell(fact, number + 1)
    await it.later(minutes=1)

    assert (it.sms.given, it.mail.given, await it.messages(), it.peer.asked) == ([], [], [], [])


async def test_she_reads_in_her_language(it: Running) -> None:
    it.orders.contact["language"] = "en"

    await it.tell(created())
    await it.later(minutes=1)

    assert "we have your order 1042, RUB 12,960 in all" in it.sms.texts[0]
    assert it.mail.given[0].subject.value == "We have your order 1042"
    assert it.chassis.told[0].model_dump()["language"] == "en"


async def test_the_apology_carries_the_offer_and_its_link(it: Running) -> None:
    it.orders.contact["offer"] = OFFER

    await it.tell(offered())
    await it.later(minutes=1)

    assert "простите" in it.sms.texts[0]
    assert it.sms.texts[0].endswith(LINK)
    assert "Вместо «Лампа латунная» — «Лампа медная», 5\xa0900\xa0₽" in it.mail.given[0].text.value
    assert f'<a href="{LINK}">' in it.mail.given[0].html.value


@pytest.mark.parametrize(
    ("language", "sms", "mail"),
    [("ru", "свяжемся с вами", "узнать ваш ответ"), ("en", "get in touch", "hear your answer")],
)
async def test_without_a_link_the_apology_goes_all_the_same_and_leaves_its_sentence_out(
    it: Running, language: str, sms: str, mail: str
) -> None:
    it.orders.contact |= {"offer": {**OFFER, "link": None}, "language": language}

    await it.tell(offered())
    await it.later(minutes=1)

    assert sms in it.sms.texts[0]
    assert mail in it.mail.given[0].text.value
    for words in (it.sms.texts[0], it.mail.given[0].text.value, it.mail.given[0].html.value):
        assert not any(each in words for each in ("http", "None", "{{"))


async def test_an_offer_for_an_order_that_is_cancelled_is_not_sent_in_whatever_order_it_is_heard() -> None:
    news: dict[int, Fact] = {1: created(), 2: offered(), 3: cancelled()}
    for way in permutations(news):
        async with running() as it:
            it.orders.contact["offer"] = OFFER
            for sequence in way:
                await it.tell(news[sequence], sequence)
            await it.later(minutes=2)

            assert not [text for text in it.sms.texts if "простите" in text], way


async def test_an_offer_that_was_answered_meanwhile_is_not_sent(it: Running) -> None:
    await it.tell(offered())  # orders answers without an offer
    await it.later(minutes=1)

    assert set((await it.states()).values()) == {"dropped"}
    assert it.told == []


async def test_the_newest_of_two_offers_is_sent(it: Running) -> None:
    it.orders.contact["offer"] = OFFER
    await it.tell(offered("copper-lamp"), 2)
    await it.tell(offered("tin-lamp"), 3)
    await it.tell(offered("copper-lamp"), 2)
    await it.later(minutes=1)

    assert (len(it.sms.given), len(it.mail.given)) == (1, 1)


async def test_the_delivery_is_told_in_plain_words_any_moment_of_the_window_may_be_meant(it: Running) -> None:
    await it.tell(confirmed())
    await it.later(minutes=1)

    assert it.sms.texts == ["Наш магазин: заказ 1042 привезём 4 марта, в любой момент с 09:00 до 15:00."]
    assert "и в начале, и в самом конце" in it.mail.given[0].text.value
    assert it.mail.given[0].subject.value == "Заказ 1042: доставка 4 марта"


async def test_a_pickup_point_is_told_in_the_words_of_logistics(it: Running) -> None:
    point = promise(kind="point", point_id="p-1")
    it.orders.contact["promise"] = {"words": {"ru": "Пункт на Садовой, 1", "en": "1 Sadovaya"}}

    await it.tell(confirmed(point))
    await it.later(minutes=1)

    assert "можно забрать" in it.sms.texts[0]
    assert "Пункт на Садовой, 1" in it.sms.texts[0]


async def test_money_that_is_due_and_money_that_went_are_told_of_though_the_order_is_cancelled(
    it: Running,
) -> None:
    await it.tell(cancelled(), 5)
    await it.tell(refund_due(), 6)
    await it.later(minutes=1)
    await it.tell(refunded(), 7)
    await it.later(minutes=1)

    due, went = it.sms.texts
    assert "вернём вам 12 960 ₽ за заказ 1042 не позднее 12 марта" in due
    assert "мы вернули вам 12 960 ₽" in went


async def test_who_has_the_money_is_not_told_that_it_is_due(it: Running) -> None:
    await it.tell(refunded(), 7)
    await it.tell(refund_due(), 6)
    await it.later(minutes=1)

    assert len(it.sms.texts) == 1


async def test_while_orders_is_down_it_is_tried_again_with_growing_pauses(it: Running) -> None:
    it.orders.fault = PeerDown("orders does not answer")
    await it.tell(created())
    await it.later(minutes=10)
    (waiting, _) = sorted(await it.messages(), key=lambda each: each["channel"], reverse=True)
    asked = len(it.peer.asked)

    it.orders.fault = None
    await it.later(minutes=20)

    assert (waiting["state"], waiting["reason"]) == ("waiting", "orders_down")
    assert 5 <= waiting["tries"] <= 6
    assert asked <= 14
    assert len(it.sms.given) == 1


async def test_what_orders_refuses_fails_with_a_reason_and_a_person_is_told(it: Running) -> None:
    for status, reason in ((404, "order_unknown"), (409, "order_refused")):
        async with running() as again:
            again.orders.fault = PeerRefused("orders", status, {})
            await again.tell(created())
            await again.later(minutes=1)

            failed = [fact.model_dump() for fact in again.chassis.told]
            assert [each["reason"] for each in failed] == [reason, reason]
    assert it.told == []


async def test_a_gateway_that_is_down_is_tried_again_with_the_same_key(it: Running) -> None:
    it.sms.answers = [NotNow("gateway_down"), NotNow("gateway_silent", perhaps_taken=True), Taken("g-1")]

    await it.tell(created())
    await it.later(minutes=5)

    assert len({each.key for each in it.sms.given}) == 1
    assert [each.again for each in it.sms.given] == [False, False, True]
    assert (await it.states())["order_taken", "sms"] == "sent"


async def test_the_email_does_not_wait_for_an_sms_that_does_not_get_out(it: Running) -> None:
    it.sms.answers = [NotNow("gateway_down")]

    await it.tell(created())
    await it.later(minutes=5)

    assert len(it.mail.given) == 1


async def test_a_gateway_that_is_down_to_the_end_fails_the_message(it: Running) -> None:
    it.sms.answers = [NotNow("gateway_down")]
    await it.tell(created())

    await it.later(hours=25)

    failed = it.chassis.told[-1].model_dump()
    assert (failed["reason"], failed["channel"]) == ("gateway_down", "sms")
    assert failed["attempts"] > 10


async def test_a_refused_message_fails_at_once(it: Running) -> None:
    it.sms.answers = [Refused("undeliverable")]

    await it.tell(created())
    await it.later(minutes=1)

    assert ("message.failed", "order_taken", "sms") in it.told
    assert len(it.sms.given) == 1


async def test_no_fact_and_no_list_holds_a_word_of_it_or_whom_it_went_to(
    it: Running,
) -> None:
    it.orders.contact["offer"] = OFFER
    await it.tell(created())
    await it.tell(offered(), 2)
    await it.later(minutes=1)

    written = "".join([each.value.decode() for each in it.chassis.records] + [str(await it.messages())])
    for secret in (NAME, "Мария", PHONE, EMAIL, LINK, "Лампа"):
        assert secret not in written
