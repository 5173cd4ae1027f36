"""`python -m bench.kill [--kills 100]`: what is left after a hundred kills. Exit code 1 when anything is wrong."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from bench.killing.evidence import Outside
from bench.killing.report import Report
from bench.killing.run import Killing
from bench.own_stack import OwnStack


async def kill(stack: OwnStack, kills: int, seed: int) -> Report:
    seen = stack.seen
    return await Killing(stack, Outside(seen.kafka, seen.mongo), kills, seed, say=print)()


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="bench.kill", description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--keep", type=Path, help="a folder for data and logs, kept afterwards")
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="opblok-kill-", ignore_cleanup_errors=True) as folder:
        stack = OwnStack(given.keep or Path(folder))
        print(f"{given.kills} kills, seed {given.seed}", flush=True)
        stack.start()
        try:
            report = asyncio.run(kill(stack, given.kills, given.seed))
        finally:
            stack.stop()
    print(*report.lines(), sep="\n")
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
