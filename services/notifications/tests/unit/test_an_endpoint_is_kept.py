"""An endpoint: who signs while secrets are replaced, and whose failures count."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from chassis.envelopes import Unreadable
from kernel.personal import Personal
from notifications.adapters.listening import told_of
from notifications.domain import endpoint as e
from notifications.domain.keeping import decide, evolve
from notifications.domain.refusals import TooManySecrets
from notifications.testing.letters import MONDAY
from notifications.testing.receivers import OLGA

HERE, THERE = Personal("https://erp.example/"), Personal("https://erp2.example/")
A_DAY = timedelta(days=1)


def opened() -> e.Endpoint:
    opening = e.Open("e-1", "main", e.Wanted(HERE, ("*",)), Personal("s-0"), OLGA, MONDAY)
    return after(None, opening)


def after(endpoint: e.Endpoint | None, *commands: e.EndpointCommand) -> e.Endpoint:
    for command in commands:
        decision = decide(command, endpoint)
        assert isinstance(decision, Sequence)
        for change in decision:
            endpoint = evolve(endpoint, change)
    assert endpoint
    return endpoint


def rotated(number: int, at: datetime, keep_old: timedelta = A_DAY) -> e.Rotate:
    return e.Rotate("e-1", Personal(f"s-{number}"), at, at + keep_old, OLGA)


def tried(at: datetime, url: Personal = HERE, *, gone: bool = False) -> e.HearOfTry:
    return e.HearOfTry("e-1", url, arrived=False, gone=gone, at=at, warn_after=A_DAY, disable_after=5 * A_DAY)


def test_a_secret_that_got_lost_on_its_way_cuts_nobody_off() -> None:
    minute = timedelta(minutes=1)

    twice = after(opened(), rotated(1, MONDAY), rotated(2, MONDAY + minute))

    assert twice.secrets(MONDAY + minute) == ("s-2", "s-1", "s-0")
    assert twice.secrets(MONDAY + A_DAY) == ("s-2", "s-1")
    assert twice.secrets(MONDAY + A_DAY + minute) == ("s-2",)


def test_secrets_that_leaked_end_at_once() -> None:
    leaked = after(opened(), rotated(1, MONDAY), rotated(2, MONDAY, timedelta()))

    assert leaked.secrets(MONDAY) == ("s-2",)
    assert len(leaked.keys) == 1


def test_there_is_an_end_to_how_many_sign() -> None:
    full = after(opened(), *(rotated(number, MONDAY) for number in range(1, 5)))

    with pytest.raises(TooManySecrets):
        decide(rotated(5, MONDAY), full)
    assert after(full, rotated(5, MONDAY + A_DAY)).secrets(MONDAY + A_DAY) == ("s-5", "s-4")


def test_what_comes_of_a_try_at_the_old_address_says_nothing_of_the_new_one() -> None:
    moved = after(opened(), e.Change("e-1", e.Wanted(THERE, ("*",)), OLGA))

    assert after(moved, tried(MONDAY, HERE, gone=True)) == moved
    assert after(moved, tried(MONDAY, THERE, gone=True)).why == "gone"


def test_a_new_address_has_not_failed_yet() -> None:
    failing = after(opened(), tried(MONDAY), tried(MONDAY + A_DAY))
    assert failing.warned

    moved = after(failing, e.Change("e-1", e.Wanted(THERE, ("*",)), OLGA))
    late = after(moved, tried(MONDAY + 6 * A_DAY, THERE))

    assert (late.state, late.failing_since) == (e.ENABLED, MONDAY + 6 * A_DAY)
    assert after(failing, e.Change("e-1", e.Wanted(HERE, ("order.*",)), OLGA)).failing_since == MONDAY


@pytest.mark.parametrize(
    "value", [b'\xef\xbb\xbf{"a": 1}', '{"a": 1}'.encode("utf-16"), b'{"a": NaN}', b"[1]", b'{"a": "\xff"}']
)
def test_what_is_no_json_for_others_is_not_sent_on(value: bytes) -> None:
    about = {"id": "f", "type": "order.created.v1", "source": "orders", "subject": "o-1", "sequence": "1"}
    headers = [(f"ce_{name}", said.encode()) for name, said in about.items()]
    headers += [("ce_specversion", b"1.0"), ("ce_time", b"2026-03-02T07:00:00Z")]
    assert told_of(headers, b'{"a": 1}').body.endswith('"data": {"a": 1}}')

    with pytest.raises(Unreadable):
        told_of(headers, value)
