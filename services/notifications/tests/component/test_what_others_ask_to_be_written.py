"""Quality's question goes out as a link, a claim's letter as claims wrote it; who is erased is forgotten."""

import httpx
import pytest
from chassis.peers import PeerDown, PeerRefused
from notifications.testing.answering import SURVEY_LINK
from notifications.testing.asking import Running
from notifications.testing.letters import EMAIL, PHONE
from notifications.testing.news import call_due, cancelled, created, erased, letter_issued


async def failures(it: Running) -> list[tuple[str, str]]:
    facts = [fact.model_dump() for fact in it.chassis.told if fact.topic == "message.failed"]
    return [(each["message_id"], each["reason"]) for each in facts]


@pytest.mark.parametrize("channel", ["survey_link", "link_first"])
async def test_the_link_comes_the_morning_after_the_delivery_by_sms_and_email(
    it: Running, channel: str
) -> None:
    for ce_id in ("f-1", "f-1", "f-2"):
        await it.tell(call_due(channel), ce_id=ce_id, source="quality")
    await it.later(hours=20)
    too_early = list(it.sms.given)

    await it.later(hours=5)

    assert too_early == []
    assert [SURVEY_LINK in each for each in it.sms.texts] == [True]
    assert SURVEY_LINK in it.mail.given[0].text.value
    assert it.told == [
        ("message.sent", "quality_survey", "sms"),
        ("message.sent", "quality_survey", "email"),
    ]


async def test_who_is_called_gets_no_link(it: Running) -> None:
    await it.tell(call_due("call"), source="quality")
    await it.later(hours=30)

    assert (it.sms.given, await it.messages()) == ([], [])


@pytest.mark.parametrize(("status", "reason"), [(409, "answered"), (404, "no_link")])
async def test_a_question_that_is_answered_or_has_no_link_is_not_sent(
    it: Running, status: int, reason: str
) -> None:
    it.quality.fault = PeerRefused("quality", status, {})
    await it.tell(call_due(), source="quality")
    await it.later(hours=26)

    assert {(each["state"], each["reason"]) for each in await it.messages()} == {("dropped", reason)}
    assert it.told == []


async def test_while_quality_is_down_the_question_waits(it: Running) -> None:
    it.quality.fault = PeerDown("quality")
    await it.tell(call_due(), source="quality")
    await it.later(hours=25)
    (waiting, *_) = await it.messages(state="waiting")
    it.quality.fault = None
    await it.later(hours=2)

    assert waiting["reason"] == "quality_down"
    assert len(it.sms.given) == 1


async def test_an_order_that_is_cancelled_or_a_test_is_not_asked_about(it: Running) -> None:
    await it.tell(cancelled(), 5)
    await it.tell(created(order_id="o-2", is_test=True))
    await it.tell(call_due(), source="quality")
    await it.tell(call_due(order_id="o-2", call_id="q-2"), source="quality")
    await it.later(hours=26)

    assert it.sms.given == []


async def test_a_letter_goes_out_as_claims_wrote_it_once_and_under_its_own_id(it: Running) -> None:
    await it.tell(cancelled(), 5)
    for ce_id in ("f-1", "f-1", "f-2"):
        await it.tell(letter_issued(), ce_id=ce_id, source="claims")
    await it.later(minutes=1)

    (letter,) = it.mail.given
    assert (letter.to.value, letter.subject.value) == (EMAIL, "Ответ на претензию k-1")
    assert letter.text.value == "Уважаемая Мария!\n\nМы вернём деньги за лампу {{ order.number }}."
    assert "<p>Уважаемая Мария!</p>" in letter.html.value
    assert it.sms.given == []
    (told,) = [fact.model_dump() for fact in it.chassis.told]
    assert (told["message_id"], told["template"], told["channel"], told["order_id"], told["cause_id"]) == (
        "k-1-1",
        "claim_letter",
        "email",
        "o-1",
        "f-1",
    )


@pytest.mark.parametrize("channel", ["post", "by_hand"])
async def test_a_letter_that_goes_otherwise_is_none_of_ours(it: Running, channel: str) -> None:
    await it.tell(letter_issued(channel), source="claims")
    await it.later(minutes=1)

    assert await it.messages() == []


async def test_a_letter_without_an_address_fails_and_names_itself(it: Running) -> None:
    it.orders.contact["email"] = None
    await it.tell(letter_issued(), source="claims")
    await it.later(minutes=1)

    assert await failures(it) == [("k-1-1", "no_address")]


async def test_a_letter_about_no_order_has_no_address(it: Running) -> None:
    await it.tell(letter_issued(order_id=None), source="claims")
    await it.later(minutes=1)

    assert await failures(it) == [("k-1-1", "no_address")]
    assert (await it.messages())[0]["order_id"] is None


async def test_what_claims_does_not_give_fails_and_what_it_can_not_give_now_waits(it: Running) -> None:
    it.claims.fault = PeerDown("claims")
    await it.tell(letter_issued(), source="claims")
    await it.later(minutes=1)
    (waiting,) = await it.messages()
    it.claims.fault = PeerRefused("claims", 404, {})
    await it.later(minutes=10)

    assert (waiting["state"], waiting["reason"]) == ("waiting", "claims_down")
    assert await failures(it) == [("k-1-1", "letter_refused")]


async def test_a_letter_whose_hour_has_passed_may_be_sent_once_more(it: Running) -> None:
    it.claims.fault = PeerDown("claims")
    await it.tell(letter_issued(), source="claims")
    await it.later(hours=73)
    it.claims.fault = None

    again = await it.ask("POST", "/messages/k-1-1:resend", key="r-1")
    await it.later(hours=12)

    assert again.status_code == httpx.codes.OK
    assert len(it.mail.given) == 1


async def test_of_who_is_erased_no_address_stays_and_nothing_more_is_written(it: Running) -> None:
    await it.tell(created())
    await it.later(minutes=1)
    await it.tell(call_due(), source="quality")

    for _ in range(2):
        await it.tell(erased(), source="crm")
    await it.later(hours=26)

    messages = await it.messages()
    assert {each["address"] for each in messages} == {None}
    assert sorted(each["state"] for each in messages) == ["dropped", "dropped", "sent", "sent"]
    assert {each["reason"] for each in messages if each["state"] == "dropped"} == {"customer_erased"}
    assert PHONE[-4:] not in str(messages)
    assert len(it.sms.given) == 1


async def test_others_are_not_forgotten_with_her(it: Running) -> None:
    await it.tell(created())
    await it.later(minutes=1)

    await it.tell(erased("c-olga"), source="crm")

    assert all(each["address"] for each in await it.messages())
