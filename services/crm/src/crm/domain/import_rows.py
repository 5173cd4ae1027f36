"""A row of a table of customers: what its columns mean, and what it says. Pure; the file's words come in, values go out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from kernel.spreadsheet import FORMULA

from crm.domain.refusals import NotATable

LONGEST = 500
MOST_PHONES = 10
BAD_PHONE = "bad_phone"
BETWEEN_PHONES = re.compile(r"[;\n|]+|,(?=\s*(?:\+|8[\s(-]))")
"""A comma parts two numbers only before the next one: it stands before extensions, too."""


class Column(StrEnum):
    """What a column may be."""

    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    OWNER = "owner"
    NO_CALLS = "no_calls"


HEADINGS: Mapping[Column, str] = {
    Column.PHONE: r"(моб\w*|раб\w*|сот\w*|доп\w*)?( ?(телефон\w*|тел|номер телефона|phones?|mobile|tel|phone number|cell))( клиента)?|мобильный|сотовый",
    Column.NAME: r"имя( клиента)?|фио|клиент|покупатель|контакт|name|full name|customer( name)?|contact",
    Column.ADDRESS: r"адрес\w*( доставки)?|(delivery )?address(es)?",
    Column.OWNER: r"ответственн\w+|менеджер|owner|manager|responsible|assigned to",
    Column.NO_CALLS: r"не звонить|без звонков|no calls|do not call",
}
"""Headings as people write them, small letters, without a number at the end."""
YES = frozenset({"1", "yes", "y", "true", "да", "+", "x", "х", "no_calls", "не звонить"})


@dataclass(frozen=True, slots=True)
class Row:
    """`fault`: why nothing can be done with it. `double_of`: the line of this file that has one of its numbers before."""

    line: int
    phones: tuple[Phone, ...] = ()
    name: Personal | None = None
    address: Personal | None = None
    owner: str | None = None
    no_calls: bool = False
    notes: tuple[str, ...] = ()
    fault: str = ""
    double_of: int | None = None


def columns_of(header: Sequence[str], said: Mapping[str, Column | None]) -> tuple[Column | None, ...]:
    """What each column is: as somebody said, else as its heading tells; None is passed over. Raise `NotATable` without phones,
    and never repeat what stands there: where the headings are missing, it is a person.
    """
    told = {_plain(heading): column for heading, column in said.items()}
    strange = told.keys() - {_plain(each) for each in header}
    if strange:
        raise NotATable("A column that you named is not in the file.", reason="no_such_column")
    found = tuple(told[plain] if (plain := _plain(each)) in told else _guessed(plain) for each in header)
    if Column.PHONE not in found:
        raise NotATable("No column of telephone numbers is in the first row.", reason="no_phone_column")
    return found


def row_of(line: int, cells: Sequence[str], columns: Sequence[Column | None]) -> Row | None:
    """What the row says; None when it is empty."""
    if not any(each.strip() for each in cells):
        return None
    if any(each.strip() for each in cells[len(columns) :]):
        return Row(line, fault="more_cells_than_headings")
    said = _said(cells, columns)
    phones, bad = _phones(said.get(Column.PHONE, []))
    if not phones:
        return Row(line, fault=BAD_PHONE if bad else "no_phone")
    return Row(
        line=line,
        phones=phones,
        name=_personal(said.get(Column.NAME)),
        address=_personal(said.get(Column.ADDRESS)),
        owner=(said.get(Column.OWNER) or [None])[0],
        no_calls=any(each.casefold() in YES for each in said.get(Column.NO_CALLS, [])),
        notes=(BAD_PHONE,) if bad else (),
    )


def plain(cell: str) -> str:
    """The cell as it was before it was made harmless."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _said(cells: Sequence[str], columns: Sequence[Column | None]) -> dict[Column, list[str]]:
    said: dict[Column, list[str]] = {}
    for cell, column in zip(cells, columns, strict=False):
        if column is not None and (text := plain(cell)):
            said.setdefault(column, []).append(text)
    return said


def _phones(cells: Sequence[str]) -> tuple[tuple[Phone, ...], bool]:
    """The numbers, each once, and whether something stood there that is none."""
    found: dict[str, Phone] = {}
    bad = False
    for text in (part.strip() for cell in cells for part in BETWEEN_PHONES.split(cell)):
        try:
            if text and (phone := Phone.parse(text[:LONGEST])):
                found.setdefault(phone.e164, phone)
        except NotAPhone:
            bad = True
    return tuple(found.values())[:MOST_PHONES], bad or len(found) > MOST_PHONES


def _personal(cells: Sequence[str] | None) -> Personal | None:
    return Personal(" ".join(cells)[:LONGEST]) if cells else None


def _plain(heading: str) -> str:
    words = " ".join(re.sub(r"[_\W]+", " ", heading.casefold()).split())
    return words.strip()


def _guessed(heading: str) -> Column | None:
    bare = re.sub(r"\s*\d+$", "", heading)
    return next((column for column, how in HEADINGS.items() if re.fullmatch(how, bare)), None)
