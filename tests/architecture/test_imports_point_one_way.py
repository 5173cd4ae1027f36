"""Imports point one way, and the linter that holds them to it has been seen to bite on each of its contracts."""

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Plant:
    """A module that breaks a contract, and the chain that the report must show for it."""

    module: str
    imports: str

    @property
    def chain(self) -> str:
        return f"{self.module} -> {self.imports}"


PLANTS = {
    "a service reads from the outside in": Plant("orders.domain.planted", "orders.application"),
    "a domain knows nothing but Python and kernel": Plant("crm.domain.planted", "pydantic"),
    "a use case has no wire and no driver": Plant("procurement.application.planted", "fastapi"),
    "services meet only in contracts": Plant("crm.entrypoints.planted", "orders"),
    "shared code knows no service": Plant("chassis.planted", "procurement"),
}


@dataclass(frozen=True)
class Ground:
    """A copy of all packages, outside of the repository."""

    folder: Path

    def plant(self, plant: Plant) -> None:
        path = self.folder.joinpath(*plant.module.split(".")).with_suffix(".py")
        path.write_text(f"import {plant.imports}\n", encoding="utf-8")

    def lint(self) -> str:
        """What the linter says about the copy."""
        lint = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
        asked = [sys.executable, "-c", lint, "--no-cache", "pyproject.toml"]
        said = subprocess.run(
            asked, cwd=self.folder, env={"COLUMNS": "200"}, capture_output=True, text=True, check=False
        )
        return said.stdout + said.stderr


@pytest.fixture(scope="module")
def contracts(root: Path) -> list[str]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [each["name"] for each in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture
def ground(root: Path, tmp_path: Path) -> Ground:
    folders = [*root.glob("*/src/*"), *root.glob("*/*/src/*")]
    for package in (each for each in folders if (each / "__init__.py").exists()):
        shutil.copytree(package, tmp_path / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return Ground(tmp_path)


def test_each_import_points_the_right_way(ground: Ground, contracts: list[str]) -> None:
    said = ground.lint()

    assert f"{len(contracts)} kept, 0 broken" in said, said


def test_each_contract_has_a_plant_that_breaks_it(contracts: list[str]) -> None:
    assert set(PLANTS) == set(contracts)


@pytest.mark.parametrize(("contract", "plant"), PLANTS.items(), ids=PLANTS.keys())
def test_each_contract_bites(contract: str, plant: Plant, ground: Ground) -> None:
    ground.plant(plant)

    said = ground.lint()

    assert f"{contract} BROKEN" in said, said
    assert plant.chain in said, said
