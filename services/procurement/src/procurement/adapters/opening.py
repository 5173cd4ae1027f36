"""A feed's format, told by its content and never by its name: YML, CommerceML, workbooks and CSV, packed or not."""

import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from procurement.adapters import commerceml
from procurement.adapters.commerceml_rows import opened_exchange
from procurement.adapters.delimited import delimiter_of, records
from procurement.adapters.encodings import text_encoding, xml_encoding
from procurement.adapters.tables import Table, opened_tables
from procurement.adapters.unpacking import (
    GZIP,
    ZIP,
    Unpacked,
    checked,
    entries,
    gunzipped,
    magic,
    unzipped,
)
from procurement.adapters.workbook import sheets
from procurement.adapters.xml_stream import root_of
from procurement.adapters.yml import cut_off, read_yml
from procurement.application.ports import NotAFeed, OpenedFeed
from procurement.domain.feed_sight import FeedMapping

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Opening:
    """`zone`: of dates that tell none. `most_bytes`: what may come out of an archive, or be the rows of a sheet; `most_megabytes`: memory for a
    workbook's reader.
    """

    zone: str
    most_bytes: int
    most_megabytes: int

    def __call__(self, path: Path, folder: Path, known: Collection[FeedMapping]) -> OpenedFeed:
        """Raise `NotAFeed`."""
        first = magic(path)
        if first.startswith(GZIP):
            plain = gunzipped(path, folder, self.most_bytes)
            if magic(plain.path).startswith((GZIP, ZIP)):
                raise NotAFeed("there is an archive inside of the archive")
            return self._plain(plain, folder, known)
        if first.startswith(ZIP):
            return self._zip(path, folder, known)
        return self._plain(Unpacked("", path), folder, known)

    def _zip(self, path: Path, folder: Path, known: Collection[FeedMapping]) -> OpenedFeed:
        listed = entries(path)
        if _is_workbook(listed):
            checked(path, listed, self.most_bytes)
            return opened_tables(self._sheets(path, folder), known)
        files = unzipped(path, listed, folder, self.most_bytes)
        exchange = [each for each in files if _root(each) == commerceml.ROOT]
        if exchange:
            return self._exchange(exchange, folder, known)
        if len(files) != 1:
            raise NotAFeed("the archive holds neither an exchange of 1C nor a single feed")
        return self._plain(files[0], folder, known)

    def _plain(self, file: Unpacked, folder: Path, known: Collection[FeedMapping]) -> OpenedFeed:
        if magic(file.path).startswith(OLE):
            return opened_tables(self._sheets(file.path, folder), known)
        if not _is_xml(file.path):
            return opened_tables([_csv(file.path)], known, cut=file.cut)
        if _root(file) == commerceml.ROOT:
            return self._exchange([file], folder, known)
        read = partial(read_yml, file.path, ZoneInfo(self.zone))
        return OpenedFeed(lambda: cut_off(read(), file.cut))

    def _sheets(self, path: Path, folder: Path) -> list[Table]:
        return sheets(path, folder / "sheets", self.most_megabytes, self.most_bytes)

    def _exchange(
        self, files: Sequence[Unpacked], folder: Path, known: Collection[FeedMapping]
    ) -> OpenedFeed:
        return opened_exchange(commerceml.exchanged(files, folder, ZoneInfo(self.zone)), known)


def _csv(path: Path) -> Table:
    encoding = text_encoding(path)
    delimiter = delimiter_of(path, encoding)
    told = f"{encoding}, {DELIMITERS[delimiter]}"
    return Table("", told, lambda: records(path, encoding, delimiter))


def _is_workbook(listed: Sequence[zipfile.ZipInfo]) -> bool:
    names = {each.filename for each in listed}
    return ("[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)) or (
        "mimetype" in names and "content.xml" in names
    )


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(512).removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    return not head or head.lstrip(b"\xff\xfe").lstrip().startswith(b"<")


def _root(file: Unpacked) -> str:
    return root_of(file.path, xml_encoding(file.path)) if _is_xml(file.path) else ""
