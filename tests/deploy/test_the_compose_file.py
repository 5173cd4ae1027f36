"""`docker compose` reads the file, and it says what `opblok up` and the table of settings say."""

import copy
from pathlib import Path
from typing import Any

import pytest
from contracts.topics import topics
from opblok.stack.keeping import Keeping
from opblok.stack.server_secrets import ServerSecrets

from tests.deploy.agreement import disagreements
from tests.deploy.compose_file import FOLDER, careless, places, rendered


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return rendered()


@pytest.fixture
def broken(compose: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(compose)


def test_it_tells_each_service_what_opblok_up_does(compose: dict[str, Any]) -> None:
    assert disagreements(places(compose)) == []


def test_it_is_careful(compose: dict[str, Any]) -> None:
    assert careless(compose) == []
    assert compose["networks"]["servers"]["internal"] is True


def test_a_shops_own_additions_are_read_and_known(compose: dict[str, Any]) -> None:
    merged = rendered(FOLDER / "compose.override.example.yaml")

    assert disagreements(places(merged)) == []
    assert merged["services"]["notifications"]["environment"]["OPBLOK_MAIL"] == "smtp"


def test_every_secret_is_made_by_the_command_and_given_to_somebody(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    made = {each.name for each in ServerSecrets(Keeping(tmp_path, staff=())).make()}

    used = {each["source"] for told in compose["services"].values() for each in told.get("secrets", [])}
    assert set(compose["secrets"]) == used
    assert made - used == {"site.client-secret"}  # for the site, which is not ours
    assert used <= made


def test_the_topics_are_those_of_contracts_with_the_partitions_of_a_cluster(compose: dict[str, Any]) -> None:
    (partitions,) = {topic.partitions for topic in topics("production")}

    assert f"opblok topics apply --partitions {partitions}" in " ".join(
        compose["services"]["prepare"]["command"]
    )


@pytest.mark.parametrize(
    ("where", "name", "value", "said"),
    [
        ("environment", "OPBLOK_PORT", "9999", "orders: listens at 9999 and [8103], not at 8103"),
        ("environment", "OPBLOK_CRM_URL", "http://crm:8110", "orders: OPBLOK_CRM_URL is http://crm:8110"),
        ("environment", "OPBLOK_TEA", "green", "orders: OPBLOK_TEA is not in the table of settings"),
        (
            "environment",
            "OPBLOK_SURVEY_URL",
            "http://quality:8106",
            "orders: OPBLOK_SURVEY_URL is not in the table",
        ),
        (
            "environment",
            "OPBLOK_LINK_KEY_FILE",
            "/run/secrets/phone.key",
            "orders: OPBLOK_LINK_KEY_FILE names",
        ),
        ("environment", "OPBLOK_LINK_KEY_FILE", None, "orders: OPBLOK_LINK_KEY_FILE is not given"),
        ("secrets", "crm.vault-keys", "", "orders: holds crm.vault-keys, which is another's"),
    ],
)
def test_a_disagreement_is_found(
    broken: dict[str, Any], where: str, name: str, value: str | None, said: str
) -> None:
    orders = broken["services"]["orders"]
    if where == "secrets":
        orders["secrets"].append({"source": name})
    elif value is None:
        del orders["environment"][name]
    else:
        orders["environment"][name] = value

    (line,) = disagreements(places(broken))

    assert line.startswith(said)


@pytest.mark.parametrize(
    ("service", "name", "value", "said"),
    [
        ("orders", "ports", [{"target": 8103, "host_ip": "0.0.0.0"}], "orders: 8103 is open to the world"),
        ("kafka", "ports", [{"target": 9092, "host_ip": "127.0.0.1"}], "kafka: is published"),
        (
            "mongodb",
            "environment",
            {"MONGO_INITDB_ROOT_PASSWORD": "secret"},
            "mongodb: MONGO_INITDB_ROOT_PASSWORD",
        ),
        ("crm", "read_only", False, "crm: may write into its image"),
        ("crm", "cap_drop", None, "crm: keeps rights"),
        ("crm", "restart", "no", "crm: stays down"),
        ("grafana", "image", "grafana/grafana:latest", "grafana: is any version"),
        ("crm", "mem_limit", str(3000 << 20), "the limits of core are"),
    ],
)
def test_a_carelessness_is_found(
    broken: dict[str, Any], service: str, name: str, value: object, said: str
) -> None:
    broken["services"][service][name] = value

    (line,) = careless(broken)

    assert line.startswith(said)


def test_a_missing_service_is_found(broken: dict[str, Any]) -> None:
    del broken["services"]["telephony-router"]

    assert disagreements(places(broken)) == ["telephony_router: is not there"]
