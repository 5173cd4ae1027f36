"""What each service is like to whoever runs it: the one table that the manifests are drawn from.

tests/deploy compares it with the settings, with what `opblok up` gives each service, with compose, and with the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SECRETS = "/run/secrets"
PART_OF = "opblok"
MOST = 12
"""Replicas that have work: as many as a topic has partitions (contracts, `production`)."""


@dataclass(frozen=True)
class Plan:
    """`asks`: other services it calls, besides crm for tokens; `outside`: ports it calls beyond the cluster;
    `own`: variables it alone is told; `files`: secrets it alone is given. Memory is in MiB, what it is given and what it may take.
    `parted`: its callers wait, so on many machines it answers in one Deployment and hears facts and keeps deadlines in another.
    """

    service: str
    port: int
    asks: tuple[str, ...] = ()
    outside: tuple[int, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict[str, str])
    files: tuple[str, ...] = ()
    memory: tuple[int, int] = (160, 256)
    parted: bool = False

    @property
    def name(self) -> str:
        """As DNS takes it."""
        return self.service.replace("_", "-")

    @property
    def worker(self) -> str:
        """The Deployment of role `worker`, where it is parted."""
        return f"{self.name}-worker"

    @property
    def roles(self) -> dict[str, str]:
        """What runs on many machines: each Deployment and its role."""
        return {self.name: "api", self.worker: "worker"} if self.parted else {self.name: "all"}

    @property
    def peers(self) -> tuple[str, ...]:
        """Whom it calls: crm issues everybody's tokens."""
        return tuple(dict.fromkeys((*(() if self.service == "crm" else ("crm",)), *self.asks)))

    @property
    def secrets(self) -> tuple[str, ...]:
        return (
            *(f"{self.service}.{each}" for each in ("client-secret", "mongodb", "vault-keys")),
            *self.files,
        )

    @property
    def told(self) -> dict[str, str]:
        """Its variables, besides those that all are told alike."""
        return {
            "OPBLOK_PORT": str(self.port),
            "OPBLOK_CLIENT_ID": self.service,
            "OPBLOK_CLIENT_SECRET_FILE": f"{SECRETS}/{self.service}.client-secret",
            "OPBLOK_MONGO_FILE": f"{SECRETS}/{self.service}.mongodb",
            "OPBLOK_VAULT_KEYS_FILE": f"{SECRETS}/{self.service}.vault-keys",
            **self.own,
        }


def at(file: str) -> str:
    return f"{SECRETS}/{file}"


HTTPS = (443,)
PLANS = (
    Plan(
        "crm",
        8101,
        outside=HTTPS,
        own={
            "OPBLOK_ISSUER_URL": "http://crm:8101",
            "OPBLOK_PHONE_KEY_FILE": at("phone.key"),
            "OPBLOK_BOOTSTRAP_FILE": at("bootstrap.json"),
            "OPBLOK_IMPORT_WORKBOOK_MAX_MEGABYTES": "256",
        },
        files=("phone.key", "bootstrap.json"),
        memory=(192, 384),
    ),
    Plan(
        "procurement",
        8102,
        outside=(80, 443),
        own={"OPBLOK_FEED_WORKBOOK_MAX_MEGABYTES": "512"},
        memory=(224, 768),
    ),
    Plan(
        "orders",
        8103,
        asks=("logistics", "procurement"),
        outside=HTTPS,
        own={"OPBLOK_LINK_KEY_FILE": at("orders.link-key")},
        files=("orders.link-key",),
    ),
    Plan("logistics", 8104, asks=("orders",), outside=HTTPS),
    Plan("notifications", 8105, asks=("orders", "quality", "claims"), outside=(443, 465, 587)),
    Plan(
        "quality",
        8106,
        asks=("orders",),
        own={"OPBLOK_SURVEY_KEY_FILE": at("quality.link-key")},
        files=("quality.link-key",),
    ),
    Plan("claims", 8107, asks=("orders",)),
    Plan(
        "telephony_router",
        8108,
        outside=HTTPS,
        own={
            "OPBLOK_PHONE_KEY_FILE": at("phone.key"),
            "OPBLOK_WEBHOOK_SECRET_FILE": at("telephony_router.webhook-secret"),
        },
        files=("phone.key", "telephony_router.webhook-secret"),
        parted=True,
    ),
)


def url(plan: Plan) -> str:
    return f"http://{plan.name}:{plan.port}"


def common() -> dict[str, str]:
    """What every service is told, as a ConfigMap holds it. An overlay changes what differs."""
    return {
        "OPBLOK_MODE": "production",
        "OPBLOK_LOG_LEVEL": "INFO",
        "OPBLOK_KAFKA": "kafka:9092",
        "OPBLOK_HOST": "0.0.0.0",  # noqa: S104 (a pod's own network)
        "OPBLOK_ISSUERS": "http://crm:8101",
        "OPBLOK_TOKEN_URL": "http://crm:8101/oauth/token",
        "OPBLOK_PUBLIC_URL": "http://orders:8103",
        "OPBLOK_SURVEY_URL": "http://quality:8106",
        **{f"OPBLOK_{each.service.upper()}_URL": url(each) for each in PLANS},
        "OTEL_METRICS_EXPORTER": "none",
    }
