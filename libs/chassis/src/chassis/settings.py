"""Settings, one small class a concern, each field with its meaning. How they are read: `chassis.environment`."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from chassis.environment import (
    Settings,
    SettingsProblem,
    described,
    read,
    secret,
    stop,
)
from chassis.server_settings import KafkaSettings, MongoSettings

__all__ = [
    "CONCERNS",
    "AuthSettings",
    "EdgeSettings",
    "KafkaSettings",
    "MongoSettings",
    "PeersSettings",
    "ServiceSettings",
    "Settings",
    "SettingsProblem",
    "VaultSettings",
    "described",
    "read",
    "secret",
    "stop",
]  # fmt: skip


def _address(given: str) -> str:
    if not given.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    return given


def _addresses(given: str) -> str:
    each_one = [_address(each.strip()) for each in given.split(",") if each.strip()]
    if not each_one:
        raise ValueError("at least one address is needed")
    return ",".join(each_one)


Url = Annotated[str, AfterValidator(_address)]
Urls = Annotated[str, AfterValidator(_addresses)]


class AuthSettings(Settings):
    """Whose tokens are believed, and how this service gets its own."""

    issuers: Urls = Field(
        default="http://127.0.0.1:8101",
        description="OIDC issuers whose tokens are believed, parted by commas.",
    )
    audience: str = Field(default="opblok", description="The audience a token must name.")
    client_id: str | None = Field(
        default=None, description="This service's client id at the issuer; its name if not given."
    )
    client_secret: SecretStr | None = Field(
        default=None, description="This service's client secret at the issuer."
    )
    client_secret_file: Path | None = Field(default=None, description="File that holds the client secret.")
    token_url: Url = Field(
        default="http://127.0.0.1:8101/oauth/token",
        description="Token endpoint for this service's own tokens.",
    )


class VaultSettings(Settings):
    """Keys that seal personal data at rest."""

    vault_keys: SecretStr | None = Field(
        default=None,
        description="Key ring `id:key,id2:key2`; the first key seals, all open. Make one: `opblok keys generate`.",
    )
    vault_keys_file: Path | None = Field(default=None, description="File that holds the key ring.")

    def ring(self) -> str:
        """The key ring's text."""
        remedy = "Make a key with `opblok keys generate`; `make up` does so by itself."
        return secret(self.vault_keys, self.vault_keys_file, "OPBLOK_VAULT_KEYS", remedy=remedy)


class PeersSettings(Settings):
    """Where the other services are."""

    crm_url: Url = Field(default="http://127.0.0.1:8101", description="Address of crm.")
    procurement_url: Url = Field(default="http://127.0.0.1:8102", description="Address of procurement.")
    orders_url: Url = Field(default="http://127.0.0.1:8103", description="Address of orders.")
    logistics_url: Url = Field(default="http://127.0.0.1:8104", description="Address of logistics.")
    notifications_url: Url = Field(default="http://127.0.0.1:8105", description="Address of notifications.")
    quality_url: Url = Field(default="http://127.0.0.1:8106", description="Address of quality.")
    claims_url: Url = Field(default="http://127.0.0.1:8107", description="Address of claims.")
    telephony_router_url: Url = Field(
        default="http://127.0.0.1:8108", description="Address of telephony_router."
    )
    peer_timeout: float = Field(
        default=3.0, gt=0, le=60, description="Seconds to wait for another service's answer."
    )
    peer_attempts: int = Field(
        default=3, ge=1, le=10, description="How often a repeatable call to another service is tried."
    )

    def url_of(self, peer: str) -> str:
        """The address of another service, by its name."""
        return str(getattr(self, f"{peer}_url")).rstrip("/")


class EdgeSettings(Settings):
    """The HTTP edge."""

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8100, ge=1, le=65535, description="Port to listen on.")
    max_body_bytes: int = Field(default=1024 * 1024, ge=1024, description="Largest request body, in bytes.")
    max_in_flight: int = Field(
        default=256, ge=1, description="Requests worked on at once; more are answered 503."
    )
    request_timeout: float = Field(
        default=30.0, gt=0, description="Seconds after which a request is given up (503)."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level of log lines."
    )


class ServiceSettings(Settings):
    """What every service is told; the concerns are read from the same environment when first used."""

    mode: Literal["production", "development"] = Field(
        default="production", description="`development` has the movable clock; never for a real shop."
    )
    role: Literal["all", "api", "worker"] = Field(
        default="all",
        description="What this process does: `api` answers requests, `worker` reacts and keeps deadlines.",
    )

    def problems(self) -> list[str]:
        """What is wrong in any of the concerns."""
        found: list[str] = []
        for concern in ("kafka", "mongo", "auth", "vault", "peers", "edge"):
            try:
                getattr(self, concern)
            except SettingsProblem as wrong:
                found.append(str(wrong))
        return found

    @cached_property
    def kafka(self) -> KafkaSettings:
        """Where Kafka is."""
        return KafkaSettings()

    @cached_property
    def mongo(self) -> MongoSettings:
        """Where MongoDB is."""
        return MongoSettings()

    @cached_property
    def auth(self) -> AuthSettings:
        """Whose tokens are believed."""
        return AuthSettings()

    @cached_property
    def vault(self) -> VaultSettings:
        """Keys at rest."""
        return VaultSettings()

    @cached_property
    def peers(self) -> PeersSettings:
        """Where the others are."""
        return PeersSettings()

    @cached_property
    def edge(self) -> EdgeSettings:
        """The HTTP edge."""
        return EdgeSettings()


CONCERNS: tuple[type[Settings], ...] = (
    ServiceSettings, KafkaSettings, MongoSettings, AuthSettings, VaultSettings, PeersSettings, EdgeSettings,
)  # fmt: skip
