"""Settings of crm."""

from pathlib import Path

from chassis.settings import ServiceSettings, SettingsProblem, secret
from pydantic import Field, SecretStr

SHORTEST_KEY = 32


class CrmSettings(ServiceSettings):
    """What crm is told besides what every service is."""

    issuer_url: str = Field(
        default="http://127.0.0.1:8101",
        description="crm's address as others reach it; the `iss` of its tokens.",
    )
    phone_key: SecretStr | None = Field(
        default=None,
        description="Key of the hashes by which customers are found by phone; 32 characters or more. Never changes.",
    )
    phone_key_file: Path | None = Field(default=None, description="File that holds the phone key.")
    bootstrap_file: Path | None = Field(
        default=None,
        description="JSON file with the first shop, owner, staff and programs; applied at each start, idempotently.",
    )

    def phone_hash_key(self) -> bytes:
        """The key of the look-up hashes."""
        remedy = "Make one with `opblok keys generate`; `make up` does so by itself."
        key = secret(self.phone_key, self.phone_key_file, "OPBLOK_PHONE_KEY", remedy=remedy)
        if len(key) < SHORTEST_KEY:
            raise SettingsProblem(
                f"OPBLOK_PHONE_KEY has {len(key)} characters and needs {SHORTEST_KEY}. {remedy}"
            )
        return key.encode()
