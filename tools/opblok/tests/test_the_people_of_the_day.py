"""Who plays the demo asks in his own name, insists on answers, and says why the day ended early."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from opblok.stack.keeping import Keeping
from opblok.working_day.people import Person, until

from .answering import Answers, Asked, serving

ANSWERS: Answers = {
    ("POST", "/oauth/token"): (200, {"access_token": "a-token"}),
    ("POST", "/orders"): (201, {"order_id": "o-1"}),
    ("POST", "/orders/o-1/cancellation"): (403, {"detail": "A buyer sells nothing.", "rule": "R27"}),
}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    heard: list[Asked] = []
    monkeypatch.setenv("OPBLOK_HOME", str(tmp_path))
    Keeping(tmp_path / "secrets").people()
    with serving(ANSWERS, heard) as url:
        for service in ("CRM", "ORDERS"):
            monkeypatch.setenv(f"OPBLOK_{service}_URL", url)
        yield heard


def test_a_person_signs_in_once_and_asks_in_his_own_name(asked: list[Asked]) -> None:
    sveta = Person("sveta")

    for _ in range(2):
        assert sveta.post("orders", "/orders", {"lines": []}) == {"order_id": "o-1"}

    signed_in = [body for _, path, _, body in asked if path == "/oauth/token"]
    placed = [(token, json.loads(body)) for _, path, token, body in asked if path == "/orders"]
    assert len(signed_in) == 1
    assert b"username=sveta" in signed_in[0]
    assert placed == [("Bearer a-token", {"lines": []})] * 2


def test_the_site_signs_in_as_a_program(asked: list[Asked]) -> None:
    Person("site", is_program=True).token()

    assert b"grant_type=client_credentials&client_id=site" in asked[0][3]


@pytest.mark.usefixtures("asked")
def test_a_refusal_that_is_expected_is_told_in_words() -> None:
    words = Person("raisa").refused("orders", "/orders/o-1/cancellation", {})

    assert words == "403 A buyer sells nothing. (rule R27)"


@pytest.mark.usefixtures("asked")
def test_a_command_that_should_have_been_refused_ends_the_morning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        Person("raisa").refused("orders", "/orders", {})

    assert "orders should have refused raisa, and did not." in capsys.readouterr().err


@pytest.mark.usefixtures("asked")
def test_a_refusal_that_is_not_expected_ends_the_morning(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        Person("sveta").post("orders", "/orders/o-1/cancellation", {})

    assert "sveta was refused POST /orders/o-1/cancellation" in capsys.readouterr().err


def test_what_does_not_come_ends_the_morning_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        until("the courier", lambda: None, within=0.05)

    said = capsys.readouterr().err
    assert "in vain for: the courier" in said
    assert "`opblok dead-letters list`" in said
