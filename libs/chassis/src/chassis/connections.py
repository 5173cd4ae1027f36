"""How any client of ours reaches Kafka: addresses and security, from settings."""

from pathlib import Path
from ssl import SSLContext, create_default_context
from typing import Protocol, TypedDict

from pydantic import SecretStr


class KafkaAccess(Protocol):
    """What the settings say of Kafka (`chassis.settings.KafkaSettings`)."""

    @property
    def servers(self) -> str: ...
    @property
    def security(self) -> str: ...
    @property
    def mechanism(self) -> str: ...
    @property
    def username(self) -> str | None: ...
    @property
    def password(self) -> SecretStr | None: ...
    @property
    def ca_file(self) -> Path | None: ...
    @property
    def cert_file(self) -> Path | None: ...
    @property
    def key_file(self) -> Path | None: ...
    @property
    def session_timeout(self) -> float: ...


class Access(TypedDict):
    """The arguments that every aiokafka client takes."""

    bootstrap_servers: list[str]
    client_id: str
    security_protocol: str
    ssl_context: SSLContext | None
    sasl_mechanism: str
    sasl_plain_username: str | None
    sasl_plain_password: str | None


def access(kafka: KafkaAccess, client_id: str) -> Access:
    """How to connect."""
    return Access(
        bootstrap_servers=[each.strip() for each in kafka.servers.split(",") if each.strip()],
        client_id=client_id,
        security_protocol=kafka.security,
        ssl_context=_tls(kafka) if kafka.security.endswith("SSL") else None,
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.username,
        sasl_plain_password=kafka.password.get_secret_value() if kafka.password else None,
    )


def _tls(kafka: KafkaAccess) -> SSLContext:
    context = create_default_context(cafile=kafka.ca_file)
    if kafka.cert_file:
        context.load_cert_chain(kafka.cert_file, kafka.key_file)
    return context
