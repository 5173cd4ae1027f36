"""Texts of suppliers in files that a spreadsheet opens. Pure."""

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one is told to be text (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
