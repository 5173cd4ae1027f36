"""How a state becomes a document and comes back, whatever version of the service wrote it."""

from typing import Any

import pytest
from chassis.blame import is_fault
from chassis.documents import Codec, Documents, UnknownSchema, UnreadableState, WrittenByNewer
from chassis.testing.shelf import SHELVES, Shelf
from chassis.vault import CannotOpen, KeyNotHere, Vault
from pydantic import TypeAdapter

VAULT = Vault.of({"k1": Vault.generate_key()})
SHELF = Shelf("s-1", 3, "Pelageya Ivanovna", None)


def counted_in_dozens(old: dict[str, Any]) -> dict[str, Any]:
    """Version 1 counted dozens."""
    return {**{name: value for name, value in old.items() if name != "dozens"}, "bobbins": old["dozens"] * 12}


NEWER: Documents[Shelf] = Documents(
    collection="shelves",
    states=TypeAdapter(Shelf),
    schema=2,
    listed=lambda shelf: {"bobbins": shelf.bobbins},
    sealed=("keeper",),
    upgrades={1: counted_in_dozens},
)


def test_what_an_older_version_wrote_is_read_as_it_is_meant_now() -> None:
    sealed = Codec(SHELVES, VAULT).dump("s-1", SHELF)
    old = {**{name: value for name, value in sealed.items() if name != "bobbins"}, "dozens": 2}

    shelf = Codec(NEWER, VAULT).load("s-1", 1, old)

    assert (shelf.bobbins, shelf.keeper) == (24, "Pelageya Ivanovna")


def test_what_a_newer_version_wrote_is_not_guessed_at() -> None:
    raw = Codec(NEWER, VAULT).dump("s-1", SHELF)

    with pytest.raises(WrittenByNewer) as newer:
        Codec(SHELVES, VAULT).load("s-1", 2, raw)
    with pytest.raises(UnknownSchema) as unknown:
        Codec(NEWER, VAULT).load("s-1", 0, raw)

    assert (is_fault(newer.value), is_fault(unknown.value)) == (True, False)


def test_a_key_that_is_not_here_yet_is_waited_for() -> None:
    rotated = Vault.of({"k2": Vault.generate_key()})
    raw = Codec(SHELVES, rotated).dump("s-1", SHELF)

    with pytest.raises(KeyNotHere) as missing:
        Codec(SHELVES, VAULT).load("s-1", 1, raw)

    assert is_fault(missing.value)


def test_a_sealed_field_of_another_document_does_not_open_here() -> None:
    raw = Codec(SHELVES, VAULT).dump("s-1", SHELF)

    with pytest.raises(CannotOpen):
        Codec(SHELVES, VAULT).load("s-2", 1, raw)


def test_an_unreadable_document_says_where_and_never_what() -> None:
    raw = Codec(SHELVES, VAULT).dump("s-1", SHELF)
    raw["bobbins"] = "ring +79160001122"

    with pytest.raises(UnreadableState) as wrong:
        Codec(SHELVES, VAULT).load("s-1", 1, raw)

    assert str(wrong.value) == "shelves/s-1: bobbins"


def test_keys_rotate_and_old_documents_still_open() -> None:
    fresh = Vault.generate_key()
    old_ring = {"k1": Vault.generate_key()}
    raw = Codec(SHELVES, Vault.of(old_ring)).dump("s-1", SHELF)

    ring = Vault.of({"k2": fresh, **old_ring})

    assert Codec(SHELVES, ring).load("s-1", 1, dict(raw)) == SHELF
    assert Codec(SHELVES, ring).dump("s-1", SHELF)["keeper"]["sealed"]["key"] == "k2"
