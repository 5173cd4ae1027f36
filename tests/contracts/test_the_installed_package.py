"""Another system installs the contracts alone, and finds topics, schemas and examples in them."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CONTRACTS = Path(__file__).parents[2] / "contracts"

ASKS = """
import sys
from contracts.catalogue import PACKAGE, example_of, facts, frozen_schema_of
from contracts.topics import topics
assert PACKAGE.is_relative_to(sys.argv[1]), PACKAGE
assert not {"kernel", "chassis", "orders"} & set(sys.modules)
print(len(topics()), *(example_of(fact).type for fact in facts().values() if frozen_schema_of(fact)))
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The wheel, unpacked."""
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    call = [sys.executable, "-c", build, str(tmp_path)]
    subprocess.run(call, cwd=CONTRACTS, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    return tmp_path / "site"


def test_the_package_is_whole_without_its_repository(installed: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-c", ASKS, str(installed)]

    said = subprocess.run(
        call,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "order.created.v1" in said.stdout
