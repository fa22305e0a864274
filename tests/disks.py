"""Disks of one's own for a test: one whose power can be cut, and one that is soon full. They need root."""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN of linux/ext4.h
_LOSE_THE_JOURNAL = (2).to_bytes(4, "little")  # EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more reaches the disk
MEGABYTES = 64


@cache
def may_mount():
    """Whether this machine lets us mount a file as a disk, and cut its power."""
    if os.geteuid():
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            with disk(Path(folder)) as one:
                one.cut()
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


class Disk:
    """An ext4 file system in a file; ``place`` is where it is mounted."""

    def __init__(self, folder):
        self.image, self.place = folder / "disk.img", folder / "disk"

    def mount(self):
        run("mount", "-o", "loop,data=ordered", self.image, self.place)

    def cut(self):
        """What has not been written through is lost, as when the power fails."""
        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, _LOSE_THE_JOURNAL)
        finally:
            os.close(descriptor)

    def again(self):
        """Started again after the cut."""
        run("umount", self.place)
        self.mount()


@contextmanager
def disk(folder):
    made = Disk(folder)
    made.place.mkdir()
    with made.image.open("wb") as image:
        image.truncate(MEGABYTES * 1024 * 1024)
    run("mkfs.ext4", "-q", "-F", made.image)
    made.mount()
    try:
        yield made
    finally:
        run("umount", "-l", made.place)


@contextmanager
def small(place, kilobytes):
    """A disk in memory of this size."""
    place.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place)
    try:
        yield place
    finally:
        run("umount", "-l", place)


def run(*command):
    subprocess.run([str(one) for one in command], check=True, capture_output=True)
