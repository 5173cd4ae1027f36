"""What a feed's columns mean, as procurement guesses it: shown to a person, and said otherwise."""

from typing import Any

from rich.table import Table

from opblok.asking import Services
from opblok.saying import give_up, table

ROWS_SHOWN = 5


def seen(services: Services, import_id: str) -> dict[str, Any]:
    """The feed at first sight."""
    sight: dict[str, Any] = services.get("procurement", f"/imports/{import_id}/mapping")
    return sight


def changed(sight: dict[str, Any], wanted: list[str]) -> list[dict[str, Any]] | None:
    """The uses of its columns with these instead of the guessed ones; None when nothing is to be changed."""
    columns = {each["header"]: each["column"] for each in sight["columns"]}
    said = {header: meaning for header, _, meaning in (each.rpartition("=") for each in wanted)}
    strange = [header for header in said if header not in columns]
    if strange:
        give_up(f"there is no column {strange[0]!r}.", f"known are: {', '.join(columns)}.", code=2)
    if not said:
        return None
    kept = [
        each
        for each in sight["columns"]
        if each["header"] not in said and each["meaning"] not in said.values()
    ]
    uses = [{name: each[name] for name in ("column", "meaning", "name")} for each in kept]
    named = (
        {"column": columns[h], "meaning": m, "name": h if m == "attribute" else ""} for h, m in said.items()
    )
    return [*uses, *named]


def tried(services: Services, import_id: str, uses: list[dict[str, Any]]) -> dict[str, Any]:
    rows = services.ask(
        "POST", "procurement", f"/imports/{import_id}/mapping/trial", json={"uses": uses}
    ).json()
    return {"rows": rows}


def columns_of(sight: dict[str, Any]) -> Table:
    place = f", {sight['part']}" if sight["part"] else ""
    shown = table(
        f"Columns as guessed ({sight['told'] or sight['kind']}{place})",
        "column",
        "means",
        "sure",
        "for example",
    )
    for each in sight["columns"]:
        sure = f"{each['confidence']:.0%}" if each["confidence"] else ""
        shown.add_row(each["header"], each["meaning"], sure, " · ".join(each["samples"]))
    return shown


def first_rows(sight: dict[str, Any]) -> Table:
    shown = table("First rows as they would be read", "line", "code", "title", "price", "stock", "wrong")
    for row in sight["rows"][:ROWS_SHOWN]:
        price = f"{row['price']['minor'] / 100:.2f}" if row["price"] else ""
        stock = row["stock"] if row["quantity"] is None else str(row["quantity"])
        shown.add_row(str(row["line"]), row["code"], row["title"], price, stock, row["reason"])
    return shown
