"""The parts of an office document, which is an archive that anybody may have made: nothing is unpacked unchecked.

What an archive declares is looked at first (how many parts, how large, how much smaller packed, their names), and what
it unpacks to is cut off at what it declared, since it may lie. No part may define entities or refer to other documents.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

MOST_PARTS = 2_000
LARGEST = 60_000_000  # bytes of all parts together, unpacked
LARGEST_PART = 40_000_000
MOST_PACKED = 120  # times smaller than unpacked; text of one's own rarely passes 20
SMALL = 200_000  # bytes of a part below which its ratio does no harm

_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "The file is protected by a password. Save it without one and try again."


class Refused(ValueError):
    """A document that is not read, and why, in a sentence."""


class Package:
    """An archive whose parts can be read. Raises Refused for one that could do harm or is none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refused("The file is damaged, or is not a document of this kind.") from error
        self._check(self._archive.infolist())
        if _MANIFEST in self and b"encryption-data" in self.read(_MANIFEST):
            raise Refused(_LOCKED)

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def xml(self, name: str) -> etree._Element:
        """A part as a tree. Raises Refused where it is missing or not what it should be."""
        content = self.read(name)
        head = content[:200_000].lower()
        if b"<!doctype" in head or b"<!entity" in head or b"\x00" in content[:200]:
            raise Refused("The file defines entities of its own, as no office programme does. It is not read.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused(f"The file is damaged: its part {name} cannot be read.") from error
        if root.getroottree().docinfo.doctype:
            raise Refused("The file defines entities of its own, as no office programme does. It is not read.")
        return root

    def read(self, name: str) -> bytes:
        """The content of a part."""
        try:
            info = self._archive.getinfo(name)
        except KeyError as error:
            raise Refused("The file is not a document of this kind: it lacks its text.") from error
        try:
            with self._archive.open(info) as part:
                content = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Refused(f"The file is damaged: its part {name} cannot be unpacked.") from error
        if len(content) > info.file_size:
            raise Refused("The file says that it is smaller than it is. It is not read.")
        return content

    @staticmethod
    def _check(parts: list[zipfile.ZipInfo]) -> None:
        if len(parts) > MOST_PARTS:
            raise Refused(f"The file has {len(parts):,} parts; at most {MOST_PARTS:,} are read.")
        if len({one.filename for one in parts}) != len(parts):
            raise Refused("The file has two parts of one name. It is not read.")
        if sum(one.file_size for one in parts) > LARGEST or any(one.file_size > LARGEST_PART for one in parts):
            raise Refused(f"Unpacked, the file would be larger than {LARGEST // 1_000_000} MB. It is not read.")
        for one in parts:
            if one.flag_bits & 1:
                raise Refused(_LOCKED)
            if one.file_size > SMALL and one.file_size > MOST_PACKED * max(one.compress_size, 1):
                raise Refused("The file unpacks to far more than it is. It is not read.")
            name = one.orig_filename if hasattr(one, "orig_filename") else one.filename
            if name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name:
                raise Refused("The file names a place outside of itself. It is not read.")
