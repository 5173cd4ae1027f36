"""Procurement on a real MongoDB."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def much() -> ModuleType:
    """The module beside this one, which is a program too."""
    return _beside("much")


@pytest.fixture(scope="session")
def making() -> ModuleType:
    """Large feeds of every format."""
    return _beside("making")


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"procurement_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
