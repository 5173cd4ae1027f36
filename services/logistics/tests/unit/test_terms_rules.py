"""Terms are written by one, approved by another, and never changed after (R60, R80)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce

import pytest
from kernel.actor import Actor
from kernel.refusal import Refused
from kernel.refused_duty import NotYourDuty
from logistics.domain import carrier as c
from logistics.domain.carrier import Carrier, Content, Mode, Profile, TermsStage, in_force, in_force_at
from logistics.domain.carrier_decider import decide, evolve
from logistics.domain.refusals import (
    ApproverWrote,
    OtherRevision,
    TermsDecidedAlready,
    UnknownCarrier,
    UnknownTerms,
)
from logistics.testing.agreements import MONDAY, TODAY, TUESDAY
from logistics.testing.people import ANNA, LENA, LEV, OLGA, STEPAN, VERA

PROFILE = Profile("Свои курьеры", Mode.OWN_STAFF, "lena")
CONTENT = Content("a" * 32, TODAY, "Europe/Moscow", ("moscow",), 0)
JANUARY = date(2026, 1, 12)


def describe(profile: Profile = PROFILE, actor: Actor = LENA) -> c.DescribeCarrier:
    return c.DescribeCarrier("own-couriers", profile, actor, MONDAY)


def write(content: Content = CONTENT, actor: Actor = LENA, days: int = 0) -> c.WriteTerms:
    return c.WriteTerms("own-couriers", content, actor, MONDAY + timedelta(days=days))


def approve(number: int = 1, revision: int = 1, actor: Actor = VERA, days: int = 0) -> c.ApproveTerms:
    return c.ApproveTerms("own-couriers", number, revision, actor, MONDAY + timedelta(days=days))


def reject(number: int = 1, actor: Actor = VERA) -> c.RejectTerms:
    return c.RejectTerms("own-couriers", number, "слишком узкие интервалы", actor, MONDAY)


def withdraw(number: int = 1, actor: Actor = LENA) -> c.WithdrawTerms:
    return c.WithdrawTerms("own-couriers", number, actor, MONDAY)


def from_day(day: date, mark: str = "b") -> Content:
    return replace(CONTENT, digest=mark * 32, effective_from=day)


def given(*commands: c.Command) -> Carrier:
    carrier: Carrier | None = None
    for command in (describe(), *commands):
        changes = decide(command, carrier)
        assert not isinstance(changes, Refused)
        carrier = reduce(evolve, changes, carrier)
    assert carrier is not None
    return carrier


def test_a_draft_is_written_and_written_anew() -> None:
    carrier = given(write(), write(from_day(TUESDAY), LEV))

    (version,) = carrier.versions
    assert (version.number, version.revision, version.writers) == (1, 2, ("lena", "lev"))
    assert version.content.effective_from == TUESDAY


def test_writing_the_same_again_changes_nothing() -> None:
    assert decide(write(), given(write())) == []
    assert decide(describe(), given()) == []


def test_somebody_else_approves_and_it_holds_from_its_day_on() -> None:
    (version,) = given(write(from_day(TUESDAY)), approve()).versions

    assert (version.stage, version.decided_by, version.holds_from) == (TermsStage.APPROVED, "vera", TUESDAY)
    assert decide(approve(), given(write(), approve())) == []


def test_terms_never_hold_on_a_day_before_they_were_approved() -> None:
    (version,) = given(write(from_day(JANUARY)), approve(days=1)).versions

    assert version.holds_from == TUESDAY


@pytest.mark.parametrize("writers", [(OLGA,), (OLGA, LENA), (LENA, OLGA)])
def test_nobody_approves_what_he_had_a_hand_in(writers: tuple[Actor, ...]) -> None:
    written = [write(from_day(TODAY, str(n)), actor) for n, actor in enumerate(writers)]

    refused = decide(approve(revision=len(writers), actor=OLGA), given(*written))

    assert isinstance(refused, Refused)
    assert isinstance(refused.refusal, ApproverWrote)
    assert [getattr(each, "rule", "") for each in refused.changes] == ["R80"]


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (write(actor=ANNA), "R60"),
        (describe(replace(PROFILE, title="Наши"), STEPAN), "R60"),
        (approve(actor=LEV), "R60"),
        (reject(actor=LEV), "R60"),
        (withdraw(actor=ANNA), "R60"),
    ],
)
def test_what_is_not_ones_duty_is_refused_and_remembered(command: c.Command, rule: str) -> None:
    refused = decide(command, given(write()))

    assert isinstance(refused, Refused)
    assert (type(refused.refusal), refused.refusal.rule) == (NotYourDuty, rule)
    assert evolve(given(write()), refused.changes[0]) == given(write())


def test_a_carrier_is_opened_by_who_writes_terms() -> None:
    with pytest.raises(NotYourDuty):
        decide(describe(actor=ANNA), None)


def test_what_was_written_since_it_was_read_is_not_approved() -> None:
    with pytest.raises(OtherRevision):
        decide(approve(revision=1), given(write(), write(from_day(TUESDAY))))


@pytest.mark.parametrize("end", [approve(), reject(), withdraw()])
@pytest.mark.parametrize("command", [approve(), reject(), withdraw()])
def test_what_was_decided_on_stays_decided(end: c.Command, command: c.Command) -> None:
    carrier = given(write(), end)

    if type(end) is type(command):
        assert decide(command, carrier) == []
    else:
        with pytest.raises(TermsDecidedAlready):
            decide(command, carrier)


@pytest.mark.parametrize("end", [approve(), reject(), withdraw()])
def test_after_a_decision_the_next_writing_is_the_next_version(end: c.Command) -> None:
    first, second = given(write(), end, write(from_day(TUESDAY))).versions

    assert (first.content, second.number, second.stage) == (CONTENT, 2, TermsStage.DRAFT)


def test_a_rejection_says_why() -> None:
    (version,) = given(write(), reject()).versions

    assert (version.reason, version.decided_by) == ("слишком узкие интервалы", "vera")


def test_terms_need_a_carrier_and_decisions_need_terms() -> None:
    with pytest.raises(UnknownCarrier):
        decide(write(), None)
    with pytest.raises(UnknownTerms):
        decide(approve(), given())


def test_the_version_in_force_is_the_one_whose_day_came_last() -> None:
    carrier = given(
        write(from_day(TODAY, "1")),
        approve(1),
        write(from_day(TODAY + timedelta(days=10), "2")),
        approve(2),
        write(from_day(TUESDAY, "3")),
        approve(3),
        write(from_day(TODAY, "4")),
    )

    held = [in_force(carrier, TODAY + timedelta(days=n)) for n in (-1, 0, 1, 9, 10, 99)]

    assert [each and each.number for each in held] == [None, 1, 3, 3, 2, 2]


def test_of_two_versions_of_one_day_the_newer_is_in_force() -> None:
    carrier = given(
        write(from_day(TUESDAY, "1")), approve(1), write(from_day(TUESDAY, "2")), approve(2, days=1)
    )

    now, before = in_force(carrier, TUESDAY), in_force(carrier, TUESDAY, MONDAY)

    assert (now and now.number, before and before.number) == (2, 1)


def test_a_day_of_terms_begins_with_the_carriers_own_midnight() -> None:
    carrier = given(describe(), write(from_day(JANUARY)), approve(), write(from_day(TUESDAY)), approve(2))
    midnight = datetime.combine(TUESDAY, time(0), UTC) - timedelta(hours=3)

    before, after = (in_force_at(carrier, midnight + timedelta(minutes=n)) for n in (-1, 0))

    assert (before and before.number, after and after.number) == (1, 2)
