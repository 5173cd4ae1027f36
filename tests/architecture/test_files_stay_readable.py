"""A file is named after an idea, so that it can be full; and it stops before it is too long to read."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

SOURCE, TEST = 150, 200
"""Lines that say something: blank ones don't count."""

LONGER: dict[str, tuple[int, str]] = {
    "libs/chassis/src/chassis/mongo.py": (240, "one document, one write: its queries are read side by side"),
    "libs/chassis/src/chassis/memory.py": (175, "the same store in the same order, beside mongo.py"),
    "libs/chassis/src/chassis/relay.py": (190, "the owed facts from save to forgetting"),
    "libs/chassis/tests/test_store_promises.py": (225, "one list of promises, kept by every store"),
    "services/procurement/tests/unit/test_supply_whatever_happens.py": (
        240,
        "one machine of all that supply may meet",
    ),
}
"""Files that may be longer: how far, and why. The list is short, and no file grows on it."""

NOT_AN_IDEA = re.compile(
    r"utils?|helpers?|commons?|misc|managers?|bases?|impl|processors?|core|data|infos?|service|stuff"
)
"""A file with such a name never fills up."""


def too_long(modules: Mapping[str, str]) -> list[str]:
    counted = {path: says_something(text) for path, text in modules.items()}
    return [f"{path}: {lines}" for path, lines in counted.items() if lines > limit(path)]


def says_something(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def limit(path: str) -> int:
    return LONGER[path][0] if path in LONGER else usual(path)


def usual(path: str) -> int:
    return TEST if "tests/" in path else SOURCE


def without_an_idea(paths: Iterable[Path]) -> list[str]:
    """Python files, and folders inside packages and tests, that are named after a role."""
    modules = [path for path in paths if path.suffix == ".py"]
    return [path.as_posix() for path in modules if any(map(NOT_AN_IDEA.fullmatch, _named(path)))]


def _named(path: Path) -> list[str]:
    inside = path.parts.index("src") + 1 if "src" in path.parts else len(path.parts) - 1
    return [path.stem.removeprefix("test_"), *path.parts[inside:-1]]


def test_no_file_is_too_long_to_read(modules: Mapping[str, str]) -> None:
    assert too_long(modules) == []


def test_the_exceptions_are_few_and_still_needed(modules: Mapping[str, str]) -> None:
    needed = {path for path in LONGER if says_something(modules[path]) > usual(path)}

    assert set(LONGER) == needed
    assert len(LONGER) <= 12


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
