"""The services as parts of the embedded stack: each a process of its own, told everything by variables."""

import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.embedded.ground import LOOPBACK, require_port
from chassis.embedded.program import Program

from opblok.home import Home
from opblok.stack.keeping import Keeping
from opblok.stack.settings import SERVICES, StackSettings
from opblok.supervision.part import Part

SESSION = "3"  # seconds; a killed service's partitions are free again soon (wire.md 7)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this stack's Kafka and MongoDB are, and where spans are told to, if anywhere."""

    kafka: str
    mongo: str
    zipkin: str | None = None


def service(name: str, settings: StackSettings, home: Home, addresses: Addresses) -> Part:
    port = settings.port_of(name)
    url = f"http://{LOOPBACK}:{port}"
    environment = told(name, settings, home, addresses)
    return Part(
        Program(name, served_by(name, port), home.log(name), environment, stop_within=20.0),
        url,
        is_ready=lambda: answers(f"{url}/health/ready"),
        prepare=lambda: require_port(port, name, f"OPBLOK_{name.upper()}_PORT"),
    )


def served_by(name: str, port: int) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "uvicorn", "--factory", f"{name}.app:create"),
        *("--host", LOOPBACK, "--port", str(port), "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "10"),
    )


def told(name: str, settings: StackSettings, home: Home, addresses: Addresses) -> Mapping[str, str]:
    """The variables of this service; what the user has set beside them (OTEL_*, OPBLOK_LOG_LEVEL) is inherited."""
    urls = {each: f"http://{LOOPBACK}:{settings.port_of(each)}" for each in SERVICES}
    keeping = Keeping(home.secrets)
    return {
        "OPBLOK_MODE": "development",
        "OPBLOK_KAFKA": addresses.kafka,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": SESSION,
        "OPBLOK_MONGO": addresses.mongo,
        "OPBLOK_HOST": LOOPBACK,
        "OPBLOK_PORT": str(settings.port_of(name)),
        "OPBLOK_ISSUERS": urls["crm"],
        "OPBLOK_TOKEN_URL": f"{urls['crm']}/oauth/token",
        "OPBLOK_CLIENT_ID": name,
        "OPBLOK_CLIENT_SECRET_FILE": str(keeping.client_secret(name)),
        "OPBLOK_VAULT_KEYS_FILE": str(keeping.vault_keys(name)),
        **{f"OPBLOK_{each.upper()}_URL": url for each, url in urls.items()},
        **({"OTEL_EXPORTER_ZIPKIN_ENDPOINT": addresses.zipkin} if addresses.zipkin else {}),
        **own(name, urls, home, keeping),
    }


def own(name: str, urls: Mapping[str, str], home: Home, keeping: Keeping) -> Mapping[str, str]:
    """What this service alone is told."""
    match name:
        case "crm":
            return {
                "OPBLOK_ISSUER_URL": urls["crm"],
                "OPBLOK_PHONE_KEY_FILE": str(keeping.phone_key()),
                "OPBLOK_BOOTSTRAP_FILE": str(keeping.bootstrap_file),
            }
        case "orders":
            return {"OPBLOK_PUBLIC_URL": urls[name], "OPBLOK_LINK_KEY_FILE": str(keeping.link_key(name))}
        case "quality":
            return {"OPBLOK_SURVEY_URL": urls[name], "OPBLOK_SURVEY_KEY_FILE": str(keeping.link_key(name))}
        case "notifications":
            return {"OPBLOK_MAILBOX": str(home.mailbox)}
        case "telephony_router":
            return {
                "OPBLOK_PHONE_KEY_FILE": str(keeping.phone_key()),
                "OPBLOK_WEBHOOK_SECRET_FILE": str(keeping.webhook_secret(name)),
            }
        case _:
            return {}


def answers(url: str) -> bool:
    """Whether the address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=1.0) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)  # noqa: PLR2004
    except (OSError, urllib.error.URLError):
        return False
