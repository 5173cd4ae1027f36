"""Another system installs the contracts alone, from a wheel or an sdist, and reads a record by them."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from contracts.catalogue import facts

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "contracts"
WITHIN = 60

READS = """
import json
from importlib.metadata import distributions
from contracts.asyncapi import DOCUMENT
from contracts.catalogue import PACKAGE, example_of, facts, frozen_schema_of
from contracts.publication import published
from contracts.topics import topics

record = {"headers": {"ce_type": "order.created.v1"}, "value": (PACKAGE / "examples" / "order.created.v1.json").read_bytes()}
read = facts()[record["headers"]["ce_type"]].model_validate_json(record["value"])
try:
    facts()["order.created.v1"].model_validate_json(b'{"order": {}}')
except ValueError:
    print("refused")
print(read.order.number, len(topics()), published()["facts"]["order.created.v1"]["since"])
print(sum(bool(frozen_schema_of(fact) and example_of(fact)) for fact in facts().values()))
print(DOCUMENT.read_text(encoding="utf-8").count("ce_type"))
print(*sorted(each.name for each in distributions()))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel and the sdist."""
    folder = tmp_path_factory.mktemp("built")
    build = "import sys; from hatchling.build import *; build_sdist(sys.argv[1]); build_wheel(sys.argv[1])"
    done(sys.executable, "-c", build, str(folder), within=CONTRACTS)
    return folder


@pytest.fixture(scope="module")
def stranger(built: Path) -> Path:
    """The Python of a system that has nothing of opblok but the contracts."""
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    home = built / "stranger"
    [wheel] = built.glob("*.whl")
    done(uv, "venv", "--quiet", "--python", sys.executable, str(home), within=built)
    python = home / "bin" / "python"
    # offline: all it needs came with the environment
    locked = ("--constraint", str(ROOT / "requirements.lock"))
    done(uv, "pip", "install", "--offline", "--python", str(python), *locked, str(wheel), within=built)
    return python


def done(*call: str, within: Path) -> str:
    run = subprocess.run(call, cwd=within, capture_output=True, text=True, check=False, timeout=WITHIN)
    assert run.returncode == 0, f"{run.stdout}{run.stderr}"
    return run.stdout


def test_a_stranger_reads_a_record_by_them(stranger: Path, tmp_path: Path) -> None:
    refused, read, examples, document, installed = done(
        str(stranger), "-c", READS, within=tmp_path
    ).splitlines()

    assert refused == "refused"
    assert read.split()[0] == "1042"
    assert int(examples) == len(facts())
    assert int(document) > len(facts())
    assert {each.lower().replace("_", "-") for each in installed.split()} == {
        *("annotated-types", "opblok-contracts", "pydantic", "pydantic-core", "pyyaml"),
        *("typing-inspection", "typing-extensions"),
    }


def test_a_stranger_asks_the_gate_and_is_told_of_no_break(stranger: Path, tmp_path: Path) -> None:
    assert done(str(stranger), "-m", "contracts.gate", within=tmp_path) == "Nobody is broken.\n"


def test_wheel_and_sdist_carry_what_readers_need(built: Path) -> None:
    [wheel], [sdist] = built.glob("*.whl"), built.glob("*.tar.gz")
    carried = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as tar:
        sources = {name.partition("/")[2] for name in tar.getnames()}

    for type_ in facts():
        assert {f"contracts/schemas/{type_}.json", f"contracts/examples/{type_}.json"} <= carried
        assert {f"schemas/{type_}.json", f"examples/{type_}.json"} <= sources
    assert {
        f"contracts/{each}" for each in ("asyncapi.yaml", "topics.yaml", "published.json", "py.typed")
    } <= carried
    assert {"CHANGELOG.md", "README.md", "src/contracts/asyncapi.yaml", "pyproject.toml"} <= sources


def test_it_is_installed_here_as_it_says_itself() -> None:
    text = (CONTRACTS / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"\n## {version('opblok-contracts')}\n" in text
    assert len(requires("opblok-contracts") or ()) == 2
