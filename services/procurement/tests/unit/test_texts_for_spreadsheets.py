import pytest
from procurement.domain.spreadsheet_text import harmless


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+cmd|calc!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_told_to_be_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Лампа = латунь", "L-1"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
