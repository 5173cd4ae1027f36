"""Commands that ask the services, against a small server that answers as they do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from opblok.cli import app
from opblok.commands.order import because
from opblok.stack.keeping import Keeping
from typer.testing import CliRunner, Result

from .answering import Answers, Asked, serving

PLACED = {
    "number": 1,
    "at": "2026-03-02T07:00:00Z",
    "what": ["Placed"],
    "who": "site",
    "why": "k",
    "told": ["f1"],
}
CANCELLED = {**PLACED, "number": 2, "at": "2026-03-02T09:00:00Z", "what": ["Cancelled"], "who": "sveta"}
ALLOCATED = {**PLACED, "at": "2026-03-02T08:00:00Z", "what": ["Allocated"], "who": "service:procurement"}
FAILED = {**PLACED, "at": "2026-03-02T08:10:00Z", "what": ["Failed"], "who": "gleb"}
OPENED = {**PLACED, "at": "2026-03-02T08:11:00Z", "what": ["IncidentOpened"], "who": "service:logistics"}
DONE = {
    "import_id": "i1",
    "stage": "done",
    "good": 2,
    "bad": 1,
    "reason": "",
    "bad_rows": [{"row": 3, "why": "no price"}],
}
ANSWERS: Answers = {
    ("POST", "/oauth/token"): (200, {"access_token": "a-token", "token_type": "Bearer"}),
    ("GET", "/orders/o-1/timeline"): (200, {"id": "o-1", "entries": [PLACED, CANCELLED]}),
    ("GET", "/allocations/o-1/timeline"): (200, {"id": "o-1", "entries": [ALLOCATED]}),
    ("GET", "/shipments/o-1.1/timeline"): (200, {"id": "o-1", "entries": [FAILED]}),
    ("GET", "/incidents?linked=o-1"): (200, {"items": [{"incident_id": "n-1"}], "next": None}),
    ("GET", "/incidents/n-1/timeline"): (200, {"id": "n-1", "entries": [OPENED]}),
    ("GET", "/calls?order_id=o-1"): (200, {"items": [], "next": None}),
    ("GET", "/orders/o-2/timeline"): (200, {"id": "o-2", "entries": [PLACED]}),
    ("GET", "/orders/o-3/timeline"): (
        403,
        {"title": "not-allowed", "detail": "Sites may not look.", "rule": "R9"},
    ),
    ("POST", "/suppliers/slow/feeds"): (202, {"import_id": "i1"}),
    ("GET", "/imports/i1"): (200, DONE),
}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    """What the services were asked: method, path, authorization, body."""
    heard: list[Asked] = []
    monkeypatch.setenv("OPBLOK_HOME", str(tmp_path))
    monkeypatch.delenv("OPBLOK_TOKEN", raising=False)
    Keeping(tmp_path / "secrets").people()
    with serving(ANSWERS, heard) as url:
        for service in ("CRM", "PROCUREMENT", "ORDERS", "LOGISTICS", "QUALITY", "CLAIMS"):
            monkeypatch.setenv(f"OPBLOK_{service}_URL", url)
        yield heard


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.mark.usefixtures("asked")
def test_a_timeline_is_one_story_of_all_services() -> None:
    story = json.loads(typed("order", "timeline", "o-1", "--json").stdout)

    assert [(each["service"], each["what"]) for each in story] == [
        ("orders", ["Placed"]),
        ("procurement", ["Allocated"]),
        ("logistics", ["Failed"]),
        ("logistics", ["IncidentOpened"]),
        ("orders", ["Cancelled"]),
    ]


@pytest.mark.usefixtures("asked")
def test_a_service_that_never_heard_of_an_order_adds_nothing() -> None:
    answer = typed("order", "timeline", "o-2")

    assert answer.exit_code == 0
    assert "Placed" in answer.output


def test_a_cause_is_told_in_a_word_or_two() -> None:
    assert because("deadline/orders/o-1/first_contact/2026-03-02T09:00:00+00:00") == "deadline first_contact"
    assert because("key:site:k1") == "command"
    assert because("01a20f9a-f3a3-7314-b02b-b36a560195c1/sought-0") == "fact 01a20f9a-f3a3"


@pytest.mark.usefixtures("asked")
def test_a_refusal_is_told_with_its_rule() -> None:
    answer = typed("order", "timeline", "o-3")

    assert answer.exit_code == 2
    assert "403 Sites may not look. (rule R9)" in answer.output


@pytest.mark.usefixtures("asked")
def test_an_unknown_order_is_named() -> None:
    assert "orders knows no order o-9" in typed("order", "timeline", "o-9").output


def test_the_owners_token_is_asked_for_with_the_kept_password(asked: list[Asked], tmp_path: Path) -> None:
    assert typed("token").stdout == "a-token\n"

    _, path, _, form = asked[0]
    password = Keeping(tmp_path / "secrets").people()["owner"]["password"]
    assert path == "/oauth/token"
    assert form.decode() == f"grant_type=password&username=owner&password={password}"


@pytest.mark.usefixtures("asked")
def test_a_stranger_has_no_token_and_is_told_who_has() -> None:
    answer = typed("token", "--as", "ivan")

    assert answer.exit_code == 1
    assert (
        "known are: owner, sveta, misha, raisa, lena, stepan, vera, kira, kostya, gleb, oleg" in answer.output
    )


def test_a_feed_is_given_watched_and_reported(asked: list[Asked], tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<yml_catalog/>")

    answer = typed("feed", "import", "slow", str(feed))

    assert answer.exit_code == 0
    assert "Import i1 is done: 2 good, 1 bad" in answer.output
    assert "no price" in answer.output
    given = next(body for _, path, _, body in asked if path == "/suppliers/slow/feeds")
    assert b"<yml_catalog/>" in given
    assert {token for _, path, token, _ in asked if path != "/oauth/token"} == {"Bearer a-token"}


def test_a_silent_service_is_named_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_TOKEN", "any")
    monkeypatch.setenv("OPBLOK_ORDERS_URL", "http://127.0.0.1:9")

    answer = typed("order", "timeline", "o-1")

    assert answer.exit_code == 1
    assert "orders does not answer at http://127.0.0.1:9" in answer.output
    assert "`opblok ps`" in answer.output
