"""How long to wait before a dead process is started again."""

from dataclasses import dataclass


@dataclass
class Pauses:
    """1, 2, 4 ... 30 seconds; from the beginning again once a process has lived long enough to be called healthy."""

    first: float = 1.0
    longest: float = 30.0
    healthy_after: float = 60.0
    _deaths: int = 0

    def after(self, lived: float) -> float:
        """The pause after a process died that had lived so many seconds."""
        self._deaths = 1 if lived >= self.healthy_after else self._deaths + 1
        return min(self.longest, self.first * 2 ** (self._deaths - 1))
