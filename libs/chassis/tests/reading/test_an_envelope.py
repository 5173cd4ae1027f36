"""Headers as they come: from us, from elsewhere, and broken."""

import contextlib
from datetime import UTC, datetime

import pytest
from chassis.envelopes import LARGEST_SEQUENCE, Envelope, Unreadable, envelope
from chassis.records import record
from chassis.testing.lamps import LampLitV1
from hypothesis import given
from hypothesis import strategies as st

GOOD = {
    "ce_specversion": b"1.0",
    "ce_id": b"0190-1",
    "ce_type": b"lamp.lit.v1",
    "ce_source": b"lamps",
    "ce_subject": b"hall",
    "ce_sequence": b"7",
}


def read(**changed: bytes | None) -> Envelope:
    return envelope([*(GOOD | changed).items()])


def test_what_we_tell_we_can_read() -> None:
    told = record(LampLitV1(lamp_id="hall"), 7, "lamps", datetime.now(UTC), "somebody", correlation="story")

    of = envelope((name, value.encode()) for name, value in told.headers)

    assert (of.id, of.type, of.thing, of.sequence) == (told.id, "lamp.lit.v1", "lamps/hall", 7)
    assert of.correlation_id == "story"


@pytest.mark.parametrize(
    ("told", "at"),
    [
        (b"2026-03-02T07:00:00.250Z", datetime(2026, 3, 2, 7, 0, 0, 250_000, tzinfo=UTC)),
        (b"2026-03-02T10:00:00+03:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        (b"2026-03-02T10:00:00", None),  # of no zone it says nothing
        (b"yesterday", None),
        (b"\xff", None),
        (None, None),
    ],
)
def test_when_it_came_about_is_read_where_it_can_be(told: bytes | None, at: datetime | None) -> None:
    assert read(ce_time=told).told_at == at
    assert read().told_at is None


@pytest.mark.parametrize("name", ["ce_id", "ce_type", "ce_source", "ce_subject", "ce_sequence"])
@pytest.mark.parametrize(
    "value", [None, b"", b"\xff\xfe", b"x" * 501], ids=["null", "empty", "no UTF-8", "endless"]
)
def test_a_broken_header_is_named_and_not_quoted(name: str, value: bytes | None) -> None:
    with pytest.raises(Unreadable, match=name):
        read(**{name: value})


@pytest.mark.parametrize("name", ["ce_id", "ce_type", "ce_source", "ce_subject", "ce_sequence"])
def test_a_header_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(Unreadable, match=f"{name} missing"):
        envelope([each for each in GOOD.items() if each[0] != name])


def test_two_ids_are_no_id() -> None:
    with pytest.raises(Unreadable, match="ce_id twice"):
        envelope([*GOOD.items(), ("ce_id", b"another")])


@pytest.mark.parametrize(
    "sequence", ["0", "-1", "+1", "1.0", " 1", "1e3", "٣", "²", "0x1", str(LARGEST_SEQUENCE + 1), "9" * 30]
)
def test_a_sequence_is_a_positive_decimal_that_a_document_can_hold(sequence: str) -> None:
    with pytest.raises(Unreadable, match="ce_sequence"):
        read(ce_sequence=sequence.encode())


@given(st.integers(min_value=1, max_value=LARGEST_SEQUENCE))
def test_every_sequence_we_could_tell_is_read(sequence: int) -> None:
    assert read(ce_sequence=str(sequence).encode()).sequence == sequence


def test_headers_of_others_may_be_anything() -> None:
    assert read(x_proxy=None, x_binary=b"\xff").id == "0190-1"


@given(st.lists(st.tuples(st.sampled_from([*GOOD, "traceparent", "other"]), st.none() | st.binary())))
def test_whatever_comes_is_read_or_unreadable(headers: list[tuple[str, bytes | None]]) -> None:
    with contextlib.suppress(Unreadable):
        assert envelope(headers).sequence > 0
