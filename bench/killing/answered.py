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
class Answered:
    """All that the services said yes to."""

    taken: list[Taken] = field(default_factory=list[Taken])
    counted: dict[str, int] = field(default_factory=dict[str, int])
    imports: list[str] = field(default_factory=list[str])
    commands: int = 0
    refused: list[str] = field(default_factory=list[str])
