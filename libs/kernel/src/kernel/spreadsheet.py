"""Cells of tables that people open in a spreadsheet."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is a formula to spreadsheets (OWASP, CSV injection)."""


def harmless(cell: str) -> str:
    """The cell, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
