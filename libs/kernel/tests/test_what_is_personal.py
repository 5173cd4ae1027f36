"""Words about a person are kept, never printed."""

from kernel.personal import Personal

ADDRESS = Personal("Москва, улица Ламповая, 7")


def test_an_address_is_never_printed() -> None:
    printed = f"{ADDRESS} {ADDRESS!r} {[ADDRESS]}"

    assert "Ламповая" not in printed
    assert str(ADDRESS) == "‹personal›"


def test_who_may_know_it_reads_it() -> None:
    assert ADDRESS.value == "Москва, улица Ламповая, 7"
    assert Personal("Москва, улица Ламповая, 7") == ADDRESS


def test_nothing_known_is_false() -> None:
    assert ADDRESS
    assert not Personal("")
