"""A part of the stack: a server or a service, as far as a supervisor must know it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chassis.embedded.program import Program


def nothing() -> None:
    """For parts that need no preparation."""


async def nothing_more() -> None:
    """For stages that need nothing once they are up."""


@dataclass(frozen=True, slots=True)
class Part:
    """`prepare` comes before each start and may raise `CannotStart`; `is_ready` is one look that may block a second."""

    program: Program
    address: str
    is_ready: Callable[[], bool]
    prepare: Callable[[], None] = nothing
    ready_within: float = 60.0

    @property
    def name(self) -> str:
        return self.program.name


@dataclass(frozen=True, slots=True)
class Stage:
    """Parts that start together, and what must be done before the next stage starts.

    `together`: they also stop together; else one after another, the last first.
    """

    parts: tuple[Part, ...]
    afterwards: Callable[[], Awaitable[None]] = field(default=nothing_more)
    doing: str = ""
    together: bool = True
