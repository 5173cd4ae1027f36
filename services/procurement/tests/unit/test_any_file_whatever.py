"""Whatever bytes a supplier sends: rows, bad rows and a break, or a refusal in words; never anything else."""

import gzip
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procurement.adapters.opening import Opening
from procurement.application.ports import NotAFeed
from procurement.domain.feed import Broken, RawRow
from procurement.domain.feed_sight import guessed
from procurement.domain.feed_terms import read_row

CSV = "Код;Наименование;Цена;Остаток\n" + "".join(f'L{n};"Лампа ""{n}""";{n},50;есть\n' for n in range(1, 30))
YML = '<yml_catalog date="2026-03-01"><offers>' + "".join(
    f'<offer id="{n}"><name>Лампа</name><price>{n}</price></offer>\n' for n in range(1, 30)
)
EXCHANGE = "<КоммерческаяИнформация><ПакетПредложений><Предложения>" + "".join(
    f"<Предложение><Ид>{n}</Ид><Наименование>Л</Наименование><Цены><Цена><ЦенаЗаЕдиницу>1</ЦенаЗаЕдиницу></Цена></Цены></Предложение>"
    for n in range(1, 30)
)


def zipped(content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("feed", content)
    return into.getvalue()


WHOLE = [
    CSV.encode("cp1251"), CSV.encode(), CSV.encode("utf-16"), f"{YML}</offers></yml_catalog>".encode(),
    f"{EXCHANGE}</Предложения></ПакетПредложений></КоммерческаяИнформация>".encode(),
]  # fmt: skip
PACKED = [gzip.compress(WHOLE[0], mtime=0), zipped(WHOLE[3]), gzip.compress(WHOLE[4], mtime=0)]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A feed that was cut, or in which bytes were changed."""
    content = bytearray(draw(st.sampled_from([*WHOLE, *PACKED])))
    for _ in range(draw(st.integers(0, 4))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content[: draw(st.integers(0, len(content)))])


def read(content: bytes) -> list[RawRow | Broken]:
    opening = Opening("Europe/Moscow", 2**24, 1024)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed"
        path.write_bytes(content)
        for each in ("first", "second"):
            (Path(folder) / each).mkdir()
        feed = opening(path, Path(folder) / "first", ())
        if feed.asks:
            feed = opening(path, Path(folder) / "second", [guessed(feed.asks)])
        return [each for each in feed.rows() if isinstance(each, RawRow | Broken)]


@pytest.mark.parametrize("content", [*WHOLE, *PACKED])
def test_whole_feeds_are_read_whole(content: bytes) -> None:
    assert len(read(content)) == 29


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt() | st.binary(max_size=300))
def test_a_spoilt_feed_is_rows_and_a_break_or_a_refusal_in_words(content: bytes) -> None:
    try:
        places = read(content)
    except NotAFeed:
        return
    for place in places:
        if isinstance(place, RawRow):
            read_row(place, "brass")
