"""`docker compose` reads the file, and it says what `opblok up`, the table of settings and contracts say: by checks that were each seen to fail."""

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from contracts.topics import topics
from opblok.stack.keeping import Keeping
from opblok.stack.server_secrets import ServerSecrets

from tests.deploy.agreement import disagreements
from tests.deploy.compose_file import FOLDER, careless, early, places, rendered, unkept, wrong_secrets
from tests.deploy.topics_made import wrong_topics

Compose = dict[str, Any]
GONE = object()


def made(folder: Path) -> set[str]:
    return {each.name for each in ServerSecrets(Keeping(folder, staff=())).make()}


@pytest.fixture(scope="module")
def compose() -> Compose:
    return rendered()


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Callable[[Compose], list[str]]]:
    """All there are."""
    secrets = made(tmp_path_factory.mktemp("secrets"))
    return {
        "what services are told": lambda compose: disagreements(places(compose)),
        "care": careless,
        "order": early,
        "data": unkept,
        "secrets": lambda compose: wrong_secrets(compose, secrets),
        "topics": lambda compose: wrong_topics(
            " ".join(compose["services"]["prepare"]["command"]), topics("production"), replicas=1
        ),
    }


def test_all_checks_are_content(
    compose: Compose, checks: Mapping[str, Callable[[Compose], list[str]]]
) -> None:
    assert {name: said for name, check in checks.items() if (said := check(compose))} == {}


def test_a_shops_own_additions_are_read_and_known(compose: Compose) -> None:
    merged = rendered(FOLDER / "compose.override.example.yaml")

    assert disagreements(places(merged)) == []
    assert merged["services"]["notifications"]["environment"]["OPBLOK_MAIL"] == "smtp"


TOLD, CARE, ORDER, DATA, SECRETS, TOPICS = (
    "what services are told", "care", "order", "data", "secrets", "topics",
)  # fmt: skip
ORDERS = "services orders environment"
BROKEN: list[tuple[str, str, object, str]] = [
    (TOLD, f"{ORDERS} OPBLOK_PORT", "9999", "orders: listens at 9999 and [8103], not at 8103"),
    (TOLD, "services orders ports 0 target", 8104, "orders: listens at 8103 and [8104], not at 8103"),
    (TOLD, f"{ORDERS} OPBLOK_CRM_URL", "http://crm:8110", "orders: OPBLOK_CRM_URL is http://crm:8110"),
    (TOLD, f"{ORDERS} OPBLOK_CRM_URL", "http://orders:8103", "orders: OPBLOK_CRM_URL is http://orders:8103"),
    (TOLD, f"{ORDERS} OPBLOK_CLIENT_ID", "claims", "orders: its client is claims"),
    (TOLD, f"{ORDERS} OPBLOK_TEA", "green", "orders: OPBLOK_TEA is not in the table of settings"),
    (TOLD, f"{ORDERS} OPBLOK_SURVEY_URL", "http://quality:8106", "orders: OPBLOK_SURVEY_URL is not in the"),
    (TOLD, f"{ORDERS} OPBLOK_LINK_KEY_FILE", "/run/secrets/phone.key", "orders: OPBLOK_LINK_KEY_FILE names"),
    (TOLD, f"{ORDERS} OPBLOK_LINK_KEY_FILE", GONE, "orders: OPBLOK_LINK_KEY_FILE is not given"),
    (TOLD, "services orders secrets +", {"source": "crm.vault-keys"}, "orders: holds crm.vault-keys, which"),
    (TOLD, "services telephony-router", GONE, "telephony_router: is not there"),
    (CARE, "services orders ports 0 host_ip", "0.0.0.0", "orders: 8103 is open to the world"),
    (CARE, "services kafka ports", [{"target": 9092, "host_ip": "127.0.0.1"}], "kafka: is not in the network"),
    (CARE, "services mongodb networks", {"servers": None, "outside": None}, "mongodb: is not in the network"),
    (CARE, "services mongodb healthcheck", GONE, "mongodb: is never asked how it is"),
    (CARE, "services grafana healthcheck", GONE, "grafana: is never asked how it is"),
    (CARE, "services mongodb environment MONGO_INITDB_ROOT_PASSWORD", "secret", "mongodb: MONGO_INITDB_ROOT_"),
    (CARE, "services crm read_only", False, "crm: may write into its image"),
    (CARE, "services crm cap_drop", GONE, "crm: keeps rights"),
    (CARE, "services crm security_opt", [], "crm: keeps rights"),
    (CARE, "services crm user", "root", "crm: runs as root"),
    (CARE, "services crm restart", "no", "crm: stays down"),
    (CARE, "services crm logging", GONE, "crm: writes its log without end"),
    (CARE, "services grafana image", "grafana/grafana:latest", "grafana: is any version"),
    (CARE, "services kafka image", "apache/kafka", "kafka: is any version"),
    (CARE, "services grafana mem_limit", GONE, "grafana: may take all memory"),
    (CARE, "services crm mem_limit", str(3000 << 20), "the limits of core are"),
    (CARE, "services crm mem_limit", str(256 << 20), "crm: reads workbooks in 256 of 256 MiB"),
    (CARE, "networks servers internal", GONE, "the network of the servers leads outside"),
    (ORDER, "services orders depends_on", GONE, "orders: starts before prepare"),
    (ORDER, "services orders depends_on prepare condition", "service_started", "orders: starts before prepare"),
    (ORDER, "services prepare depends_on mongodb condition", "service_started", "prepare: starts before mongodb"),
    (DATA, "services mongodb volumes", [], "mongodb: /data/db is not kept"),
    (DATA, "services kafka volumes 0 source", GONE, "kafka: /var/lib/kafka/data is not kept"),
    (SECRETS, "secrets tea.key", {"file": "tea.key"}, "tea.key is given to nobody"),
    (SECRETS, "services crm secrets +", {"source": "tea.key"}, "tea.key is not made by the command"),
    (SECRETS, "services quality secrets", [], "quality.client-secret is given to nobody"),
    (SECRETS, "secrets phone.key", {"environment": "PHONE_KEY"}, "phone.key is not a file"),
    (TOPICS, "services prepare command", ["opblok topics apply --partitions 6"], "call.answered: 6 partitions"),
]  # fmt: skip


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case[0]}: {case[3]}")
def test_a_broken_copy_is_found(
    compose: Compose, checks: Mapping[str, Callable[[Compose], list[str]]], case: tuple[str, str, object, str]
) -> None:
    check, path, value, said = case
    broken = copy.deepcopy(compose)
    change(broken, path.split(), value)

    assert checks[check](broken)[0].startswith(said)


def test_every_check_has_been_seen_to_fail(checks: Mapping[str, object]) -> None:
    assert {check for check, *_ in BROKEN} == set(checks)


def change(thing: Any, path: list[str], value: object) -> None:
    """`+` is one more at the end of a list."""
    *way, last = path
    for step in way:
        thing = thing[int(step) if step.isdigit() else step]
    if value is GONE:
        del thing[last]
    elif last == "+":
        thing.append(value)
    else:
        thing[last] = value
