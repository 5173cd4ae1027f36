"""What a file is, by its first bytes; its name says nothing. Only these kinds are taken as evidence."""

from claims.domain.refusals import TooMuchEvidence, UnknownType

LARGEST = 25 * 2**20
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1"})
MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
)
SMALLEST_FTYP = 12
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13} | {127}


def media_type(content: bytes, *, largest: int = LARGEST) -> str:
    """The media type; raise for anything else, for nothing, and for too much."""
    if not content or len(content) > largest:
        raise TooMuchEvidence("A file has at least one byte and not too many.", most=largest)
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _boxed(content) or _text(content)


def _boxed(content: bytes) -> str | None:
    """HEIC and MP4 begin with a box `ftyp` that names the brand."""
    if len(content) < SMALLEST_FTYP or content[4:8] != b"ftyp":
        return None
    brand = content[8:12]
    if brand in HEIF_BRANDS:
        return "image/heic"
    return "video/mp4" if brand in MP4_BRANDS else None


def _text(content: bytes) -> str:
    """Plain text is UTF-8 without controls, and no markup that a browser would run."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnknownType("Photos, videos (mp4), PDF and plain text are taken.") from None
    if not CONTROLS.isdisjoint(content) or text.lstrip("\ufeff \r\n\t").startswith("<"):
        raise UnknownType("Photos, videos (mp4), PDF and plain text are taken.")
    return "text/plain"
