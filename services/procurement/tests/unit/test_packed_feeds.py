"""Feeds in archives, and archives that are made to do harm."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from procurement.application.ports import NotAFeed

CSV = "code;title;price;count\n" + "".join(f"L{n};Brass lamp {n};10;4\n" for n in range(2000))
YML = (
    '<?xml version="1.0"?><yml_catalog date="2026-03-01T09:00+03:00"><shop><offers>'
    + "".join(f'<offer id="L{n}"><name>Lamp {n}</name><price>10</price></offer>\n' for n in range(2000))
    + "</offers></shop></yml_catalog>"
)


def zipped(files: Mapping[str, bytes | str], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


@pytest.mark.parametrize("content", [CSV, YML], ids=["csv", "yml"])
def test_one_feed_may_be_packed_either_way(look: Callable[..., Any], content: str) -> None:
    for packed in (gzip.compress(content.encode()), zipped({"anything": content})):
        assert len(look(packed).good) == 2000


@pytest.mark.parametrize("content", [CSV, YML], ids=["csv", "yml"])
def test_a_packed_feed_cut_in_the_middle_keeps_what_came_out(look: Callable[..., Any], content: str) -> None:
    packed = gzip.compress(content.encode())

    read = look(packed[: len(packed) * 2 // 3])

    assert 100 < len(read.good) < 2000
    assert read.broken is not None


def test_a_cut_that_leaves_whole_rows_is_told_all_the_same(look: Callable[..., Any]) -> None:
    packed = gzip.compress(CSV.encode(), mtime=0)

    read = look(packed[:-8])  # all rows, but not the sum at the end

    assert len(read.good) == 2000
    assert (read.broken.line, read.broken.reason) == (2001, "the file it was packed in is cut off or spoilt")


def test_names_in_an_archive_are_no_paths(look: Callable[..., Any], tmp_path: Any) -> None:
    read = look(zipped({"../../../evil.csv": CSV}))

    assert len(read.good) == 2000
    assert not list(tmp_path.parent.rglob("evil*"))


def test_bombs_do_not_go_off(look: Callable[..., Any]) -> None:
    nothing = b"0" * (64 * 2**20)

    for bomb in (zipped({"bomb": nothing}), gzip.compress(nothing)):
        with pytest.raises(NotAFeed, match="far larger"):
            look(bomb)


def test_what_comes_out_is_bounded_all_together(look: Callable[..., Any]) -> None:
    with pytest.raises(NotAFeed, match="far larger"):
        look(zipped({f"{n}.xml": YML for n in range(4)}), most_bytes=3 * len(YML))


def test_an_archive_in_an_archive_is_refused(look: Callable[..., Any]) -> None:
    for nested in (
        zipped({"inner": zipped({"a": CSV})}),
        gzip.compress(gzip.compress(b"a")),
        zipped({"inner": gzip.compress(b"a")}),
    ):
        with pytest.raises(NotAFeed, match="archive inside"):
            look(nested)


def test_too_many_files_are_refused(look: Callable[..., Any]) -> None:
    with pytest.raises(NotAFeed, match="more than 1000"):
        look(zipped({str(n): "" for n in range(1001)}))
    with pytest.raises(NotAFeed, match="more than 50"):
        look(zipped({str(n): "a" for n in range(51)}))


def test_strange_ways_of_packing_are_refused(look: Callable[..., Any]) -> None:
    with pytest.raises(NotAFeed, match="not understood"):
        look(zipped({"a": CSV}, zipfile.ZIP_LZMA))


def test_a_size_that_lies_is_noticed(look: Callable[..., Any]) -> None:
    honest = zipped({"lamps": CSV})
    lying = honest.replace(len(CSV).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    with pytest.raises(NotAFeed, match="spoilt"):
        look(lying)


def test_two_feeds_in_one_archive_are_none(look: Callable[..., Any]) -> None:
    with pytest.raises(NotAFeed, match="neither an exchange"):
        look(zipped({"a": CSV, "b": CSV}))
