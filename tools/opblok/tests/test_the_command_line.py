"""The command line as a stranger meets it: messages with remedies, exit codes, JSON for programs."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from chassis.vault import Vault
from opblok.cli import app
from opblok.durations import duration
from opblok.home import home, project
from opblok.stack.settings import StackSettings, from_base
from opblok.supervision.seen import PartSeen, Seen, State, write
from typer.testing import CliRunner, Result


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPBLOK_HOME", str(tmp_path))
    for name in ("OPBLOK_KAFKA", "OPBLOK_MONGO", "OPBLOK_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_up_with_a_taken_port_names_port_and_setting_and_starts_nothing(
    place: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPBLOK_KAFKA_PORT", str(taken))

    answer = typed("up")

    assert answer.exit_code == 1
    assert f"Port {taken}, which Kafka needs, is taken" in answer.output
    assert "OPBLOK_KAFKA_PORT=<port>" in answer.output
    assert not (place / "logs" / "mongodb.log").exists()


def test_a_wrong_setting_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_ORDERS_PORT", "eighty")

    answer = typed("up")

    assert answer.exit_code == 2
    assert "OPBLOK_ORDERS_PORT" in answer.output
    assert "Traceback" not in answer.output


def test_ps_of_nothing_says_how_to_start(place: Path) -> None:
    answer = typed("ps")

    assert answer.exit_code == 3
    assert "Nothing is running; `opblok up` starts it." in answer.output


def test_ps_for_programs_is_json(place: Path) -> None:
    write(
        Seen("up", parts=(PartSeen("orders", State.READY, "an address", "a log"),)),
        place / "run" / "seen.json",
    )

    answer = typed("ps", "--json")

    seen = json.loads(answer.stdout)
    assert seen["phase"] == "stopped"
    assert [(part["name"], part["state"], part["pid"]) for part in seen["parts"]] == [
        ("orders", "stopped", None)
    ]


def test_logs_shows_the_last_lines_of_a_part(place: Path) -> None:
    (place / "logs").mkdir()
    (place / "logs" / "orders.log").write_text("one\ntwo\nthree\n")

    assert typed("logs", "orders", "-n", "2").output == "two\nthree\n"
    assert "logs there are: orders" in typed("logs", "nobody").output


def test_a_token_without_secrets_says_where_they_come_from(place: Path) -> None:
    answer = typed("token", "--as", "owner")

    assert answer.exit_code == 1
    assert "`opblok up` makes them" in answer.output


def test_down_of_nothing_is_no_mistake(place: Path) -> None:
    answer = typed("down")

    assert (answer.exit_code, answer.output) == (0, "Nothing is running.\n")


def test_time_is_typed_as_people_do() -> None:
    assert duration("1d12h") == timedelta(hours=36)
    assert duration("90 s") == timedelta(seconds=90)
    for wrong in ("", "4", "h", "4 hours", "-4h"):
        with pytest.raises(ValueError, match="write it like 30m"):
            duration(wrong)


def test_a_generated_key_is_a_key_ring() -> None:
    Vault.parse(typed("keys", "generate").stdout.strip())


def test_a_block_of_ports_has_no_port_twice() -> None:
    ports = from_base(45000)

    assert len(set(ports.values())) == len(ports) == 12
    assert {f"OPBLOK_{name.upper()}" for name in StackSettings.model_fields if name.endswith("_port")} == {
        *ports
    }


def test_the_home_is_the_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "services" / "orders").mkdir(parents=True)
    monkeypatch.delenv("OPBLOK_HOME", raising=False)
    monkeypatch.chdir(tmp_path / "services" / "orders")

    assert project(Path.cwd()) == tmp_path
    assert home().folder == tmp_path / ".opblok"
