"""What the guards look at: every file that is, or is about to be, in the repository."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file of the repository, relative to its root; what is not ignored counts before it is committed, too."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(path for each in told.split("\0") if each and (ROOT / (path := Path(each))).is_file())


@pytest.fixture(scope="session")
def texts(tracked: list[Path]) -> Mapping[str, str]:
    """The text of each file that has one, by its path."""
    found: dict[str, str] = {}
    for path in tracked:
        try:
            found[path.as_posix()] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="session")
def modules(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The Python files among them."""
    return {path: text for path, text in texts.items() if path.endswith(".py")}


@pytest.fixture(scope="session")
def sources(modules: Mapping[str, str]) -> Mapping[str, str]:
    """The Python files that run in a shop: no tests, no benches."""
    return {path: text for path, text in modules.items() if "/src/" in path}
