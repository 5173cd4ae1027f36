from pathlib import Path

from procurement.adapters.yml import yml_reader
from procurement.domain.availability import NOTHING, UNCOUNTED, counted
from procurement.domain.feed import BadRow, Broken, Heading, RawRow, Read, Row
from procurement.domain.feed_terms import read_row

MOSCOW = yml_reader("Europe/Moscow")


def written(folder: Path, text: bytes) -> list[Read]:
    path = folder / "feed.xml"
    path.write_bytes(text)
    return list(MOSCOW(path))


def test_the_real_feed_is_read_whole(real_feed: Path) -> None:
    heading, *raw = MOSCOW(real_feed)

    assert isinstance(heading, Heading)
    assert heading.dated is not None
    assert heading.dated.isoformat() == "2012-03-31T01:04:00+04:00"
    rows = [read_row(each, "shwei") for each in raw if isinstance(each, RawRow)]
    assert len(rows) == 132
    good = [row for row in rows if isinstance(row, Row)]
    assert len(good) == 132
    first = good[0]
    assert (first.line, first.code, first.terms.title) == (42, "4", "Bernina Bernette E56")
    assert first.terms.product_id == "bernina-bernette-e56"
    assert str(first.terms.price) == "6480.00 RUB"
    assert {row.terms.availability for row in good} == {UNCOUNTED}


def test_good_rows_say_what_they_mean(feeds: Path) -> None:
    raw = [each for each in MOSCOW(feeds / "lamps.yml.xml") if isinstance(each, RawRow)]
    rows = [row for row in (read_row(each, "brass") for each in raw) if isinstance(row, Row)]
    terms = {row.code: row.terms for row in reversed(rows)}

    assert terms["L1"].price.minor == 149_950
    assert terms["L1"].title.startswith("Лампа Brass Lamp")
    assert terms["L1"].availability == counted(12)
    assert terms["L2"].cost.minor == 500_00
    assert terms["L2"].product_id == "gtin-04006381333931"
    assert terms["L2"].availability == UNCOUNTED
    assert terms["L3"].availability == NOTHING
    assert terms["L4"].availability == NOTHING
    assert terms["L5"].availability == counted(10)


def test_each_bad_row_is_named_with_its_place_and_the_rest_goes_on(feeds: Path) -> None:
    raw = [each for each in MOSCOW(feeds / "lamps.yml.xml") if isinstance(each, RawRow)]
    bad = [row for row in (read_row(each, "brass") for each in raw) if isinstance(row, BadRow)]

    assert [(row.line, row.code) for row in bad] == [
        (19, "L6"), (20, "L7"), (21, ""), (23, "L8"), (24, "L9"), (25, "L10"),
    ]  # fmt: skip
    assert bad[0].reason == "price 'по запросу' is not a number"
    assert "neither a name nor a model" in bad[1].reason
    assert "USD" in bad[3].reason


def test_windows_1251_is_understood(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><yml_catalog date="2026-03-01"><offer id="1"><name>Лампа</name></offer></yml_catalog>'

    _, row = written(tmp_path, text.encode("cp1251"))

    assert isinstance(row, RawRow)
    assert row.text("name") == "Лампа"


def test_a_cut_file_keeps_what_stood_before_and_says_where_it_broke(tmp_path: Path, feeds: Path) -> None:
    whole = (feeds / "lamps.yml.xml").read_bytes()

    read = written(tmp_path, whole[: whole.index(b'<offer id="L4"')] + b'<offer id="L4"><na')

    assert [each.code for each in read if isinstance(each, RawRow)] == ["L1", "L2", "L3"]
    assert isinstance(read[-1], Broken)
    assert read[-1].line == 17


def test_a_file_that_declares_entities_is_refused_unexpanded(feeds: Path) -> None:
    (broken,) = MOSCOW(feeds / "laughs.yml.xml")

    assert isinstance(broken, Broken)
    assert "declares entities" in broken.reason


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    for text in (b"", b"not xml", b"<html><body>You are blocked</body></html>"):
        (broken,) = written(tmp_path, text)
        assert isinstance(broken, Broken)


def test_a_date_nobody_can_read_is_no_date(tmp_path: Path) -> None:
    heading, *_ = written(tmp_path, b'<yml_catalog date="yesterday"/>')

    assert heading == Heading(None)
