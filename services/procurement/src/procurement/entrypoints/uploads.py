"""A multipart upload taken in as a stream: to the disk, never whole into memory, and not beyond its limit."""

import hashlib
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file on the disk, its digest, and the other fields of the form."""

    path: Path
    digest: str
    fields: dict[str, str]


@asynccontextmanager
async def uploaded(request: Request, *, most_bytes: int) -> AsyncGenerator[Uploaded]:
    """The form's field `file`; gone when the block is left. 413 beyond the limit, 422 without a file."""
    try:
        form = await MultiPartParser(
            request.headers, _limited(request.stream(), most_bytes), max_files=1, max_fields=8
        ).parse()
    except (MultiPartException, KeyError) as wrong:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "The multipart form can't be read.") from wrong
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "The form has no file in its field `file`.")
        with tempfile.TemporaryDirectory(prefix="opblok-upload-") as folder:
            path = Path(folder) / "feed"
            digest = await _written(file, path)
            yield Uploaded(path, digest, {k: v for k, v in form.items() if isinstance(v, str)})
    finally:
        await form.close()


async def _written(file: UploadFile, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as into:
        while piece := await file.read(PIECE):
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest()


async def _limited(pieces: AsyncIterator[bytes], most_bytes: int) -> AsyncGenerator[bytes]:
    taken = 0
    async for piece in pieces:
        taken += len(piece)
        if taken > most_bytes + PIECE:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A feed may have {most_bytes} bytes.")
        yield piece
