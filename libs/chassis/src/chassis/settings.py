"""Settings by environment variables, one small class a concern. Every field says what it means.

A secret may stand in a file: give `<VARIABLE>_FILE`. A wrong value stops the service with one readable message.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

T = TypeVar("T")


class Settings(BaseSettings):
    """What all settings classes share: prefix `OPBLOK_`, read once, frozen."""

    model_config = SettingsConfigDict(
        env_prefix="OPBLOK_", frozen=True, extra="ignore", env_ignore_empty=True
    )


class SettingsProblem(Exception):
    """A setting is missing or wrong; the text names the variable and the remedy."""


def secret(value: SecretStr | None, file: Path | None, variable: str, *, remedy: str) -> str:
    """A secret from its variable or its file; raise `SettingsProblem` when there is none."""
    if value is not None:
        return value.get_secret_value()
    if file is None:
        raise SettingsProblem(f"{variable} (or {variable}_FILE) is not set. {remedy}")
    try:
        return file.read_text().strip()
    except OSError as wrong:
        raise SettingsProblem(f"{variable}_FILE: {file} can't be read: {wrong.strerror}. {remedy}") from wrong


class KafkaSettings(Settings):
    """Where Kafka is, and how to speak to it."""

    model_config = SettingsConfigDict(
        env_prefix="OPBLOK_KAFKA_", frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    servers: str = Field(
        default="127.0.0.1:19092",
        validation_alias="OPBLOK_KAFKA",
        description="Bootstrap servers of Kafka, `host:port`, parted by commas.",
    )
    security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="Security protocol of Kafka."
    )
    mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="SASL mechanism, with SASL_PLAINTEXT or SASL_SSL."
    )
    username: str | None = Field(default=None, description="SASL user.")
    password: SecretStr | None = Field(default=None, description="SASL password.")
    password_file: Path | None = Field(default=None, description="File that holds the SASL password.")
    ca_file: Path | None = Field(
        default=None, description="PEM file of the authority that signed the brokers."
    )
    cert_file: Path | None = Field(
        default=None, description="PEM file of the client's certificate (mutual TLS)."
    )
    key_file: Path | None = Field(default=None, description="PEM file of the client's key (mutual TLS).")
    session_timeout: float = Field(
        default=10.0,
        ge=1,
        le=300,
        description="Seconds after which Kafka gives a silent consumer's partitions to others.",
    )
    group: str | None = Field(default=None, description="Consumer group; the service's name when not given.")

    @model_validator(mode="before")
    @classmethod
    def password_from_file(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A password that stands in a file is read from there."""
        if given.get("password_file") and not given.get("password"):
            given["password"] = Path(given["password_file"]).read_text().strip()
        return given


class MongoSettings(Settings):
    """Where MongoDB is."""

    mongo: SecretStr = Field(
        default=SecretStr("mongodb://127.0.0.1:27217/?replicaSet=rs0"),
        description="Connection string of MongoDB (a replica set), credentials included.",
    )
    mongo_ca_file: Path | None = Field(
        default=None, description="PEM file of the authority that signed MongoDB (TLS)."
    )
    mongo_cert_file: Path | None = Field(
        default=None, description="PEM file of certificate and key (mutual TLS)."
    )
    mongo_database_prefix: str = Field(
        default="opblok_",
        pattern=r"^[a-z][a-z0-9_]{0,30}$",
        description="Each service's database is this and its name.",
    )


class AuthSettings(Settings):
    """Whose tokens are believed, and how this service gets its own."""

    issuers: str = Field(
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
    token_url: str = Field(
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

    crm_url: str = Field(default="http://127.0.0.1:8101", description="Address of crm.")
    procurement_url: str = Field(default="http://127.0.0.1:8102", description="Address of procurement.")
    orders_url: str = Field(default="http://127.0.0.1:8103", description="Address of orders.")
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


def described(settings: type[Settings]) -> list[tuple[str, str, str, str]]:
    """Rows (variable, type, default, meaning) of a settings class, for the documentation."""
    rows: list[tuple[str, str, str, str]] = []
    for name, field in settings.model_fields.items():
        kind = (
            str(field.annotation)
            .replace("typing.", "")
            .replace("pydantic.types.", "")
            .replace("pathlib.", "")
        )
        kind = getattr(field.annotation, "__name__", kind) if "[" not in kind and "|" not in kind else kind
        default = "" if field.default is None else field.default
        shown = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
        variable = field.validation_alias or f"{settings.model_config.get('env_prefix', '')}{name.upper()}"
        rows.append((str(variable), kind, shown, field.description or ""))
    return rows


def read(settings: Callable[[], T]) -> T:
    """Read settings, or stop the process with one message a person can act on."""
    try:
        return settings()
    except ValidationError as wrong:
        lines = [
            f"{_variable(each['loc'], wrong.title)}: {each['msg']}"
            for each in wrong.errors(include_input=False)
        ]
        stop("\n".join(lines))
    except SettingsProblem as wrong:
        stop(str(wrong))


def _variable(loc: tuple[int | str, ...], title: str) -> str:
    """The variable that a value came from."""
    name = str(loc[0]) if loc else "?"
    prefix = next((c.model_config.get("env_prefix", "") for c in CONCERNS if c.__name__ == title), "OPBLOK_")
    return name if name.startswith("OPBLOK_") else f"{prefix}{name.upper()}"


def stop(message: str) -> NoReturn:
    """Say what is wrong and leave, without a traceback."""
    sys.stderr.write(
        f"opblok can't start:\n{message}\nAll settings: docs/settings.md or `opblok settings`.\n"
    )
    raise SystemExit(2)
