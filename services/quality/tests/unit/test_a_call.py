"""Each command to a call: it does it, refuses, and is quiet when told twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from chassis.handling import fold
from kernel.refusal import Refusal, Refused
from quality.domain import changes as c
from quality.domain import commands as o
from quality.domain import refusals as no
from quality.domain.answers import Answers
from quality.domain.call import Answered, Call, Channel, NotCalled, Open, Result
from quality.domain.deciding import Deciding
from quality.domain.evolving import evolve
from quality.domain.policies import USUAL
from quality.testing.asked import FINE, TUESDAY, answered, asking, by_link, due, opening, passed, tried
from quality.testing.news import ANNA, KIRA, KSENIA, MONDAY, OWNER

EVERY_ONE_CHECKED = Deciding(replace(USUAL, check_share=100))
decide = Deciding(replace(USUAL, check_share=0))


def given(*commands: o.Command, by: Deciding = decide) -> Call | None:
    call: Call | None = None
    for command in commands:
        call = fold(evolve, changes(command, call, by), call)
    return call


def changes(command: o.Command, call: Call | None, by: Deciding = decide) -> Sequence[c.Change]:
    decision = by(command, call)
    assert not isinstance(decision, Refused)
    return decision


def refusal(command: o.Command, call: Call | None, by: Deciding = decide) -> Refusal:
    try:
        decision = by(command, call)
    except Refusal as refused:
        return refused
    assert isinstance(decision, Refused)
    return decision.refusal


def test_told_twice_it_is_due_once() -> None:
    assert changes(due(), given(due())) == []


def test_an_unknown_call_is_refused() -> None:
    assert isinstance(refusal(opening(), None), no.UnknownCall)


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        (MONDAY + timedelta(hours=1), no.NotCallingTime),  # the day of the delivery
        (TUESDAY + timedelta(hours=12), no.NotCallingTime),  # ten in the evening
        (TUESDAY, None),
    ],
)
def test_the_contact_is_opened_in_calling_hours_from_the_next_day_on(
    at: object, kind: type[Refusal] | None
) -> None:
    command = replace(opening(), at=at)

    if kind is None:
        assert changes(command, given(due())) == [c.ContactOpened("kira", TUESDAY)]
    else:
        assert isinstance(refusal(command, given(due())), kind)


@pytest.mark.parametrize(
    ("command", "kind", "rule"),
    [
        (opening(ANNA), "NotYourDuty", "R9"),
        (opening(KIRA, bias="R9"), "NotIndependent", "R9"),
        (opening(KIRA, bias="R10"), "NotIndependent", "R10"),
        (o.ReadAnswers("q-1", ANNA, None, TUESDAY), "NotYourDuty", "R8"),
    ],
)
def test_who_is_not_independent_is_refused_and_the_attempt_written_down(
    command: o.Command, kind: str, rule: str
) -> None:
    decision = decide(command, given(due()))

    assert isinstance(decision, Refused)
    assert (type(decision.refusal).__name__, decision.refusal.rule) == (kind, rule)
    assert len(decision.changes) == 1


def test_who_wants_no_calls_is_not_called() -> None:
    assert isinstance(refusal(opening(), given(due(Channel.SURVEY_LINK))), no.NoCallsWanted)


def test_who_has_not_opened_the_call_writes_nothing_down() -> None:
    call = given(due(), opening(KSENIA))

    assert isinstance(refusal(answered(), call), no.CallNotOpened)
    assert isinstance(refusal(tried(), call), no.CallNotOpened)


@pytest.mark.parametrize(
    ("result", "reason"), [(Result.DECLINED, "declined"), (Result.WRONG_NUMBER, "wrong_number")]
)
def test_who_will_not_or_cannot_be_asked_is_on_the_list_with_the_reason(result: Result, reason: str) -> None:
    call = given(due(), opening(), tried(result))

    assert isinstance(call, NotCalled)
    assert (call.reason, len(call.tries)) == (reason, 1)


def test_no_answer_frees_the_contact_for_the_next_call() -> None:
    call = given(due(), opening(), tried())

    assert isinstance(call, Open)
    assert (call.opened, call.next_at) == (None, TUESDAY + timedelta(hours=4))


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (FINE, ()),
        (replace(FINE, in_order=False), ("not_in_order",)),
        (replace(FINE, content=False, nps=6), ("not_content", "critic")),
        (replace(FINE, nps=7), ()),
        (replace(FINE, manners_good=False, promise_kept=False), ("courier_manners", "promise_broken")),
    ],
)
def test_what_is_bad_is_alarming_with_its_reasons(said: Answers, reasons: tuple[str, ...]) -> None:
    call = given(due(), opening(), answered(said))

    assert isinstance(call, Answered)
    assert call.reasons == reasons


def test_an_answer_is_for_ever() -> None:
    call = given(due(), opening(), answered())

    assert changes(answered(), call) == []
    assert isinstance(refusal(answered(replace(FINE, content=False)), call), no.CallClosed)
    assert isinstance(refusal(tried(), call), no.CallClosed)


def test_an_answer_by_link_counts_also_when_it_comes_late() -> None:
    call = given(due(Channel.SURVEY_LINK), passed("give_up"))
    assert isinstance(call, NotCalled)

    late = given(due(Channel.SURVEY_LINK), passed("give_up"), by_link())

    assert call.reason == "link_unanswered"
    assert isinstance(late, Answered)
    assert changes(by_link(), late) == []
    assert isinstance(refusal(by_link(replace(FINE, nps=3)), late), no.CallClosed)


def test_circumstances_of_the_delivery_are_kept_with_the_answer_and_weigh_nothing() -> None:
    call = fold(evolve, [c.CallDue(asking(tags=("delay",)), "kira"), c.ContactOpened("kira", TUESDAY)])

    (change,) = changes(answered(replace(FINE, nps=9, tags=("discount",))), call)

    assert isinstance(change, c.CustomerAnswered)
    assert (change.answers.tags, change.answers.nps, change.reasons) == (("delay", "discount"), 9, ())


def test_a_drawn_call_is_checked_by_somebody_else_once() -> None:
    call = given(due(), opening(), answered(), by=EVERY_ONE_CHECKED)
    check = o.RecordCheck("q-1", KSENIA, None, True, None, TUESDAY)

    assert isinstance(refusal(replace(check, actor=KIRA), call), no.CheckedBySomebodyElse)
    checked = fold(evolve, changes(check, call), call)
    assert changes(check, checked) == []
    assert isinstance(refusal(replace(check, agrees=False), checked), no.NoCheckDue)
    assert isinstance(refusal(check, given(due(), opening(), answered())), no.NoCheckDue)


def test_a_second_check_that_nobody_made_falls_to_the_owner() -> None:
    call = given(due(), opening(), answered(), by=EVERY_ONE_CHECKED)

    assert changes(passed("check"), call) == [c.CheckOverdue("owner")]
    assert OWNER.id == "owner"


def test_a_claim_contradicts_only_what_was_closed_as_fine_and_once() -> None:
    fine, bad = (given(due(), opening(), answered(said)) for said in (FINE, replace(FINE, content=False)))
    claim = o.HearClaim("q-1", TUESDAY)

    assert changes(claim, fine) == [c.ClaimCameLater(TUESDAY)]
    assert changes(claim, fold(evolve, changes(claim, fine), fine)) == []
    assert changes(claim, bad) == []
    assert changes(claim, given(due())) == []
