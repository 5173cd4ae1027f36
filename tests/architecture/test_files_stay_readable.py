"""A file is named after an idea, so that it can be full; and it stops before it is too long to read."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

SOURCE, TEST = 150, 200
"""Lines that say something: blank ones don't count."""

LONGER: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

NOT_AN_IDEA = re.compile(
    r"utils?|helpers?|commons?|misc|managers?|bases?|impl|processors?|core|data|infos?|service|stuff"
)
"""A file with such a name never fills up."""


def too_long(modules: Mapping[str, str]) -> list[str]:
    counted = {path: sum(1 for line in text.splitlines() if line.strip()) for path, text in modules.items()}
    return [f"{path}: {lines}" for path, lines in counted.items() if lines > limit(path)]


def limit(path: str) -> int:
    return TEST if "tests/" in path else SOURCE


def without_an_idea(paths: Iterable[Path]) -> list[str]:
    """Python files, and folders inside packages and tests, that are named after a role."""
    modules = [path for path in paths if path.suffix == ".py"]
    return [path.as_posix() for path in modules if any(map(NOT_AN_IDEA.fullmatch, _named(path)))]


def _named(path: Path) -> list[str]:
    inside = path.parts.index("src") + 1 if "src" in path.parts else len(path.parts) - 1
    return [path.stem.removeprefix("test_"), *path.parts[inside:-1]]


def test_no_file_is_too_long_to_read(modules: Mapping[str, str]) -> None:
    assert [each for each in too_long(modules) if each.partition(":")[0] not in LONGER] == []


def test_the_exceptions_are_still_needed(modules: Mapping[str, str]) -> None:
    assert set(LONGER) <= {each.partition(":")[0] for each in too_long(modules)}


def test_no_file_is_named_after_a_role(tracked: list[Path]) -> None:
    assert without_an_idea(tracked) == []


@pytest.mark.parametrize(
    "path", ["services/orders/src/orders/domain/tea.py", "libs/kernel/tests/test_tea.py"]
)
def test_length_is_guarded(path: str) -> None:
    full = "tea = 1\n\n" * limit(path)

    assert too_long({path: full}) == []
    assert too_long({path: full + "tea = 2\n"}) == [f"{path}: {limit(path) + 1}"]


@pytest.mark.parametrize(
    "path",
    [
        "services/orders/src/orders/service.py",
        "services/orders/src/orders/domain/utils.py",
        "libs/chassis/src/chassis/common/money.py",
        "libs/kernel/tests/helpers.py",
        "tests/e2e/test_misc.py",
        "tools/opblok/src/opblok/core/__init__.py",
    ],
)
def test_names_are_guarded(path: str) -> None:
    assert without_an_idea([Path(path)]) == [path]


def test_folders_around_a_package_may_say_what_they_hold() -> None:
    assert without_an_idea([Path("services/orders/src/orders/domain/order.py")]) == []
