"""The ground a server stands on: a port that is free, room on the disk."""

import contextlib
import random
import shutil
import socket
from pathlib import Path

from chassis.embedded.unable import CannotStart

LOOPBACK = "127.0.0.1"
ROOM_NEEDED = 1_000_000_000
GIVEN_TO_NOBODY = range(20_000, 32_000)
"""Below the ports of outgoing connections: Linux has these from 32768, other systems from 49152."""


def free_ports(count: int) -> list[int]:
    """Ports that nobody holds now, all different, and none that a system gives to outgoing connections: whoever knocks
    at a killed server's port may else be given that very port, and the server finds it taken.
    """
    with contextlib.ExitStack() as held:
        found: list[int] = []
        for port in random.sample(GIVEN_TO_NOBODY, len(GIVEN_TO_NOBODY)):
            probe = held.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                found.append(port)
            if len(found) == count:
                return found
    raise CannotStart(
        f"{count} free ports were not found below {GIVEN_TO_NOBODY.stop}.", "stop what listens there."
    )


def is_listening(port: int) -> bool:
    """Whether somebody answers on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def require_port(port: int, wanted_by: str, setting: str) -> None:
    """Refuse with the holder's name, rather than let a server die with a stack trace."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as taken:
            raise CannotStart(
                f"Port {port}, which {wanted_by} needs, is taken{holder(port)} ({taken.strerror}).",
                f"stop that program, or choose another port: {setting}=<port> (or --port-base for all).",
            ) from taken


def holder(port: int) -> str:
    """` by NAME (pid N)`, as far as this user may know it."""
    with contextlib.suppress(Exception):
        import psutil

        for connection in psutil.net_connections("tcp"):
            where = connection.laddr
            if connection.status == psutil.CONN_LISTEN and where and where.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return ""


def require_room(folder: Path, needed: int = ROOM_NEEDED) -> None:
    """Kafka and MongoDB preallocate their files; too little room would end in a broken start."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotStart(
            f"{folder} has {free / 1e9:.1f} GB free; the embedded servers need about {needed / 1e9:.0f} GB.",
            "free some room, or set OPBLOK_HOME to a folder on a larger disk.",
        )
