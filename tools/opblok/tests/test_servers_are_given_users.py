"""Compose and Kubernetes are given files of secrets, and MongoDB a user for each service who may touch his own data alone."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from chassis.embedded.ground import LOOPBACK, free_ports, is_listening
from chassis.embedded.mongo import mongod
from chassis.embedded.running import wait_for
from opblok.cli import app
from opblok.stack.settings import SERVICES
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError
from typer.testing import CliRunner


@dataclass
class Locked:
    """A MongoDB that asks everybody who he is, and the folder of secrets it was made with."""

    member: str
    secrets: Path

    def opblok(self, *words: str) -> str:
        told = {"OPBLOK_MONGO_FILE": str(self.secrets / "admin.mongodb"), "OPBLOK_MONGO": ""}
        done = CliRunner().invoke(app, list(words), env=told)
        assert done.exit_code == 0, done.output
        return done.output

    def client(self, user: str) -> "MongoClient[dict[str, Any]]":
        return MongoClient((self.secrets / f"{user}.mongodb").read_text(), serverSelectionTimeoutMS=5000)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    """As MongoDB's image begins: first open on the loopback, to make an administrator; then with a key file."""
    folder, (port,) = tmp_path_factory.mktemp("locked"), free_ports(1)
    here = Locked(f"{LOOPBACK}:{port}", folder / "secrets")
    CliRunner().invoke(app, ["secrets", "make", str(here.secrets), "--mongodb", here.member])
    key = folder / "keyfile"
    key.write_text((here.secrets / "mongodb.keyfile").read_text())
    key.chmod(0o400)
    (folder / "data").mkdir()
    argv = [
        mongod(),
        "--dbpath",
        str(folder / "data"),
        "--port",
        str(port),
        "--bind_ip",
        LOOPBACK,
        "--nounixsocket",
    ]
    argv += ["--logpath", str(folder / "log"), "--wiredTigerCacheSizeGB", "0.25"]
    with subprocess.Popen(argv) as first:
        wait_for(lambda: is_listening(port), "mongod", within=60.0)
        with MongoClient[dict[str, Any]](f"mongodb://{here.member}/?directConnection=true") as client:
            password = (here.secrets / "admin.mongodb-password").read_text()
            client.admin.command("createUser", "admin", pwd=password, roles=["root"])
        first.terminate()
    with subprocess.Popen([*argv, "--replSet", "rs0", "--keyFile", str(key)]) as second:
        wait_for(lambda: is_listening(port), "mongod", within=60.0)
        yield here
        second.terminate()


def test_what_is_made_stays_and_a_shop_begins_with_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    words = ["secrets", "make", str(folder), "--legal-person", "OOO Romashka"]
    CliRunner().invoke(app, words)
    first = {file.name: file.read_text() for file in folder.iterdir()}

    CliRunner().invoke(app, words)

    people = json.loads(first["bootstrap.json"])
    assert {file.name: file.read_text() for file in folder.iterdir()} == first
    assert people["shop"]["legal_person"] == "OOO Romashka"
    assert people["staff"] == []
    assert {each["client_id"]: each["secret"] for each in people["clients"]} == {
        each: first[f"{each}.client-secret"] for each in (*SERVICES, "site")
    }


def test_containers_can_read_the_files_and_nobody_else_gets_at_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o755)
    CliRunner().invoke(app, ["secrets", "make", str(folder)])

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}


def test_a_new_mongodb_is_made_ready_as_often_as_one_likes(locked: Locked) -> None:
    prepare = ("mongodb", "prepare", "--secrets", str(locked.secrets), "--member", locked.member)

    assert "Users made: crm, procurement" in locked.opblok(*prepare)
    assert locked.opblok(*prepare) == "All users are as they should be.\n"


def test_a_service_may_touch_its_own_data_alone(locked: Locked) -> None:
    locked.opblok("mongodb", "prepare", "--secrets", str(locked.secrets), "--member", locked.member)

    with locked.client("orders") as orders:
        orders["opblok_orders"]["orders"].create_index("tea")
        orders["opblok_orders"]["orders"].insert_one({"_id": "tea"})
        assert orders["opblok_clock"]["clock"].find_one() is None
        for other in ("opblok_crm", "opblok_clock", "admin"):
            with pytest.raises(OperationFailure, match="not authorized"):
                orders[other]["tea"].insert_one({})


def test_nobody_comes_in_without_a_password(locked: Locked) -> None:
    nobody = MongoClient[dict[str, Any]](f"mongodb://{locked.member}/?directConnection=true")

    with nobody, pytest.raises(PyMongoError, match="requires authentication"):
        nobody["opblok_orders"]["orders"].find_one()
