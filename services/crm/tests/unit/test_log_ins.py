"""A refresh token works once; one shown again was stolen, and the whole log-in ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crm.domain.families import (
    LASTS,
    Begin,
    Change,
    Family,
    FamilyBegun,
    Refresh,
    Refreshed,
    Revoke,
    Revoked,
    ShownAgain,
    decide,
    evolve,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
family = Family("f-1", "anna", "first", NOW + LASTS, begun_at=NOW)


def after(*changes: Change) -> Family:
    state = family
    for change in changes:
        state = evolve(state, change)
    return state


def refresh(shown: str, fresh: str = "second", at: datetime = NOW) -> Refresh:
    return Refresh("f-1", shown, fresh, at)


def test_a_log_in_begins_once() -> None:
    begin = Begin("f-1", "anna", "first", NOW)

    assert decide(begin, None) == [FamilyBegun(family)]
    assert decide(begin, family) == []


def test_the_token_is_changed_for_a_fresh_one_which_lasts_anew() -> None:
    later = NOW + timedelta(days=10)

    assert decide(refresh("first", at=later), family) == [Refreshed("second", later + LASTS)]


def test_an_old_token_shown_again_ends_the_whole_log_in() -> None:
    used = after(Refreshed("second", NOW + LASTS))

    assert decide(refresh("first"), used) == [ShownAgain()]
    ended = evolve(used, ShownAgain())
    assert (ended.revoked, ended.stolen) == (True, True)
    assert decide(refresh("second"), ended) == []


def test_an_ended_log_in_gives_nothing() -> None:
    assert decide(refresh("first", at=NOW + LASTS), family) == []
    assert decide(refresh("first"), after(Revoked())) == []
    assert decide(refresh("first"), None) == []


def test_logging_out_twice_is_logging_out_once() -> None:
    out = Revoke("f-1", NOW)

    assert decide(out, family) == [Revoked()]
    assert decide(out, replace(family, revoked=True)) == []
    assert decide(out, None) == []


@given(st.lists(st.integers(0, 5), max_size=30))
def test_whatever_tokens_are_shown_none_works_twice_and_none_after_a_theft(shown: list[int]) -> None:
    state, given_out, used = family, ["first"], set[str]()
    for n, which in enumerate(shown):
        token = given_out[which % len(given_out)]
        fresh = f"fresh-{n}"
        changes = decide(refresh(token, fresh), state)
        for change in changes:
            state = evolve(state, change)
        if any(isinstance(change, Refreshed) for change in changes):
            assert token not in used
            assert not state.stolen
            used.add(token)
            given_out.append(fresh)
        elif token in used:
            assert state.stolen
