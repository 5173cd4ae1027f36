"""The routing table: every case gives its plan, and the docs show it as it is."""

from pathlib import Path

import pytest
from telephony_router.domain.reasons import REASONS
from telephony_router.testing.cases import Case, cases, shown
from telephony_router.testing.routing_page import page

ROOT = Path(__file__).parents[4]
CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_gives_its_plan(case: Case) -> None:
    plan = case.found()

    assert shown(plan, case.situation.now) == case.plan
    assert {each.staff_id: each.reason for each in plan.passed_over} == case.passed_over


def test_every_reason_is_shown_by_a_case() -> None:
    plans = [case.found() for case in CASES]
    given = {step.reason for plan in plans for step in plan.steps}

    assert given | {each.reason for plan in plans for each in plan.passed_over} == set(REASONS)


def test_the_docs_show_the_table_as_it_is() -> None:
    written = (ROOT / "docs" / "routing.md").read_text(encoding="utf-8")

    assert written == page(), "run: python -m telephony_router.testing.routing_page > docs/routing.md"
