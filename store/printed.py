"""Documents that were printed, kept as files under the digest of what they were printed from.

Files and not a table: all of it can be made again, so it needs no backup and no migration, and no writer of the database
waits while it is made. A name says for which inputs a file stands, and a file appears under its name only when it is
whole; so none is ever served for other inputs. Who builds holds a lock that the system lets go if the process dies.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

MOST_KEPT = 200
_HEX = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands: kept with so many bytes, being built (``done`` of ``total``), failed, or nothing yet."""

    size: int = 0
    building: bool = False
    done: int = 0
    total: int = 0
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder where they are kept."""

    folder: Path

    def read(self, digest: str) -> bytes | None:
        """A document, if it is kept."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def standing(self, digest: str) -> Standing:
        """Where it stands now."""
        kept, failed = self._path(digest), self._path(digest, "failed")
        if kept.exists():
            return Standing(size=kept.stat().st_size)
        if self._is_building(digest):
            done, total = self._progress(digest)
            return Standing(building=True, done=done, total=total)
        return Standing(failed=failed.read_text("utf-8") if failed.exists() else "")

    def begin(self, digest: str) -> TextIOWrapper | None:
        """The lock of whoever builds it: None when it is kept already or somebody does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = self._path(digest, "lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        if self._path(digest).exists():
            lock.close()
            return None
        self._path(digest, "failed").unlink(missing_ok=True)
        self.tell(digest, 0, 0)
        return lock

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One is built at a time, however many are wanted."""
        with (self.folder / "turn.lock").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def tell(self, digest: str, done: int, total: int) -> None:
        """Say how far it is."""
        self._write(self._path(digest, "progress"), json.dumps([done, total]).encode())

    def keep(self, digest: str, content: bytes) -> None:
        """Keep it, whole or not at all; the oldest of too many go."""
        self._write(self._path(digest), content)
        for name in ("progress", "lock"):
            self._path(digest, name).unlink(missing_ok=True)
        kept = sorted(self.folder.glob("*.kept"), key=lambda one: one.stat().st_mtime)
        for one in kept[:-MOST_KEPT]:
            one.unlink(missing_ok=True)

    def fail(self, digest: str, sentence: str) -> None:
        """Say why it could not be made."""
        self._write(self._path(digest, "failed"), sentence.encode())
        self._path(digest, "progress").unlink(missing_ok=True)

    def _is_building(self, digest: str) -> bool:
        try:
            with self._path(digest, "lock").open("r", encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def _progress(self, digest: str) -> tuple[int, int]:
        try:
            done, total = json.loads(self._path(digest, "progress").read_bytes())
        except FileNotFoundError:
            return 0, 0
        return done, total

    def _path(self, digest: str, name: str = "kept") -> Path:
        if len(digest) != _HEX or not digest.isalnum():
            raise ValueError(digest)
        return self.folder / f"{digest}.{name}"

    def _write(self, path: Path, content: bytes) -> None:
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(path)
