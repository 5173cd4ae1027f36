"""Making a new MongoDB ready for the services: its replica set, and a user for each that may touch his own data alone."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chassis.embedded.mongo import configuration
from chassis.moving_clock import DATABASE as CLOCK
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from opblok.stack.settings import SERVICES

USER_EXISTS = 51003
PRIMARY_WITHIN = 60.0

Client = MongoClient[dict[str, Any]]


class NotPrepared(Exception):
    """MongoDB was not made ready; the text says why."""


def initiate(direct: Client, replica_set: str, member: str) -> bool:
    """A replica set of this one member, unless it is in one already; answer whether it was made now."""
    made = configuration(direct) is None
    if made:
        wanted = {"_id": replica_set, "members": [{"_id": 0, "host": member}]}
        direct.admin.command("replSetInitiate", wanted)
    limit = time.monotonic() + PRIMARY_WITHIN
    while not direct.admin.command("hello").get("isWritablePrimary"):
        if time.monotonic() > limit:
            raise NotPrepared(f"{member} is no primary after {PRIMARY_WITHIN:.0f} s.")
        time.sleep(0.2)
    return made


def make_users(primary: Client, passwords: Mapping[str, str], prefix: str) -> dict[str, bool]:
    """Each service's user: new ones are made, known ones get the password and the roles they are to have.

    The answer says who is new.
    """
    return {name: _user(primary, name, word, prefix) for name, word in passwords.items()}


def passwords_in(folder: Path) -> dict[str, str]:
    """As `opblok secrets make` wrote them."""
    try:
        return {each: (folder / f"{each}.mongodb-password").read_text().strip() for each in SERVICES}
    except OSError as missing:
        raise NotPrepared(f"{missing.filename} can't be read: {missing.strerror}.") from missing


def _user(primary: Client, name: str, password: str, prefix: str) -> bool:
    roles = [{"role": "readWrite", "db": f"{prefix}{name}"}, {"role": "read", "db": CLOCK}]
    try:
        primary.admin.command("createUser", name, pwd=password, roles=roles)
    except PyMongoError as refused:
        if getattr(refused, "code", None) != USER_EXISTS:
            raise
        primary.admin.command("updateUser", name, pwd=password, roles=roles)
        return False
    return True
