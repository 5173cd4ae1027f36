"""Words that have no place in the repository. They are put together here, so that this file does not hold them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

REACTIONS = "libs/chassis/src/chassis/reactions.py"
NOT_OURS = ("tests/contracts/asyncapi-3.0.0/", "requirements.lock", "LICENSE")


@dataclass(frozen=True)
class Never:
    """A pattern, where it is looked for, who may hold it, and a line that must be found."""

    what: str
    pattern: str
    planted: str
    within: str = r".*"
    may: tuple[str, ...] = ()

    def found_in(self, texts: Mapping[str, str]) -> list[str]:
        looked_at = {path: text for path, text in texts.items() if re.fullmatch(self.within, path)}
        return [
            f"{path}:{number}"
            for path, text in looked_at.items()
            if path not in self.may and not path.startswith(NOT_OURS)
            for number, line in enumerate(text.splitlines(), 1)
            if re.search(self.pattern, line)
        ]


def spelt(*parts: str) -> str:
    return "".join(parts)


def dotted(*hosts: tuple[str, ...]) -> str:
    return "|".join(r"\.".join(host) for host in hosts)


REGISTRIES = dotted(
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("maven", "org"),
    ("maven", "apache"),
    ("crates", "io"),
    ("golang", "org"),
    ("debian", "org"),
    ("docker", "io"),
)
PYTHON = r".*\.py"
NEVER = [
    Never("the host of a package registry", REGISTRIES, spelt("index = 'https://pypi", ".org/simple'")),
    Never("a path of one machine", r"(?<![\w.])/(work|root|home|Users)/\w", spelt("data: /roo", "t/data")),
    Never(
        "an exception from the type checker",
        spelt(r"#\s*(pyright|type):\s*ign", "ore"),
        spelt("x = y  # type: ign", "ore"),
        PYTHON,
        may=(REACTIONS,),
    ),
    Never("work left undone", spelt(r"\b(TO", "DO|FIX", "ME|XX", r"X)\b"), spelt("# TO", "DO: tea")),
    Never(
        "a double made by patching",
        spelt(r"unittest(\.| import )mo", r"ck|pytest_mo", r"ck|monkeypatch\.(setattr|setitem)"),
        spelt("from unittest import mo", "ck"),
        PYTHON,
    ),
]

each = pytest.mark.parametrize("never", NEVER, ids=lambda never: never.what)


@each
def test_it_is_never_written(never: Never, texts: Mapping[str, str]) -> None:
    assert never.found_in(texts) == []


@each
def test_the_guard_bites(never: Never) -> None:
    assert never.found_in({"services/orders/tests/test_tea.py": f"x = 1\n{never.planted}\n"}) == [
        "services/orders/tests/test_tea.py:2"
    ]
