"""A key is published before it signs, and until its last token has ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crm.domain.keyring import (
    PUBLISHED_AFTER,
    PUBLISHED_BEFORE,
    SIGNS_FOR,
    Ring,
    Rotate,
    SigningKey,
    decide,
    evolve,
    signing,
)
from hypothesis import given
from hypothesis import strategies as st
from kernel.personal import Personal

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
TOKEN_LASTS = timedelta(minutes=10)


def key(name: str) -> SigningKey:
    return SigningKey(name, Personal("private"), "public", NOW)


def looked(ring: Ring | None, at: datetime, name: str, *, now_due: bool = False) -> Ring:
    for change in decide(Rotate(key(name), at, now_due), ring):
        ring = evolve(ring, change)
    assert ring is not None
    return ring


def names(ring: Ring) -> list[str]:
    return [each.key_id for each in ring.keys]


first = looked(None, NOW, "k1")


def test_the_first_key_signs_at_once_and_a_second_look_changes_nothing() -> None:
    assert signing(first, NOW).key_id == "k1"
    assert decide(Rotate(key("k2"), NOW), first) == []


def test_a_new_key_is_published_before_it_signs() -> None:
    due = NOW + SIGNS_FOR - PUBLISHED_BEFORE

    ring = looked(first, due, "k2")

    assert names(ring) == ["k1", "k2"]
    assert signing(ring, due).key_id == "k1"
    assert signing(ring, due + PUBLISHED_BEFORE).key_id == "k2"


def test_somebody_may_decide_that_a_key_is_due_but_only_one_waits() -> None:
    ring = looked(first, NOW, "k2", now_due=True)

    assert names(ring) == ["k1", "k2"]
    assert decide(Rotate(key("k3"), NOW, now_due=True), ring) == []


def test_an_old_key_is_published_until_its_last_token_has_ended() -> None:
    ring = looked(first, NOW, "k2", now_due=True)
    replaced = NOW + PUBLISHED_BEFORE

    assert names(looked(ring, replaced + PUBLISHED_AFTER, "k3")) == ["k1", "k2"]
    assert names(looked(ring, replaced + PUBLISHED_AFTER + timedelta(seconds=1), "k3")) == ["k2"]


def test_a_key_prints_without_its_private_half() -> None:
    assert "private'" not in repr(replace(first.keys[0], private=Personal("private")))


@given(st.lists(st.tuples(st.integers(1, 60 * 24 * 20), st.booleans()), max_size=40))
def test_every_token_can_be_verified_until_it_ends(story: list[tuple[int, bool]]) -> None:
    """However often it is looked at, and whenever somebody rotates: a token's key is published as long as it lasts."""
    ring, at = first, NOW
    signed: list[tuple[str, datetime]] = []
    for n, (minutes, now_due) in enumerate(story):
        for _ in range(2):
            signed.append((signing(ring, at).key_id, at + TOKEN_LASTS))
            at += timedelta(minutes=minutes) / 2
        ring = looked(ring, at, f"k-{n}", now_due=now_due)
        alive = {name for name, ends in signed if at < ends}

        assert alive <= set(names(ring))
        assert len(ring.keys) <= 2 + PUBLISHED_AFTER // PUBLISHED_BEFORE  # one waits at a time
