"""Procurement on a real MongoDB."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = Path(__file__).parent / "much.py"


@pytest.fixture(scope="session")
def much() -> ModuleType:
    """The module beside this one, which is a program too."""
    spec = importlib.util.spec_from_file_location("procurement_much", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
