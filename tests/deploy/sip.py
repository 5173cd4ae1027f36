"""Kamailio with our configuration, and sipp as caller and as telephones, on free ports of this machine."""

import asyncio
import os
import random
import shutil
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from chassis.testing.waiting import eventually

HOST = "127.0.0.1"
SCENES = Path(__file__).parent / "sipp"
CONFIGURATION = Path(__file__).parents[2] / "deploy" / "kamailio" / "kamailio.cfg"
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/bin"))
KAMAILIO, SIPP = shutil.which("kamailio", path=PATH), shutil.which("sipp", path=PATH)
ASKED = (
    "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {via};branch=z9hG4bK{call};rport\r\n{more}"
    "From: <sip:{caller}@{via}>;tag=c\r\nTo: <sip:main@proxy>{tag}\r\nCall-ID: {call}\r\nCSeq: 1 {method}\r\n"
    "Contact: <sip:c@{via}>\r\nMax-Forwards: {hops}\r\nContent-Length: 0\r\n\r\n"
)


def message(method: str, via: str, uri: str = "sip:main@proxy", **more: str) -> str:
    """A request by hand."""
    usual = {"more": "", "caller": "c", "tag": "", "call": "by-hand", "hops": "9"}
    return ASKED.format(method=method, via=via, uri=uri, **(usual | more))


def free_ports(count: int = 1) -> list[int]:
    """UDP ports that nobody has, each with the next two free as well: sipp takes three for media. Below those that the system
    hands out, so that nobody is given one meanwhile.
    """
    found: set[int] = set()
    while len(found) < count:
        port = random.randrange(20_000, 32_000, 4)
        if all(_free(each) for each in (port, port + 1, port + 2)):
            found.add(port)
    return list(found)


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
        return True


def _listens(process_id: int, port: int) -> bool:
    """Whether it has the port; trying to take it would be in its way."""
    return any(each.laddr.port == port for each in psutil.Process(process_id).net_connections("udp"))


@asynccontextmanager
async def process(*command: str, log: Path, **environment: str) -> AsyncGenerator[Process]:
    """A process and all its children, gone when the block ends."""
    with log.open("wb") as file:
        made = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL, stdout=file, stderr=file, cwd=log.parent,
            env={**os.environ, **environment}, start_new_session=True,
        )  # fmt: skip
    try:
        yield made
    finally:
        for ask in (signal.SIGTERM, signal.SIGKILL):
            if made.returncode is None:
                _signal(made.pid, ask)
                await asyncio.wait({asyncio.ensure_future(made.wait())}, timeout=5)
        _signal(made.pid, signal.SIGKILL)


def _signal(group: int, what: signal.Signals) -> None:
    try:
        os.killpg(group, what)
    except ProcessLookupError:
        return


@contextmanager
def datagrams() -> Generator[socket.socket]:
    """A UDP socket that waits for nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind((HOST, 0))
        made.setblocking(False)
        yield made


def heard(sock: socket.socket) -> str:
    """The next datagram, or nothing."""
    try:
        return sock.recv(65536).decode()
    except BlockingIOError:
        return ""


def at(sock: socket.socket) -> str:
    """Where it is."""
    return f"{HOST}:{sock.getsockname()[1]}"


def code_of(answer: str) -> int:
    """Of a response."""
    return int(answer.split()[1])


@dataclass
class Exchange:
    """Kamailio, running; telephones and callers that are started at it."""

    port: int
    folder: Path
    log: Path

    async def answer_to(self, method: str, uri: str = "sip:main@proxy", **more: str) -> int:
        """The code that a request is answered with, asked again until it is."""
        with datagrams() as sock:
            text = message(method, at(sock), uri, **more)

            def answer() -> str:
                sock.sendto(text.encode(), (HOST, self.port))
                return heard(sock)

            return code_of(await eventually(answer, 10, what="an answer of Kamailio"))

    @asynccontextmanager
    async def telephone(self, scene: str, port: int) -> AsyncGenerator[Process]:
        """A telephone that is rung once."""
        (media, control) = free_ports(2)
        more = ("-p", str(port), "-mp", str(media), "-cp", str(control), "-m", "1")
        async with self._sipp(scene, more, f"{scene}-{port}") as made:
            await eventually(lambda: _listens(made.pid, port), 10, what=f"{scene} at its port")
            yield made

    async def called(self, scene: str, caller: str, within: float = 30) -> None:
        """A caller plays his scene to its end."""
        (port, media, control) = free_ports(3)
        more = ("-p", str(port), "-mp", str(media), "-cp", str(control), "-m", "1", "-s", "main")
        async with self._sipp(scene, (*more, "-key", "caller", caller), scene) as made:
            await played(made, within)

    @asynccontextmanager
    async def _sipp(self, scene: str, more: Sequence[str], name: str) -> AsyncGenerator[Process]:
        file = str(SCENES / f"{scene}.xml")
        usual = ("-sf", file, "-i", HOST, "-nostdin", "-timeout", "40", "-timeout_error", "-trace_err")
        errors = ("-error_file", f"{name}.errors")
        at = f"{HOST}:{self.port}"
        async with process(
            SIPP or "sipp", at, *usual, *errors, *more, log=self.folder / f"{name}.log"
        ) as made:
            yield made


async def played(made: Process, within: float = 10) -> None:
    """It came to its end, and as its scene has it; else its `.errors` say what was otherwise."""
    async with asyncio.timeout(within):
        assert await made.wait() == 0


@asynccontextmanager
async def exchange(folder: Path, *, router: str, token: str, emergency: str) -> AsyncGenerator[Exchange]:
    """Kamailio, until the block ends."""
    (port,), log = free_ports(), folder / "kamailio.log"
    command = (
        KAMAILIO or "kamailio",
        "-f",
        str(CONFIGURATION),
        "-DD",
        "-E",
        "-m",
        "32",
        "-M",
        "8",
        "-Y",
        str(folder),
    )
    told = {
        "OPBLOK_SIP_LISTEN": f"{HOST}:{port}",
        "OPBLOK_ROUTER_URL": router,
        "OPBLOK_KAMAILIO_TOKEN": token,
        "OPBLOK_EMERGENCY_URI": emergency,
    }
    async with process(*command, log=log, **told) as made:
        it = Exchange(port, folder, log)
        try:
            await it.answer_to("OPTIONS")
        except AssertionError:
            raise AssertionError(f"{made.returncode}: {log.read_text(errors='replace')[-3000:]}") from None
        yield it
