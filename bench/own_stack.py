"""A whole stack of one's own, to be asked, killed and started again: real processes on free ports, a folder of its own."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from chassis.embedded.ground import free_ports
from chassis.embedded.program import Program, last_lines, spawn
from opblok.home import Home
from opblok.stack.keeping import Keeping
from opblok.stack.settings import SERVICES, StackSettings
from opblok.supervision.seen import Seen, State, read

SUPERVISING = Path(__file__).with_name("supervising.py")
UP_WITHIN = 120.0
PORTS = ("KAFKA_PORT", "KAFKA_CONTROLLER_PORT", "MONGO_PORT", *(f"{each.upper()}_PORT" for each in SERVICES))


class DidNotComeUp(Exception):
    """With the last words of the supervisor."""


@dataclass
class OwnStack:
    """`given`: variables for the supervisor and all it starts; OPBLOK_KAFKA and OPBLOK_MONGO name servers to use.
    `others`: addresses of more replicas of a service, which are asked as well. `services`: those that are started.
    """

    folder: Path
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    others: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    services: tuple[str, ...] = SERVICES
    _process: "subprocess.Popen[bytes] | None" = None
    _ports: list[int] = field(default_factory=lambda: free_ports(len(PORTS)))

    @property
    def home(self) -> Home:
        return Home(self.folder)

    @property
    def environment(self) -> dict[str, str]:
        """What the supervisor is told, and what `opblok` must be told to speak to this stack."""
        ports = {f"OPBLOK_{name}": str(port) for name, port in zip(PORTS, self._ports, strict=True)}
        return {**ports, "OPBLOK_HOME": str(self.folder), "OPBLOK_MODE": "development", **self.given}

    @property
    def settings(self) -> StackSettings:
        """The same for who starts parts of his own beside it."""
        return StackSettings.model_validate(
            {n.lower(): port for n, port in zip(PORTS, self._ports, strict=True)}
        )

    def start(self) -> None:
        """Return when all is up. Call it from the main thread (see `spawn`)."""
        log = self.folder / "supervisor.log"
        program = Program(
            "supervisor", (sys.executable, str(SUPERVISING), *self.services), log, self.environment
        )
        self._process = spawn(program, if_parent_dies=signal.SIGTERM)
        limit = time.monotonic() + UP_WITHIN
        while self.phase != "up":
            if self._process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise DidNotComeUp(f"{self.seen}\n{last_lines(log)}")
            time.sleep(0.1)

    def stop(self) -> None:
        """In order, as Ctrl-C does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(90.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def phase(self) -> str:
        seen = read(self.home.seen)
        return seen.phase if seen and self._process and seen.pid == self._process.pid else ""

    @property
    def seen(self) -> Seen:
        """What the supervisor lets be seen."""
        return read(self.home.seen) or Seen("nothing")

    def url(self, service: str) -> str:
        """Any replica of the service."""
        return random.choice([self.own_url(service), *self.others.get(service, ())])

    def own_url(self, service: str) -> str:
        """The one that the supervisor keeps."""
        return f"http://127.0.0.1:{self.environment[f'OPBLOK_{service.upper()}_PORT']}"

    def kill(self, name: str) -> bool:
        """SIGKILL; False when it was not alive just now."""
        process = self.process(name)
        if process is None:
            return False
        process.kill()
        return True

    def process(self, name: str) -> psutil.Process | None:
        """Of a part; None when it is not alive just now."""
        return next(each for each in self.seen.parts if each.name == name).process()

    def restarts(self) -> dict[str, int]:
        return {part.name: part.restarts for part in self.seen.parts}

    def is_well(self) -> bool:
        """Every part is ready, as far as the supervisor has looked."""
        return all(part.state is State.READY for part in self.seen.parts)

    async def token(self, who: str, within: float = 60.0) -> str:
        """Of a member of the staff, else of a client; asked until crm answers."""
        form = self._credentials(who)
        limit = time.monotonic() + within
        async with httpx.AsyncClient(timeout=10.0) as client:
            while True:
                try:
                    answer = await client.post(f"{self.url('crm')}/oauth/token", data=form)
                except httpx.TransportError:
                    answer = None
                if answer is not None and answer.is_success:
                    return str(answer.json()["access_token"])
                if time.monotonic() > limit:
                    raise TimeoutError(f"no token for {who}: {answer and answer.status_code}")
                await asyncio.sleep(0.2)

    def _credentials(self, who: str) -> dict[str, str]:
        people = Keeping(self.home.secrets).people()
        for each in (people["owner"], *people["staff"]):
            if each["login"] == who:
                return {"grant_type": "password", "username": who, "password": each["password"]}
        secret = next(each["secret"] for each in people["clients"] if each["client_id"] == who)
        return {"grant_type": "client_credentials", "client_id": who, "client_secret": secret}
