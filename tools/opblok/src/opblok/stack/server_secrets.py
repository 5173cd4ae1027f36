"""Secrets of the servers that containers run: users, passwords, addresses."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from opblok.stack.keeping import Keeping
from opblok.stack.secret_files import kept, password
from opblok.stack.settings import SERVICES

ADMIN = "admin"
OPTIONS = "authSource=admin&w=majority&journal=true"
READABLE = 0o444
"""A container's user is not the host's: who may not enter the folder (0700) can't read its files, and containers can."""


@dataclass(frozen=True, slots=True)
class ServerSecrets:
    """Beside the services' own secrets, in one folder. `members`: MongoDB's `host:port`, parted by commas."""

    keeping: Keeping
    members: str = "mongodb:27017"
    replica_set: str = "rs0"

    @property
    def folder(self) -> Path:
        return self.keeping.folder

    def make(self) -> list[Path]:
        """What is there stays; all files, sorted."""
        self.keeping.people()
        for service in SERVICES:
            self.keeping.client_secret(service)
            self.keeping.vault_keys(service)
            self.mongo(service)
        self.keeping.client_secret("site")
        self.keeping.phone_key()
        self.keeping.link_key("orders")
        self.keeping.link_key("quality")
        self.keeping.webhook_secret("telephony_router")
        self.mongo(ADMIN)
        kept(self.folder / "mongodb.keyfile", lambda: base64.b64encode(os.urandom(64)).decode())
        kept(self.folder / "grafana.password", password)
        self.folder.chmod(0o700)
        made = sorted(each for each in self.folder.iterdir() if each.is_file() and each.suffix != ".yaml")
        for each in made:
            each.chmod(READABLE)
        return made

    def mongo(self, user: str) -> Path:
        """The whole address for this user, his password in it; MongoDB's image wants the administrator's alone, too."""
        own = kept(self.folder / f"{user}.mongodb-password", lambda: secrets.token_urlsafe(32)).read_text()
        address = f"mongodb://{user}:{own}@{self.members}/?replicaSet={self.replica_set}&{OPTIONS}"
        return kept(self.folder / f"{user}.mongodb", lambda: address)
