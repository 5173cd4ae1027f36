"""A whole stack under the supervisor of `opblok up`, as a process of its own: `python supervising.py [SERVICE ...]`; all,
when none is named.

Everything is told by the variables that `opblok up` reads. Who is killed is back soon, however often he was killed.
"""

import asyncio
import sys

from opblok.home import home
from opblok.stack.running import Run
from opblok.stack.settings import SERVICES, StackSettings
from opblok.supervision.pauses import Pauses
from opblok.supervision.seen import Seen
from opblok.topic_making import make_topics


class Blank:
    """Nobody watches; what can be seen is in a file."""

    def show(self, seen: Seen) -> None:
        del seen

    def close(self) -> None:
        """Nothing is held open."""


def soon() -> Pauses:
    return Pauses(first=0.3, longest=1.0)


def greet(seen: Seen) -> None:
    del seen


if __name__ == "__main__":
    services = sys.argv[1:] or SERVICES
    run = Run(StackSettings(), home(), Blank(), make_topics, greet, soon, services)
    asyncio.run(run.until_stopped())
