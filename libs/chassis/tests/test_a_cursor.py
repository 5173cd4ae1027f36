"""A cursor is opaque, and one that a caller made up is malformed, whatever it holds: never a defect."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from chassis.listing import BadCursor, cursor, read_cursor

MADE_UP = [
    "no JSON",
    "[" * 5_000,
    '["is", 1e999, "key"]',
    f'["is", {10**40}, "key"]',
    '["is", "\\ud800", "key"]',
    '["is", 1, "\\ud800"]',
    '["at", "0001-01-01T00:00+23:00", "key"]',
    '["at", 5, "key"]',
    '["is", {"$gt": ""}, "key"]',
    '["is", 1, {"$gt": ""}]',
]


@pytest.mark.parametrize("value", [None, "7KQ29", 12, True, datetime(2026, 3, 2, 7, tzinfo=UTC)])
def test_where_a_page_ended_comes_back_as_it_was(value: object) -> None:
    assert read_cursor(cursor(value, "key")) == (value, "key")


@pytest.mark.parametrize("text", MADE_UP)
def test_one_made_up_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(urlsafe_b64encode(text.encode()).decode())
