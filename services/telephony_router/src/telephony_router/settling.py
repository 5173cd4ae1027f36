"""A large directory lives as long as the process: Python's collector, which stops everything while it looks, looks past it."""

import gc
from dataclasses import dataclass

from telephony_router.application.remembering import Remembered

LARGE = 10_000
"""So many cards take the collector some 15 ms each time; a hundred thousand 150 ms, while callers wait."""


@dataclass(slots=True)
class Settling:
    """`settled`: how many cards there were when it was last done; done again when they have doubled, since what is garbage by
    then is kept, too.
    """

    memory: Remembered
    settled: int = LARGE // 2

    def settle(self) -> None:
        """After the store was read, and after crm's pages were."""
        known = len(self.memory.cards.items)
        if known >= 2 * self.settled:
            gc.collect()
            gc.freeze()
            self.settled = known
