"""A large directory lives as long as the process: Python's collector, which stops everything while it looks, looks past it."""

import asyncio
import gc
from dataclasses import dataclass

from telephony_router.application.remembering import Remembered

LARGE = 10_000
"""So many cards take the collector some 15 ms each time; a hundred thousand 150 ms, while callers wait."""
LOOK_EVERY = 2.0
SELDOM = (10_000, 10, 20)
"""Of objects that come and go with calls few are cyclic: the collector looks at the young ones fourteen times less often than Python
has it by itself, and at all others so seldom that its stop is none of a hundred calls'.
"""


@dataclass(slots=True)
class Settling:
    """`settled`: how many cards there were when it was last done; done again when they have doubled, since what is garbage by
    then is kept, too. The first time it is for the program itself, which is as large as some ten thousand cards.
    """

    memory: Remembered
    settled: int | None = None

    def settle(self) -> None:
        """After the store was read, and when this replica has come to know many more, by whoever loaded them."""
        known = len(self.memory.cards.items)
        if self.settled is None or known >= 2 * max(self.settled, LARGE // 2):
            gc.collect()
            gc.freeze()
            gc.set_threshold(*SELDOM)
            self.settled = known

    async def keep(self) -> None:
        """For ever, in every role: a process that answers calls knows what another one loads."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.settle()
