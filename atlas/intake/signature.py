"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png", "a PNG image"),
    (b"\xff\xd8\xff", "jpg", "a JPEG image"),
    (b"GIF87a", "gif", "a GIF image"),
    (b"GIF89a", "gif", "a GIF image"),
    (b"II*\x00", "tif", "a TIFF image"),
    (b"MM\x00*", "tif", "a TIFF image"),
    (b"BM", "bmp", "a BMP image"),
    (b"\x00\x00\x01\x00", "ico", "an icon"),
    (b"%PDF-", "pdf", "a PDF document"),
    (b"PK\x03\x04", "zip", "a ZIP archive, or a document of Word or Excel"),
    (b"PK\x05\x06", "zip", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "a document of an old Word or Excel"),
    (b"\x1f\x8b", "gz", "a gzip archive"),
    (b"BZh", "bz2", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "rar", "a RAR archive"),
    (b"\x7fELF", "", "a program"),
    (b"MZ", "exe", "a program"),
    (b"SQLite format 3\x00", "db", "a database"),
    (b"wOFF", "woff", "a font"),
    (b"wOF2", "woff2", "a font"),
    (b"{\\rtf", "rtf", "a document of a word processor"),
)


def signature(head: bytes) -> tuple[str, str] | None:
    """The usual ending and the kind of a binary file, by its first 32 bytes; None for what may be text."""
    for beginning, ending, kind in _BEGINNINGS:
        if head.startswith(beginning) and (len(beginning) > 2 or b"\x00" in head or not head.isascii()):
            return ending, kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp", "a WebP image"
    if head[4:8] == b"ftyp":
        return ("avif", "an AVIF image") if head[8:12] == b"avif" else ("mp4", "a film or an image of a phone")
    return None
