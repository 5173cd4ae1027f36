"""What the pytest plugin says of the servers of a run, and what it does when there are none."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("aiokafka", "pymongo", "testcontainers", "jgo", "fastapi")


def a_run(folder: Path, test: str, *options: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_it.py").write_text(test)
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder)]
    return subprocess.run(
        [*call, *options, "test_it.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**without_opblok(), "DOCKER_HOST": "tcp://127.0.0.1:1"},
    )


def without_opblok() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("OPBLOK_")}


def test_a_run_without_servers_says_so_and_imports_nothing_heavy(tmp_path: Path) -> None:
    light = f"import sys\ndef test_it():\n    assert not set({HEAVY}) & set(sys.modules)\n"

    ran = a_run(tmp_path, light)

    assert ran.returncode == 0, ran.stdout
    assert "infra: embedded (no test that ran needed it)" in ran.stdout


def test_a_run_whose_servers_are_not_named_fails(tmp_path: Path) -> None:
    ran = a_run(tmp_path, "def test_it(infra): pass\n", "--infra=external")

    assert ran.returncode == 1
    assert "needs OPBLOK_KAFKA and OPBLOK_MONGO" in ran.stdout + ran.stderr
    assert "infra: external: FAILED TO START" in ran.stdout


def test_a_run_in_containers_without_an_engine_fails(tmp_path: Path) -> None:
    ran = a_run(tmp_path, "def test_it(infra): pass\n", "--infra=containers")

    assert ran.returncode == 1
    assert "needs a Docker engine, and none answers" in ran.stdout + ran.stderr
