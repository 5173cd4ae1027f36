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


def test_no_variable_stands_twice_for_one_service() -> None:
    for section in markdown().split("\n## "):
        shown = re.findall(r"^\| `(\w+)`", section, re.MULTILINE)
        assert sorted(shown) == sorted(set(shown))
    assert len(list(sections())) > len(CONCERNS)


def test_a_setting_is_shown_wherever_its_class_lies_in_the_service() -> None:
    assert "OPBLOK_BITRIX24_URL" in markdown()
