"""Each way to fail on a stranger's machine has words of its own, and a remedy."""

import os
import socket
from pathlib import Path

import pytest
from chassis.embedded import mongo
from chassis.embedded.ground import free_ports, require_port, require_room
from chassis.embedded.jars import check, fetch, pinned
from chassis.embedded.kafka import Kafka, cluster_id, escaped
from chassis.embedded.mongo import Mongo
from chassis.embedded.running import Running
from chassis.embedded.unable import CannotStart
from chassis.embedded.zipkin import Zipkin


def test_a_taken_port_names_its_holder_and_the_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart) as refused:
            require_port(port, "Kafka", "OPBLOK_KAFKA_PORT")

    assert f"Port {port}, which Kafka needs, is taken" in refused.value.what
    assert f"pid {os.getpid()}" in refused.value.what
    assert "OPBLOK_KAFKA_PORT" in refused.value.remedy


def test_a_free_port_is_no_reason() -> None:
    require_port(free_ports(1)[0], "Kafka", "OPBLOK_KAFKA_PORT")


def test_too_little_disk_names_the_folder_and_another_place(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"GB free.*need about") as refused:
        require_room(tmp_path, needed=10**18)

    assert "OPBLOK_HOME" in refused.value.remedy


def test_a_missing_library_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "mongod"
    words = "mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file"
    program.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 127\n")
    program.chmod(0o755)
    monkeypatch.setenv("OPBLOK_MONGOD", str(program))
    mongo.mongod.cache_clear()

    with pytest.raises(CannotStart) as refused:
        Mongo(tmp_path / "data", tmp_path / "log", free_ports(1)[0]).prepare()

    assert "apt-get install libcurl4" in refused.value.remedy
    mongo.mongod.cache_clear()


def test_an_altered_jar_is_refused(tmp_path: Path) -> None:
    name, digest = next(iter(pinned().items()))
    jar = tmp_path / name
    jar.write_bytes(b"not what was tested")

    with pytest.raises(CannotStart, match="not the one that is pinned"):
        check(jar, digest)


def test_an_unreachable_repository_names_the_network_and_the_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPBLOK_MAVEN", f"http://127.0.0.1:{free_ports(1)[0]}")

    with pytest.raises(CannotStart, match="could not be fetched") as refused:
        fetch(tmp_path / "jars", pinned(), lambda _what, _done: None)

    assert "OPBLOK_MAVEN" in refused.value.remedy
    assert not list((tmp_path / "jars").glob("*.jar"))


def test_a_server_that_dies_at_once_shows_its_last_words(tmp_path: Path) -> None:
    broken = Mongo(tmp_path / "elsewhere", tmp_path / "mongo.log", free_ports(1)[0], cache_gb=-1.0)

    with pytest.raises(CannotStart, match="ended while starting") as refused:
        Running(broken).start(within=20)

    assert str(tmp_path / "mongo.log") in refused.value.remedy
    assert "must be greater than or equal to 0.25" in refused.value.what


def test_a_folder_in_russian_is_readable_to_java() -> None:
    assert escaped("/данные") == "/\\u0434\\u0430\\u043d\\u043d\\u044b\\u0435"


def test_a_cluster_id_is_never_taken_for_an_option() -> None:
    made = {cluster_id() for _ in range(200)}

    assert all(len(each) == 22 and not each.startswith("-") for each in made)


def test_a_broker_and_its_controller_listen_where_they_are_told(tmp_path: Path) -> None:
    told = Kafka(tmp_path, tmp_path / "log", 1234, 1235).properties()

    assert "advertised.listeners=PLAINTEXT://127.0.0.1:1234" in told
    assert "controller.quorum.voters=1@127.0.0.1:1235" in told


def test_free_ports_are_none_that_an_outgoing_connection_is_given() -> None:
    ports = free_ports(20)

    assert len(set(ports)) == 20
    assert max(ports) < 32_768


def test_zipkin_that_cannot_be_fetched_names_the_way_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPBLOK_MAVEN", f"http://127.0.0.1:{free_ports(1)[0]}")
    monkeypatch.setenv("OPBLOK_CACHE", str(tmp_path))

    with pytest.raises(CannotStart, match="Zipkin could not be fetched") as refused:
        Zipkin(tmp_path / "log", free_ports(1)[0]).prepare()

    assert "TRACES=1" in refused.value.remedy
    assert not list(tmp_path.glob("*"))
