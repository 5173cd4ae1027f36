"""The vault: personal data at rest, bound to its place, with keys that can be rotated."""

import base64

import pytest
from chassis.vault import BadKeyRing, CannotOpen, Vault
from hypothesis import given
from hypothesis import strategies as st

OLD, NEW = Vault.generate_key(), Vault.generate_key()
VAULT = Vault.of({"2026": OLD})


@given(value=st.binary(max_size=300), about=st.text(max_size=60))
def test_what_was_sealed_for_a_place_is_opened_there(value: bytes, about: str) -> None:
    assert VAULT.open(VAULT.seal(value, about), about) == value


@given(value=st.binary(min_size=1, max_size=60), at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_single_changed_bit_is_noticed(value: bytes, at: int, bit: int) -> None:
    sealed = VAULT.seal(value, "orders/1/phone")
    box = bytearray(sealed["box"])
    box[at % len(box)] ^= 1 << bit

    with pytest.raises(CannotOpen):
        VAULT.open({**sealed, "box": bytes(box)}, "orders/1/phone")


def test_the_same_value_looks_different_each_time() -> None:
    assert VAULT.seal(b"+79161234567", "a")["box"] != VAULT.seal(b"+79161234567", "a")["box"]


def test_a_sealed_value_moved_to_another_field_or_document_stays_shut() -> None:
    sealed = VAULT.seal(b"Tverskaya 1", "orders/1/recipient.address")

    for elsewhere in ("orders/2/recipient.address", "orders/1/recipient.name", ""):
        with pytest.raises(CannotOpen, match="moved from another place"):
            VAULT.open(sealed, elsewhere)


def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens() -> None:
    before = VAULT.seal(b"old", "here")
    rotated = Vault.parse(f"2027:{NEW},2026:{OLD}")

    assert rotated.open(before, "here") == b"old"
    assert rotated.seal(b"new", "here")["key"] == "2027"


def test_a_key_that_left_the_ring_is_named() -> None:
    with pytest.raises(CannotOpen, match="sealed with key '2026', which is not in the ring"):
        Vault.of({"2027": NEW}).open(VAULT.seal(b"old", "here"), "here")


def test_another_key_under_the_same_id_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        Vault.of({"2026": NEW}).open(VAULT.seal(b"old", "here"), "here")


@pytest.mark.parametrize(
    "broken", [{}, {"key": "2026"}, {"key": "2026", "box": b""}, {"key": "2026", "box": b"x" * 27}]
)
def test_what_was_never_sealed_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(CannotOpen):
        VAULT.open(broken, "here")


@pytest.mark.parametrize(
    ("ring", "told"),
    [
        ("", "no key: give OPBLOK_VAULT_KEYS"),
        (NEW, "a list of id:key"),
        (f" :{NEW}", "a list of id:key"),
        (f"a:{NEW},a :{OLD}", "different ids"),
        ("a:" + base64.urlsafe_b64encode(b"short").decode(), "key 'a' has 5 bytes and needs 32"),
        ("a:it is!no#base64", "key 'a' is not url-safe base64"),
    ],
)
def test_a_bad_ring_is_refused_with_the_remedy_and_without_the_key(ring: str, told: str) -> None:
    with pytest.raises(BadKeyRing) as bad:
        Vault.parse(ring)

    assert told in str(bad.value)
    assert NEW not in str(bad.value)


def test_a_ring_may_stand_in_lines_and_without_padding() -> None:
    vault = Vault.parse(f"\n2027: {NEW.rstrip('=')}\n2026:{OLD}\n")

    assert vault.active == "2027"
    assert vault.open(VAULT.seal(b"old", "here"), "here") == b"old"


def test_a_vault_shows_no_key() -> None:
    assert repr(VAULT) == "Vault(active='2026', keys=['2026'])"
