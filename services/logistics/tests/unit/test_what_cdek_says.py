"""CDEK's words in ours: every status and reason of market-facts.md 5, whatever the order, the spelling and the nonsense."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel.money import Money
from logistics.adapters.cdek_codes import REASONS, STAGES
from logistics.adapters.cdek_connection import word
from logistics.adapters.cdek_story import PARTIAL_UNCOUNTED, UNREADABLE, last_code, story_of
from logistics.domain.shipment_stage import ShipmentStage as S

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)

REAL = {
    S.REGISTERED: "CREATED ACCEPTED",
    S.PICKED_UP: "RECEIVED_AT_SHIPMENT_WAREHOUSE",
    S.IN_TRANSIT: """
        READY_TO_SHIP_AT_SENDING_OFFICE PASSED_TO_CARRIER_AT_SENDING_OFFICE SEND_TO_TRANSIT_OFFICE MET_AT_TRANSIT_OFFICE
        ACCEPTED_TO_OFFICE_TRANSIT_WAREHOUSE READY_TO_SHIP_IN_TRANSIT_OFFICE PASSED_TO_CARRIER_AT_TRANSIT_OFFICE
        SEND_TO_SENDING_OFFICE SEND_TO_RECIPIENT_OFFICE MET_AT_SENDING_OFFICE MET_AT_RECIPIENT_OFFICE
        ENTERED_TO_OFFICE_TRANSIT_WAREHOUSE ENTERED_TO_DELIVERY_WAREHOUSE ENTERED_TO_WAREHOUSE_ON_DEMAND
        SENT_TO_TRANSIT_CIT SENT_TO_RECIPIENT_CITY ACCEPTED_IN_TRANSIT_CIT ACCEPTED_IN_RECIPIENT_CITY
        ACCEPTED_AT_TRANSIT_WAREHOUS TAKEN_BY_TRANSPORTER_FROM_SENDER_CIT TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY
        IN_CUSTOMS_INTERNATIONAL IN_CUSTOMS_LOCAL CUSTOMS_COMPLETE SHIPPED_TO_DESTINATION PASSED_TO_TRANSIT_CARRIER
        READY_FOR_SHIPMENT_IN_SENDER_CITY RETURNED_TO_SENDER_WAREHOUSE RETURNED_TO_TRANSIT_WAREHOUSE""",
    S.AT_DELIVERY_HUB: "ACCEPTED_AT_DELIVERY_WAREHOUSE",
    S.READY_FOR_PICKUP: "ACCEPTED_AT_WAREHOUSE_ON_DEMAND ACCEPTED_AT_PICK_UP_POINT POSTOMAT_POSTED",
    S.OUT_FOR_DELIVERY: "ISSUED_FOR_DELIVERY TAKEN_BY_COURIER",
    S.ATTEMPT_FAILED: "RETURNED_TO_DELIVERY_WAREHOUSE RETURNED_TO_RECIPIENT_CITY_WAREHOUSE POSTOMAT_SEIZED",
    S.DELIVERED: "DELIVERED POSTOMAT_RECEIVED",
    S.FAILED: "NOT_DELIVERED",
    S.CANCELLED: "REMOVED",
}
"""The table of market-facts.md, written anew and not taken from the adapter."""
TABLE = [(code, stage) for stage, codes in REAL.items() for code in codes.split()]


def status(code: Any, minute: int = 0, **more: Any) -> dict[str, Any]:
    at = (NOON + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S%z")
    return {"code": code, "date_time": at, **more}


def answer(*statuses: dict[str, Any], number: str = "1100000007", **entity: Any) -> dict[str, Any]:
    return {"entity": {"uuid": "u-1", "cdek_number": number, "statuses": list(statuses), **entity}}


def stages(*statuses: dict[str, Any], recalled_at: datetime | None = None) -> list[S]:
    return [each.stage for each in story_of(answer(*statuses), None, recalled_at).reports]


@pytest.mark.parametrize(("code", "stage"), TABLE)
def test_each_real_status_is_known(code: str, stage: S) -> None:
    story = story_of(answer(status(code)), None, None)
    (report,) = story.reports
    assert (report.stage, report.code, report.at, story.unknown) == (stage, code, NOON, ())
    assert report.key == f"1100000007:{code}:{NOON.isoformat()}"


@pytest.mark.parametrize("reason", [*map(str, range(1, 28)), "31", "32", "33"])
def test_each_real_reason_says_why_and_whose_doing(reason: str) -> None:
    (report,) = story_of(answer(status("NOT_DELIVERED", reason_code=reason)), None, None).reports
    assert (report.reason, report.source) == (REASONS[reason].reason, REASONS[reason].source.value)


def test_without_a_reason_it_is_the_carriers_until_somebody_knows_better() -> None:
    failed, seized = (
        story_of(answer(status(code)), None, None).reports[0] for code in ("NOT_DELIVERED", "POSTOMAT_SEIZED")
    )
    assert (failed.reason, failed.source) == ("other", "courier_service")
    assert (seized.reason, seized.source) == ("no_pickup", "customer")


def test_a_status_that_nobody_knows_is_on_the_way_and_written_down() -> None:
    story = story_of(answer(status("BEAMED_UP", 5), status("CREATED")), None, None)
    assert [(each.stage, each.code) for each in story.reports] == [
        (S.IN_TRANSIT, "BEAMED_UP"),
        (S.REGISTERED, "CREATED"),
    ]
    assert story.unknown == ("BEAMED_UP",)


def test_what_is_delivered_stays_so_whatever_unknown_follows() -> None:
    story = story_of(
        answer(status("BEAMED_UP", 9), status("DELIVERED", 5), status("BEAMED_UP", 1)), None, None
    )
    assert [each.stage for each in story.reports] == [S.DELIVERED, S.IN_TRANSIT]
    assert story.unknown == ("BEAMED_UP",)


def test_a_status_he_took_back_is_named_as_such() -> None:
    story = story_of(answer(status("DELIVERED", 5, deleted=True), status("CREATED")), None, None)
    assert [each.stage for each in story.reports] == [S.REGISTERED]
    assert story.deleted == (f"1100000007:DELIVERED:{(NOON + timedelta(minutes=5)).isoformat()}",)


def test_the_newest_status_is_so_by_its_moment_and_not_by_its_place() -> None:
    there = [
        status("CREATED", 1),
        status("DELIVERED", 9),
        status("NOT_DELIVERED", 10, deleted=True),
        status("ACCEPTED", 1),
    ]
    assert [last_code(answer(*each)) for each in (there, there[::-1], there[:1], [])] == [
        "DELIVERED",
        "DELIVERED",
        "CREATED",
        "",
    ]


def test_times_of_any_offset_are_the_same_moment() -> None:
    there = {"code": "CREATED", "date_time": "2026-03-02T16:00:00+0700"}
    assert (
        story_of(answer(there), None, None).reports == story_of(answer(status("CREATED")), None, None).reports
    )


def test_delivered_in_part_says_by_line_what_was_kept_and_paid() -> None:
    items = [
        {"ware_key": "1-brass-lamp", "delivery_amount": 1},
        {"ware_key": "2-shade", "delivery_amount": 0},
    ]
    partial = status("DELIVERED", reason_code="20")
    told = answer(partial, packages=[{"items": items}], delivery_detail={"payment_sum": 386.1})
    (report,) = story_of(told, None, None).reports
    assert (report.kept, report.collected) == (((1, 1),), Money(38610))

    silent = story_of(answer(partial), None, None)
    assert (silent.reports[0].kept, silent.unknown) == (None, (PARTIAL_UNCOUNTED,))
    assert silent.uncounted == silent.reports[0]
    assert story_of(told, None, None).uncounted is None


def test_what_we_called_back_is_on_its_way_to_us_and_no_failure() -> None:
    refused = status("NOT_DELIVERED", 5, reason_code="11")
    assert stages(refused, recalled_at=NOON) == [S.RETURNING]
    assert stages(refused, recalled_at=NOON + timedelta(hours=1)) == [S.FAILED]
    assert stages(refused) == [S.FAILED]


def test_what_travels_back_is_returned_when_it_is_here() -> None:
    told = answer(status("NOT_DELIVERED", 5, reason_code="2"))
    on_its_way = answer(status("CREATED", 6), status("SEND_TO_SENDING_OFFICE", 7), number="2")
    here = answer(status("DELIVERED", 9), status("CREATED", 6), number="2")
    assert [each.stage for each in story_of(told, on_its_way, None).reports] == [S.FAILED]
    assert [each.stage for each in story_of(told, here, None).reports] == [S.FAILED, S.RETURNED]


def test_what_went_back_a_step_is_held_as_long_as_it_lies_there() -> None:
    back = status("RETURNED_TO_SENDER_WAREHOUSE", 5)
    assert story_of(answer(back, status("CREATED")), None, None).held
    assert story_of(answer(status("DELIVERED", 9), back), None, None).held is None


def test_spellings_of_the_published_lists_and_whole_ones_are_the_same() -> None:
    for cut, whole in (
        ("SENT_TO_TRANSIT_CIT", "SENT_TO_TRANSIT_CITY"),
        ("ACCEPTED_AT_TRANSIT_WAREHOUS",) * 2,
    ):
        assert STAGES[cut] is STAGES[whole]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["entity", "statuses", "code", "date_time", "packages", "items", "reason_code"]),
            inner,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, ANYTHING)
def test_nothing_that_he_may_send_is_an_error(told: Any, back: Any) -> None:
    entity = {"entity": {"cdek_number": "1", "statuses": [told, status(told)], "delivery_detail": told}}
    story = story_of(entity, {"entity": back} if back else None, NOON)
    assert all(isinstance(each.stage, S) for each in story.reports)


def test_a_status_without_a_moment_is_written_down_and_left_out() -> None:
    story = story_of(answer({"code": "DELIVERED", "date_time": "yesterday"}, {"code": "CREATED"}), None, None)
    assert (story.reports, story.unknown) == ((), (UNREADABLE,))


@pytest.mark.parametrize("code", ["v2_field_is_empty", "ERR-1 Ошибка", "", "x" * 200, "http_418"])
def test_his_code_becomes_a_word_that_may_be_told(code: str) -> None:
    import re

    assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", word(code))
