"""The stages of leads are the shop's own data; who knows of an overdue one is somebody who is there (R98)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crm.domain.lead_ladder import Rung, turn_to
from crm.domain.lead_stages import (
    DescribeStages,
    LeadStage,
    LeadStages,
    StagesDescribed,
    decide,
    evolve,
    usual,
)
from crm.domain.refusals import StagesMakeNoSense
from crm.domain.staff import Absence, Staff
from kernel.actor import Actor, Grade, Role
from kernel.personal import Personal
from kernel.refusal import Refused
from kernel.refused_duty import NotYourDuty

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
asked, offered = (
    LeadStage("asked", "Спросил", "Asked", HOUR),
    LeadStage("offered", "Есть цена", "Offered", HOUR),
)
two = LeadStages("igla", (asked, offered))


def test_a_shop_describes_its_own_stages() -> None:
    (change,) = list_of(two)

    assert (change, evolve(None, change)) == (StagesDescribed(two), two)
    assert decide(DescribeStages(two, VERA), two) == []
    assert two.named("offered") == offered
    assert (two.first, two.named("haggling")) == (asked, None)


def test_the_usual_stages_would_be_accepted_from_anybody_who_may() -> None:
    assert decide(DescribeStages(usual("igla"), VERA), None) == [StagesDescribed(usual("igla"))]


def test_who_works_leads_does_not_set_the_terms_he_is_measured_by() -> None:
    assert isinstance(decide(DescribeStages(two, ANNA), usual("igla")), Refused)
    with pytest.raises(NotYourDuty):
        decide(DescribeStages(two, ANNA), None)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(two, stages=()),
        replace(two, stages=(asked, asked)),
        replace(two, stages=(replace(asked, code="won"),)),
        replace(two, stages=(replace(asked, within=timedelta(0)),)),
        replace(two, climbs_after=timedelta(0)),
        replace(two, furthest=-HOUR),
        replace(two, stages=tuple(replace(asked, code=f"stage_{n}") for n in range(21))),
    ],
)
def test_stages_that_no_lead_could_go_through_are_refused(wrong: LeadStages) -> None:
    with pytest.raises(StagesMakeNoSense):
        decide(DescribeStages(wrong, VERA), None)


def person(staff_id: str, *, away: bool = False, active: bool = True, deputy: str | None = None) -> Staff:
    absence = Absence(NOW - HOUR) if away else None
    held = frozenset({Role.SALES_MANAGER})
    return Staff(
        staff_id, "igla", staff_id, Personal(staff_id), Grade.REGULAR, held, active=active, absence=absence,
        deputy_id=deputy,
    )  # fmt: skip


anna, boss = person("anna"), person("boss")


@pytest.mark.parametrize(
    ("rung", "owner", "superior", "whom"),
    [
        (Rung.REMINDED, anna, boss, "anna"),
        (Rung.REMINDED, person("anna", away=True, deputy="misha"), boss, "misha"),
        (Rung.REMINDED, person("anna", away=True), boss, "boss"),
        (Rung.REMINDED, person("anna", active=False, deputy="misha"), boss, "boss"),
        (Rung.REMINDED, None, None, "vera"),
        (Rung.SUPERIOR, anna, boss, "boss"),
        (Rung.SUPERIOR, anna, person("boss", away=True), "vera"),
        (Rung.SUPERIOR, anna, None, "vera"),
        (Rung.LAST_RESORT, anna, boss, "vera"),
    ],
)
def test_each_rung_is_somebody_who_is_there(
    rung: Rung, owner: Staff | None, superior: Staff | None, whom: str
) -> None:
    assert turn_to(rung, owner, superior, "vera", NOW) == whom


def list_of(stages: LeadStages) -> list[StagesDescribed]:
    decision = decide(DescribeStages(stages, VERA), None)
    assert not isinstance(decision, Refused)
    return [each for each in decision if isinstance(each, StagesDescribed)]
