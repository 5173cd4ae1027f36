"""One supervisor for one home."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another supervisor holds this home."""


@contextmanager
def held(file: Path) -> Generator[None]:
    """Held by the kernel, so it ends with the process however that ends."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise AlreadyRunning from taken
        yield


def is_held(file: Path) -> bool:
    try:
        with held(file):
            return False
    except AlreadyRunning:
        return True
