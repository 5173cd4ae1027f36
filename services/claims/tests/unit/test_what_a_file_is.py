"""A file is what its first bytes tell."""

import pytest
from claims.domain.content import media_type
from claims.domain.refusals import TooMuchEvidence, UnknownType


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe1Exif", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", "video/mp4"),
        (b"%PDF-1.7\n", "application/pdf"),
        ("Не горит с первого дня\n".encode(), "text/plain"),
    ],
)
def test_each_kind_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert media_type(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"\x7fELF", b"PK\x03\x04\x00", b" <svg onload=x>", b"\x00\x00\x00\x18ftypqt  ", b"\xd0"],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnknownType):
        media_type(content)


@pytest.mark.parametrize("content", [b"", b"x" * 11])
def test_nothing_and_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(TooMuchEvidence):
        media_type(content, largest=10)
