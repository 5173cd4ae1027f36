"""What a customer answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kernel.personal import Personal


@dataclass(frozen=True, slots=True)
class Answers:
    """The two core questions (R83), NPS 0..10 where asked (R85), manners of the courier (R71), whether the promise was kept.

    `words` are his own, by the question's name, sealed at rest (R84). `nps_asked` also when he would not say. `tags` of
    circumstances are for reading only: they never change what is counted (R90).
    """

    in_order: bool
    content: bool
    nps: int | None = None
    nps_asked: bool = False
    manners_good: bool | None = None
    promise_kept: bool | None = None
    words: Mapping[str, Personal] = field(default_factory=dict[str, Personal])
    tags: tuple[str, ...] = ()
