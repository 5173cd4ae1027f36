"""What the services said yes to."""

from dataclasses import dataclass, field


@dataclass
class Taken:
    """An order that was answered 2xx, and what was answered of it since."""

    order_id: str
    mark: str
    phone: str
    wanted: dict[str, int]
    attempts: int = 0
    cancelled: bool = False


@dataclass
class Life:
    """An order that lives its whole life, and what the services said yes to of it. `failures`: reports of a failed attempt or
    delivery; `content`: what the customer answered the day after; `decided`: claims that were decided.
    """

    order_id: str
    quantity: int
    promised: bool = False
    sent: bool = False
    failures: int = 0
    delivered: bool = False
    kept: int = 0
    returned: bool = False
    content: bool | None = None
    decided: int = 0


@dataclass
class Answered:
    """All that the services said yes to."""

    taken: list[Taken] = field(default_factory=list[Taken])
    counted: dict[str, int] = field(default_factory=dict[str, int])
    imports: list[str] = field(default_factory=list[str])
    lives: list[Life] = field(default_factory=list[Life])
    commands: int = 0
    refused: list[str] = field(default_factory=list[str])
