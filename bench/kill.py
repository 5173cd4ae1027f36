"""`python -m bench.kill [--kills 200]`: what is left after two hundred kills. Exit code 1 when anything is wrong.

`--replicas`: instead of kills, two more replicas of each service join and leave at random, so many times.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from bench.killing.evidence import Outside
from bench.killing.kills import Kills
from bench.killing.replicas import Replicas
from bench.killing.report import Report
from bench.killing.run import Killing
from bench.own_stack import OwnStack


async def kill(stack: OwnStack, given: argparse.Namespace) -> Report:
    seen, trouble = stack.seen, Replicas if given.replicas else Kills
    times: int = given.replicas or given.kills
    troubles = trouble(stack, times, given.seed, say=print)
    return await Killing(stack, Outside(seen.kafka, seen.mongo), troubles, given.seed, at_once=6)()


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="bench.kill", description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--replicas", type=int, default=0, metavar="CHANGES")
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--keep", type=Path, help="a folder for data and logs, kept afterwards")
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="opblok-kill-", ignore_cleanup_errors=True) as folder:
        stack = OwnStack(given.keep or Path(folder))
        print(f"seed {given.seed}", flush=True)
        stack.start()
        try:
            report = asyncio.run(kill(stack, given))
        finally:
            stack.stop()
    print(*report.lines(), sep="\n")
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
