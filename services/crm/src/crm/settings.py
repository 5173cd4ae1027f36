"""Settings of crm."""

from pathlib import Path

from chassis.settings import SettingsProblem, secret
from pydantic import Field, SecretStr

from crm.bitrix_settings import Bitrix24Settings

SHORTEST_KEY = 32


class CrmSettings(Bitrix24Settings):
    """What crm is told besides what every service is."""

    issuer_url: str | None = Field(
        default=None,
        description="crm's address as others reach it, the `iss` of its tokens; the first of OPBLOK_ISSUERS if not given.",
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
    password_memory_kib: int = Field(
        default=19_456,
        ge=8,
        description="Memory of one argon2id digest, in KiB; digests are renewed at log-in.",
    )
    password_passes: int = Field(
        default=2, ge=1, description="Passes of one argon2id digest over its memory."
    )

    import_workbook_max_megabytes: int = Field(
        default=2048,
        ge=128,
        description="Memory that reading one workbook of customers may take, in a process of its own.",
    )

    customer_kept_days: int = Field(
        default=0,
        ge=0,
        description="Days of silence after which a customer is erased by himself (152-FZ art. 21); 0: never. Warranty and tax terms are longer than you think.",
    )

    notes_kept_days: int = Field(
        default=365,
        ge=0,
        description="Days of silence after which a customer's type and notes are dropped (market-facts 3); 0: kept as long as he is.",
    )

    handover_hours: float = Field(
        default=4.0,
        gt=0,
        le=400,
        description="Hours of working time in which an account manager accepts a customer after the sale (R98).",
    )

    handover_after_first_order: bool = Field(
        default=True,
        description="Whether a sales manager's customer goes to an account manager with his first completed order (R98).",
    )

    @property
    def issuer(self) -> str:
        """The `iss` of crm's tokens."""
        return (self.issuer_url or self.auth.issuers.split(",")[0]).strip().rstrip("/")

    @property
    def other_issuers(self) -> list[str]:
        """Whose tokens are believed besides crm's own."""
        named = [each.strip().rstrip("/") for each in self.auth.issuers.split(",")]
        return [each for each in named if each and each != self.issuer]

    def phone_hash_key(self) -> bytes:
        """The key of the look-up hashes."""
        remedy = "Make one with `opblok keys generate`; `make up` does so by itself."
        key = secret(self.phone_key, self.phone_key_file, "OPBLOK_PHONE_KEY", remedy=remedy)
        if len(key) < SHORTEST_KEY:
            raise SettingsProblem(
                f"OPBLOK_PHONE_KEY has {len(key)} characters and needs {SHORTEST_KEY}. {remedy}"
            )
        return key.encode()
