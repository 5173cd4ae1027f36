"""The fake portal says what the reference says Bitrix24 says (shared/reference/bitrix24-voximplant.md, parts A1-A6)."""

from typing import Any

import pytest

from tests.fakes.bitrix24.brackets import read, write
from tests.fakes.bitrix24.envelopes import Fault
from tests.fakes.bitrix24.methods import call
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.subscriptions import form
from tests.fakes.bitrix24.tokens import HOUR, Caller

APP, HOOK = Caller(1, application=True), Caller(1, application=False)
RINGS: dict[str, Any] = {
    "USER_ID": 9,
    "PHONE_NUMBER": "+79161112233",
    "TYPE": 2,
    "EXTERNAL_CALL_ID": "rt-1",
    "SHOW": 0,
}


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def portal(watch: Watch) -> Portal:
    return peopled(120, clock=watch)


def ask(portal: Portal, method: str, caller: Caller = APP, **asked: Any) -> Any:
    return call(portal, method, asked, caller).result


def fault(portal: Portal, method: str, caller: Caller = APP, **asked: Any) -> tuple[int, str, str]:
    with pytest.raises(Fault) as wrong:
        call(portal, method, asked, caller)
    return wrong.value.status, wrong.value.error, wrong.value.text


def test_old_methods_answer_in_strings_and_items_in_numbers(portal: Portal) -> None:
    old = ask(portal, "crm.contact.get", id=3)
    item = ask(portal, "crm.item.get", entityTypeId=3, id=3)["item"]

    assert (old["ID"], old["ASSIGNED_BY_ID"]) == ("3", "9")
    assert (item["id"], item["assignedById"], item["fm"][0]["typeId"]) == (3, 9, "PHONE")
    assert ask(portal, "user.get", FILTER={"ID": 17})[0]["TIMESTAMP_X"] == {}


def test_lists_come_in_pages_of_fifty(portal: Portal) -> None:
    first = call(portal, "crm.contact.list", {}, HOOK)
    last = call(portal, "crm.contact.list", {"start": 100}, HOOK)
    uncounted = call(
        portal, "crm.contact.list", {"start": -1, "filter": {">ID": 100}, "order": {"ID": "ASC"}}, HOOK
    )

    assert (len(first.result), first.total, first.next) == (50, 120, 50)
    assert (len(last.result), last.next) == (20, None)
    assert (uncounted.result[0]["ID"], uncounted.total, uncounted.next) == ("101", 0, None)


def test_phones_are_found_as_typed_and_no_otherwise(portal: Portal) -> None:
    portal.add("CONTACT", {"NAME": "Pelageya", "PHONE": ["8 916 777-00-01"], "ASSIGNED_BY_ID": 9})

    assert ask(portal, "crm.duplicate.findbycomm", type="PHONE", values=["+79167770001"]) == []
    found = ask(portal, "crm.duplicate.findbycomm", type="PHONE", values=["+79167770001", "8 916 777-00-01"])
    assert found == {"CONTACT": [121]}
    assert fault(portal, "crm.duplicate.findbycomm", values=[]) == (
        400,
        "",
        "Communication type is not defined.",
    )


def test_an_update_without_a_change_is_no_event(portal: Portal) -> None:
    portal.outgoing.append("http://here")
    ask(portal, "crm.item.update", entityTypeId=3, id=3, fields={"assignedById": 9, "misspelt": 1})
    ask(portal, "crm.item.update", entityTypeId=3, id=3, fields={"assignedById": 17})

    assert [(each.event, each.data) for each in portal.events] == [
        ("ONCRMCONTACTUPDATE", {"FIELDS": {"ID": "3"}})
    ]


def test_a_bucket_of_fifty_leaks_two_a_second(portal: Portal, watch: Watch) -> None:
    for _ in range(50):
        portal.bucket.take(watch())
    with pytest.raises(Fault, match="Too many requests"):
        portal.bucket.take(watch())

    watch.now += 1
    portal.bucket.take(watch())
    portal.bucket.take(watch())
    with pytest.raises(Fault):
        portal.bucket.take(watch())


def test_a_method_that_ran_too_long_waits_ten_minutes(portal: Portal, watch: Watch) -> None:
    portal.operating.add("crm.contact.list", watch(), 481.0)

    assert fault(portal, "crm.contact.list")[:2] == (429, "OPERATION_TIME_LIMIT")
    assert ask(portal, "crm.contact.get", id=3)["ID"] == "3"
    watch.now += 10 * 60
    assert len(ask(portal, "crm.contact.list")) == 50


