"""docs/settings.md says what the settings classes say."""

import re
from pathlib import Path

from chassis.settings import CONCERNS
from opblok.settings_page import markdown, sections

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == markdown(), (
        "make it anew: .venv/bin/opblok settings --markdown > docs/settings.md"
    )


def test_every_setting_says_what_it_means() -> None:
    silent = [row[0] for *_, rows in sections() for row in rows if not row[3]]

    assert silent == []


def test_no_variable_stands_twice() -> None:
    shown = re.findall(r"^\| `(\w+)`", markdown(), re.MULTILINE)

    assert sorted(shown) == sorted(set(shown))
    assert len(shown) > len(CONCERNS)
