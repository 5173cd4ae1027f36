"""Files of secrets: made once, readable by their owner alone, the same over restarts."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

OWNER_ONLY = 0o600


def kept(file: Path, make: Callable[[], str]) -> Path:
    """The file, made now if it does not exist. Two makers at once end with one secret."""
    if not file.exists():
        write(file, make(), over=False)
    return file


def write(file: Path, text: str, *, over: bool) -> None:
    """Written beside its place and moved in: whole, or not there, and never readable by others."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
    if over:
        fresh.replace(file)
        return
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def password() -> str:
    """Easy to type, hard to guess: 95 bits."""
    return secrets.token_urlsafe(12)


def client_secret() -> str:
    return secrets.token_urlsafe(32)