def test_a_refresh_token_works_once(portal: Portal, watch: Watch) -> None:
    tokens = portal.tokens
    first = tokens.issue()
    asked = {
        "grant_type": "refresh_token",
        "client_id": tokens.client_id,
        "client_secret": tokens.client_secret,
    }
    second = tokens.exchange({**asked, "refresh_token": first["refresh_token"]})

    with pytest.raises(Fault, match="Invalid grant"):
        tokens.exchange({**asked, "refresh_token": first["refresh_token"]})
    watch.now += HOUR
    with pytest.raises(Fault) as old:
        tokens.of_token(second["access_token"])
    assert (old.value.status, old.value.error) == (401, "expired_token")


def test_a_batch_is_two_hundred_whatever_fails(portal: Portal) -> None:
    cmd = {
        "c": "crm.item.get?entityTypeId=3&id=5",
        "u": "user.get?ID=$result[c][item][assignedById]",
        "x": "no.such",
    }
    whole = ask(portal, "batch", cmd=cmd)

    assert whole["result"]["u"][0]["ID"] == "9"
    assert whole["result_error"]["x"]["error"] == "ERROR_METHOD_NOT_FOUND"
    assert ask(portal, "batch", cmd=cmd | {"x": "user.current"})["result_error"] == []
    assert fault(portal, "batch", cmd=["user.current"] * 51)[1] == "ERROR_BATCH_LENGTH_EXCEEDED"


def test_a_call_is_registered_once_in_thirty_minutes(portal: Portal, watch: Watch) -> None:
    first = ask(portal, "telephony.externalCall.register", **RINGS)
    other: dict[str, Any] = {**RINGS, "EXTERNAL_CALL_ID": "rt-2"}

    assert ask(portal, "telephony.externalcall.register", **RINGS, CRM_CREATE=1) == first
    assert ask(portal, "telephony.externalcall.register", **other) != first
    watch.now += 31 * 60
    assert ask(portal, "telephony.externalcall.register", **RINGS) != first
    assert fault(portal, "telephony.externalcall.register", HOOK, **RINGS)[:2] == (403, "WRONG_AUTH_TYPE")


def test_a_call_ends_once_and_then_has_its_record(portal: Portal) -> None:
    call_id = ask(portal, "telephony.externalcall.register", **RINGS)["CALL_ID"]
    record: dict[str, Any] = {"CALL_ID": call_id, "FILENAME": "talk.mp3", "FILE_CONTENT": "aGVsbG8="}
    assert ask(portal, "telephony.externalcall.show", CALL_ID=call_id, USER_ID=[9, 17]) is True
    assert fault(portal, "telephony.externalcall.attachrecord", **record)[1] == "ERROR_CORE"

    ended = ask(portal, "telephony.externalcall.finish", CALL_ID=call_id, USER_ID=17, DURATION=95)

    assert (ended["CALL_FAILED_CODE"], ended["CALL_START_DATE"], ended["EXTERNAL_CALL_ID"]) == (
        "200",
        {},
        "rt-1",
    )
    assert "not found" in fault(portal, "telephony.externalcall.finish", CALL_ID=call_id, USER_ID=17)[2]
    assert ask(portal, "telephony.externalcall.hide", CALL_ID=call_id) is False
    assert ask(portal, "telephony.externalcall.attachrecord", **record) == {"FILE_ID": 9079}


def test_events_stand_on_the_wire_in_brackets_and_webhooks_get_no_tokens(portal: Portal) -> None:
    portal.outgoing.append("http://by-hand")
    ask(portal, "event.bind", event="onCrmContactUpdate", handler="http://bound")
    portal.change("CONTACT", 3, {"NAME": "Olga"})
    by_hand, bound = (dict(form(portal, told)) for told in portal.events)

    assert (by_hand["event"], by_hand["data[FIELDS][ID]"]) == ("ONCRMCONTACTUPDATE", "3")
    assert "auth[access_token]" not in by_hand
    assert bound["auth[access_token]"]
    assert bound["auth[application_token]"] == portal.application_token


def test_brackets_are_read_as_they_are_written() -> None:
    nested: dict[str, Any] = {"fields": {"PHONE": [{"VALUE": "1"}, {"VALUE": "2"}], "NAME": "A"}, "none": []}

    assert read(write(nested)) == {"fields": nested["fields"]}
