"""Large feeds of every format, written as streams: brass lamps, as many as are wanted. For tests, and for benches:
`MAKERS[format](path, rows)`.
"""

import csv
import gzip
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any

xlsxwriter: Any = import_module("xlsxwriter")
"""It ships no types."""

HEADER = ("Код", "Наименование", "Цена", "Остаток", "Бренд", "Артикул", "Категория")


def rows(many: int) -> Iterator[tuple[str, str, float, int, str, str, str]]:
    """Code, title, price, count, vendor, article, category."""
    for n in range(many):
        yield (
            f"L{n}",
            f"Лампа латунная номер {n}",
            100.5 + n % 77,
            n % 50 + 1,
            "Латунь",
            f"BL-{n}",
            f"Лампы {n % 9}",
        )


def yml(path: Path, many: int) -> None:
    """A catalogue of Yandex Market."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="2026-03-02T09:00+03:00"><shop><offers>\n'
        )
        for code, title, price, count, vendor, article, _ in rows(many):
            file.write(
                f'<offer id="{code}" available="true"><name>{title}</name><vendor>{vendor}</vendor><vendorCode>{article}'
                f'</vendorCode><price>{price}</price><count>{count}</count><param name="Цвет">жёлтый</param></offer>\n'
            )
        file.write("</offers></shop></yml_catalog>\n")


def delimited(path: Path, many: int) -> None:
    """A price list as Excel of a Russian Windows saves it."""
    with path.open("w", encoding="cp1251", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(HEADER)
        table.writerows(
            (code, title, f"{price}".replace(".", ","), *more) for code, title, price, *more in rows(many)
        )


def gzipped(path: Path, many: int) -> None:
    """The same, packed."""
    delimited(path, many)
    packed = gzip.compress(path.read_bytes())
    path.write_bytes(packed)


def workbook(path: Path, many: int) -> None:
    """XLSX, at most 1,048,575 rows."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Прайс")
    sheet.write_row(0, 0, HEADER)
    for n, row in enumerate(rows(many), start=1):
        sheet.write_row(n, 0, row)
    book.close()


def exchange(path: Path, many: int) -> None:
    """import.xml and offers.xml of 1C in one archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("import.xml", "w") as file:
            _catalogue(file, many)
        with archive.open("offers.xml", "w") as file:
            _package(file, many)


def _catalogue(file: IO[bytes], many: int) -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ДатаФормирования="2026-03-02T09:00:00">'
    groups = "".join(
        f"<Группа><Ид>g{n}</Ид><Наименование>Лампы {n}</Наименование></Группа>" for n in range(9)
    )
    file.write(f"{head}<Классификатор><Группы>{groups}</Группы></Классификатор><Каталог><Товары>\n".encode())
    for n, (code, title, *_, vendor, article, _) in enumerate(rows(many)):
        file.write(
            f"<Товар><Ид>{code}</Ид><Артикул>{article}</Артикул><Наименование>{title}</Наименование><Группы><Ид>g{n % 9}</Ид>"
            f"</Группы><Изготовитель><Наименование>{vendor}</Наименование></Изготовитель></Товар>\n".encode()
        )
    file.write("</Товары></Каталог></КоммерческаяИнформация>".encode())


def _package(file: IO[bytes], many: int) -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ДатаФормирования="2026-03-02T09:00:00">'
    file.write(f'{head}<ПакетПредложений СодержитТолькоИзменения="false"><Предложения>\n'.encode())
    for code, _, price, count, *_ in rows(many):
        file.write(
            f"<Предложение><Ид>{code}</Ид><Цены><Цена><ИдТипаЦены>retail</ИдТипаЦены><ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу>"
            f'<Валюта>руб</Валюта></Цена></Цены><Склад ИдСклада="w1" КоличествоНаСкладе="{count}"/></Предложение>\n'.encode()
        )
    file.write("</Предложения></ПакетПредложений></КоммерческаяИнформация>".encode())


MAKERS: Mapping[str, Callable[[Path, int], None]] = {
    "yml": yml,
    "csv": delimited,
    "csv.gz": gzipped,
    "xlsx": workbook,
    "commerceml": exchange,
}
