"""What is known of crm's notes: facts in any order, answers between them, and nothing of who is erased (R109, R111)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from telephony_router.domain.learning_notes import (
    Command,
    ForgetNotes,
    HearNotes,
    KnownNotes,
    LearnNotes,
    decide,
    evolve,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
OPEN = KnownNotes("c-1", "main", NOW, "confident_open", ("situation",), noted_at=NOW, noted_by="anna")
SHY = replace(OPEN, customer_type="unsure_closed", kept=(), changed_at=NOW + timedelta(hours=1))


def after(*commands: Command, known: KnownNotes | None = None) -> KnownNotes | None:
    for command in commands:
        for change in decide(command, known):
            known = evolve(known, change)
    return known


def heard(now: KnownNotes) -> HearNotes:
    return HearNotes("c-1", now)


def learned(now: KnownNotes | None) -> LearnNotes:
    return LearnNotes("c-1", now, NOW)


def test_a_fact_says_how_it_is_and_wins_over_an_answer() -> None:
    assert after(heard(OPEN)) == replace(OPEN, heard=True)
    assert after(heard(OPEN), learned(SHY), learned(None)) == replace(OPEN, heard=True)
    assert after(learned(SHY), heard(OPEN)) == replace(OPEN, heard=True)


def test_until_a_fact_was_heard_the_newest_answer_is_believed() -> None:
    assert after(learned(None)) is None
    assert after(learned(OPEN)) == OPEN
    assert after(learned(OPEN), learned(SHY)) == SHY
    gone = after(learned(OPEN), learned(None))
    assert gone is not None
    assert (gone.customer_type, gone.kept) == (None, ())


def test_the_same_again_is_no_news() -> None:
    known = after(heard(OPEN))

    assert decide(heard(replace(OPEN, changed_at=NOW + timedelta(days=1))), known) == []


@given(st.lists(st.sampled_from([heard(OPEN), heard(SHY), learned(OPEN), learned(None)])), st.integers(0, 20))
def test_whatever_comes_late_nothing_is_kept_of_who_is_erased(commands: list[Command], when: int) -> None:
    commands.insert(min(when, len(commands)), ForgetNotes("c-1", NOW))

    known = after(*commands)

    assert known is not None
    assert (known.erased, known.customer_type, known.kept, known.noted_by) == (True, None, (), None)
