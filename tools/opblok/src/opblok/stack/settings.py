"""Settings of the embedded stack; the services' own are in `chassis.settings`."""

from chassis.settings import Settings
from contracts.topics import Mode
from pydantic import Field, SecretStr

SERVICES = (
    "crm",
    "procurement",
    "orders",
    "logistics",
    "notifications",
    "quality",
    "claims",
    "telephony_router",
)


class StackSettings(Settings):
    """What `opblok up` starts, and where it listens."""

    kafka: str | None = Field(default=None, description="A Kafka to use; when given, none is started.")
    mongo: SecretStr | None = Field(
        default=None, description="A MongoDB (replica set) to use; when given, none is started."
    )
    topics: Mode = Field(
        default="development",
        description="How `opblok up` makes topics: `development` (3 partitions, 1 replica), or `production` (12 partitions,"
        " 3 replicas, 2 of them in sync) where OPBLOK_KAFKA names three brokers.",
    )
    kafka_port: int = Field(default=19092, ge=1, le=65535, description="Port of the embedded Kafka.")
    kafka_controller_port: int = Field(
        default=19093, ge=1, le=65535, description="Port of the embedded Kafka's controller."
    )
    mongo_port: int = Field(default=27217, ge=1, le=65535, description="Port of the embedded MongoDB.")
    traces: bool = Field(
        default=False,
        description="Start Zipkin, and let the services tell it their traces (`make up TRACES=1`).",
    )
    zipkin_port: int = Field(default=9411, ge=1, le=65535, description="Port of Zipkin, where it is started.")
    crm_port: int = Field(default=8101, ge=1, le=65535, description="Port of crm under `opblok up`.")
    procurement_port: int = Field(
        default=8102, ge=1, le=65535, description="Port of procurement under `opblok up`."
    )
    orders_port: int = Field(default=8103, ge=1, le=65535, description="Port of orders under `opblok up`.")
    logistics_port: int = Field(
        default=8104, ge=1, le=65535, description="Port of logistics under `opblok up`."
    )
    notifications_port: int = Field(
        default=8105, ge=1, le=65535, description="Port of notifications under `opblok up`."
    )
    quality_port: int = Field(default=8106, ge=1, le=65535, description="Port of quality under `opblok up`.")
    claims_port: int = Field(default=8107, ge=1, le=65535, description="Port of claims under `opblok up`.")
    telephony_router_port: int = Field(
        default=8108, ge=1, le=65535, description="Port of telephony_router under `opblok up`."
    )

    def port_of(self, service: str) -> int:
        port: int = getattr(self, f"{service}_port")
        return port


def from_base(base: int) -> dict[str, str]:
    """All ports in one block, as variables: servers from the base on, services from ten above it."""
    servers = {"KAFKA_PORT": 0, "KAFKA_CONTROLLER_PORT": 1, "MONGO_PORT": 2, "ZIPKIN_PORT": 3}
    services = {f"{service.upper()}_PORT": 10 + n for n, service in enumerate(SERVICES, start=1)}
    return {f"OPBLOK_{name}": str(base + offset) for name, offset in (servers | services).items()}
