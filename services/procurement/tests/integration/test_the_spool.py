from pathlib import Path
from typing import Any

import pytest
from procurement.adapters.spooling import FolderSpool, MongoSpool
from procurement.application.ports import NotSpooled, Spool


@pytest.fixture(params=["mongo", "folder"])
def spool(request: pytest.FixtureRequest, database: Any, tmp_path: Path) -> Spool:
    folder = tmp_path / "spool"
    folder.mkdir()
    return MongoSpool(database) if request.param == "mongo" else FolderSpool(folder)


async def content(spool: Spool, import_id: str) -> bytes:
    async with spool.file(import_id) as path:
        return path.read_bytes()


def written(folder: Path, text: bytes) -> Path:
    path = folder / "feed.xml"
    path.write_bytes(text)
    return path


async def test_what_is_kept_is_there_until_it_is_dropped(spool: Spool, tmp_path: Path) -> None:
    await spool.keep("i-1", written(tmp_path, b"brass lamps" * 100_000))

    assert await content(spool, "i-1") == b"brass lamps" * 100_000
    await spool.drop("i-1")
    await spool.drop("i-1")
    with pytest.raises(NotSpooled):
        await content(spool, "i-1")


async def test_the_first_file_of_a_name_stays(spool: Spool, tmp_path: Path) -> None:
    await spool.keep("i-1", written(tmp_path, b"first"))

    await spool.keep("i-1", written(tmp_path, b"second"))

    assert await content(spool, "i-1") == b"first"


async def test_what_a_crash_left_half_written_is_written_anew(database: Any, tmp_path: Path) -> None:
    spool = MongoSpool(database)
    await spool.keep("i-1", written(tmp_path, b"brass" * 200_000))
    await database["feeds.files"].delete_one({"_id": "i-1"})  # the process died before the last write

    await spool.keep("i-1", written(tmp_path, b"brass" * 200_000))

    assert await content(spool, "i-1") == b"brass" * 200_000
