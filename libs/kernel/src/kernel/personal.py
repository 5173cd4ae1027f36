"""Names, addresses and other words about a person: kept, but never printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """`value` is for who may know it; `str` and `repr` tell nothing."""

    value: str

    def __str__(self) -> str:
        return "‹personal›"

    def __repr__(self) -> str:
        return "Personal(‹personal›)"

    def __bool__(self) -> bool:
        return bool(self.value)
