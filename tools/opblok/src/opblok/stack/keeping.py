"""All secrets of an embedded opblok, in one folder."""

import base64
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chassis.vault import Vault

from opblok.stack.first_people import STAFF, bootstrap
from opblok.stack.secret_files import client_secret, kept


def ring() -> str:
    """A key ring of one new key, named by its day and a few letters."""
    return f"{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(2)}:{Vault.generate_key()}"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Each service gets its own keys; the one that phones are looked up by is crm's and telephony_router's.

    `staff`: who works here from the first start on besides the owner; `shop`: what is known of the shop.
    """

    folder: Path
    staff: Sequence[Mapping[str, Any]] = STAFF
    shop: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def bootstrap_file(self) -> Path:
        return self.folder / "bootstrap.json"

    def people(self) -> dict[str, Any]:
        return bootstrap(self.bootstrap_file, self.staff, self.shop)

    def vault_keys(self, service: str) -> Path:
        return kept(self.folder / f"{service}.vault-keys", ring)

    def phone_key(self) -> Path:
        return kept(self.folder / "phone.key", lambda: base64.b64encode(os.urandom(32)).decode())

    def link_key(self, service: str) -> Path:
        """What this service's links to customers are signed by."""
        return kept(self.folder / f"{service}.link-key", ring)

    def webhook_secret(self, service: str) -> Path:
        """What those who ring this service up sign their words by."""
        return kept(self.folder / f"{service}.webhook-secret", client_secret)

    def client_secret(self, client: str) -> Path:
        """The same secret as in the bootstrap file, alone in a file of its own."""
        return kept(self.folder / f"{client}.client-secret", lambda: self.secret_of(client))

    def secret_of(self, client: str) -> str:
        found = next(each for each in self.people()["clients"] if each["client_id"] == client)
        return str(found["secret"])
