"""NPS and its groups, how often somebody is asked, who is independent, and words that are no offers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Role
from quality.application.declaring import Compliance
from quality.domain.judging import Figures, drawn, group_of
from quality.domain.limiter import AskNps, Pestering, limit, may_ask
from quality.domain.people import Member, assigned, bias, independent
from quality.domain.refusals import NpsAskedLately
from quality.domain.script import SCRIPTS, faults_in, leads_in, offers_in

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
COUNTS = st.integers(0, 500)


@pytest.mark.parametrize(
    ("nps", "group"),
    [(0, "critic"), (6, "critic"), (7, "neutral"), (8, "neutral"), (9, "promoter"), (10, "promoter")],
)
def test_groups_are_those_of_the_rule(nps: int, group: str) -> None:
    assert group_of(nps) == group


@pytest.mark.parametrize(
    ("figures", "score"),
    [
        (Figures(), 0),
        (Figures(1, 0, 0), 100),
        (Figures(0, 0, 1), -100),
        (Figures(2, 0, 1), 33),
        (Figures(1, 7, 0), 13),
    ],
)
def test_the_score_is_promoters_minus_critics_in_percent(figures: Figures, score: int) -> None:
    assert figures.score == score


@given(one=st.tuples(COUNTS, COUNTS, COUNTS))
def test_the_score_lies_between_and_turns_with_the_sides(one: tuple[int, int, int]) -> None:
    promoters, neutral, critics = one

    assert -100 <= Figures(*one).score <= 100
    assert Figures(*one).score == -Figures(critics, neutral, promoters).score


@pytest.mark.parametrize(
    ("since", "asked", "may"),
    [
        (400, 182, False),
        (400, 184, True),
        (600, 184, False),
        (600, 364, False),
        (600, 366, True),
    ],
)
def test_a_young_customer_is_asked_twice_a_year_an_old_one_once(since: int, asked: int, may: bool) -> None:
    known = Pestering("c-1", NOW - timedelta(days=since), NOW - timedelta(days=asked), "q-0")

    assert may_ask(known, "q-1", NOW) is may
    if not may:
        with pytest.raises(NpsAskedLately):
            limit(AskNps("c-1", "q-1", NOW), known)


def test_for_the_same_call_it_is_one_question() -> None:
    known = Pestering("c-1", None, NOW, "q-1")

    assert limit(AskNps("c-1", "q-1", NOW), known) == []


def member(id_: str, above: str | None, *roles: Role) -> Member:
    return Member(id_, "main", tuple(each.value for each in roles), above, active=True)


ROSTER = {
    each.staff_id: each
    for each in (
        member("owner", None, Role.OWNER),
        member("anna", "owner", Role.SALES_MANAGER),
        member("kira", "owner", Role.QUALITY_CONTROLLER),
        member("ksenia", "deputy", Role.QUALITY_CONTROLLER),
        member("deputy", "anna", Role.OFFICE_ADMINISTRATOR),
    )
}


def test_who_touched_it_or_reports_to_who_did_through_others_too_is_not_independent() -> None:
    touched = ("anna", "owner")

    assert bias("anna", touched, ROSTER) == "R9"
    assert bias("ksenia", touched, ROSTER) == "R10"
    assert bias("kira", touched, ROSTER) is None


def test_it_falls_to_an_independent_controller_else_to_the_owner() -> None:
    assert assigned("o-1", independent("main", ("anna",), ROSTER, "owner", NOW), "owner") == "kira"
    assert assigned("o-1", independent("main", ("anna", "kira"), ROSTER, "owner", NOW), "owner") == "owner"


def test_who_is_away_is_given_nothing_while_another_is_there_neither_before_nor_after() -> None:
    begins, ends = NOW, NOW + timedelta(days=14)
    kira = replace(ROSTER["kira"], absent_since=begins, absent_until=ends)
    roster = {**ROSTER, "kira": kira, "ksenia": replace(kira, staff_id="ksenia", absent_since=None)}

    def given(at: datetime) -> set[str]:
        free = independent("main", (), roster, "owner", at)
        return {assigned(f"o-{n}", free, "owner") for n in range(20)}

    before, back = begins - timedelta(seconds=1), ends
    assert [given(at) for at in (before, begins, back)] == [
        {"kira", "ksenia"},
        {"ksenia"},
        {"kira", "ksenia"},
    ]
    alone = {each: roster[each] for each in ("kira", "owner")}
    assert independent("main", (), alone, "owner", begins) == ["kira", "owner"]


def test_about_the_share_is_drawn_and_nobody_foresees_whether_this_one() -> None:
    ids = [f"q-{number}" for number in range(2000)]

    assert 150 < sum(drawn(each, NOW, 10) for each in ids) < 250
    assert not any(drawn(each, NOW, 0) for each in ids)
    assert all(drawn(each, NOW, 100) for each in ids)
    closings = {drawn("q-1", NOW + timedelta(microseconds=n), 50) for n in range(50)}
    assert closings == {True, False}


def test_a_level_is_kept_by_a_hundred_percent_only_when_it_was_always_kept() -> None:
    assert [Compliance(kept, 1, 0).share for kept in (0, 1, 399)] == [0, 50, 99]
    assert (Compliance(400, 0, 0).share, Compliance(0, 0, 3).share) == (100, None)


def test_the_script_is_a_service_call_in_both_languages() -> None:
    assert [faults_in(script, language) for language, script in SCRIPTS.items()] == [[], []]


@pytest.mark.parametrize(
    "text", ["Хотите скидку 10%?", "Мы предлагаем новые лампы", "A special offer for you", "Gift inside"]
)
def test_an_offer_in_a_question_is_found(text: str) -> None:
    assert offers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Вам ведь всё понравилось?",
        "Согласитесь, курьер был вежлив?",
        "Надеемся, всё в порядке?",
        "It came in time, didn't you notice?",
        "Surely you are content?",
    ],
)
def test_a_question_that_foretells_its_answer_is_found(text: str) -> None:
    assert leads_in(text)
