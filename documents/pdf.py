"""PDF by typst, in a process of its own that ends with its document: typst keeps memory, and nothing typed may take the server's.

All words go in as data, in a file that the template reads; fonts come from two packages, and from the machine only where
a text has signs that those lack. What no font has is printed as its number, [U+1F600], because PDF/UA allows no empty box.
The same document is the same bytes: nothing in it is of now.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

from documents.printed import Document, as_data

FAMILIES = ("font_source_serif_pro", "font_source_sans_pro")
TEMPLATE = Path(__file__).parent / "typst" / "print.typ"
MEMORY = 2 << 30  # bytes of address space, much of it never touched
SECONDS = 60
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 6
# What turns the words beside it round: on paper nobody can tell that it is there.
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
WORDS = {"en": {"contents": "Contents"}, "de": {"contents": "Inhalt"}}


class NotPrinted(Exception):
    """The document could not be set; the message is a sentence."""


def compiled(document: Document, *, large: bool = False) -> bytes:
    """A document as PDF/UA-1, tagged, with its title and language. Raises NotPrinted."""
    words = WORDS.get(document.language, WORDS["en"])
    data = as_data(document) | {"large": large, "contents": _is_long(document), "words": words}
    sent = json.dumps(
        {"data": json.dumps(data, ensure_ascii=False), "at": int(document.at.timestamp()), "memory": MEMORY}
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "documents.pdf"],
            input=sent.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=Path(__file__).parent.parent,
            env={"PYTHONPATH": str(Path(__file__).parent.parent), "RAYON_NUM_THREADS": "2"},
        )
    except subprocess.TimeoutExpired:
        raise NotPrinted(f"The document took longer than {SECONDS} seconds to set, and was given up.") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NotPrinted(f"The document could not be set: {_why(done)}")
    return done.stdout


def _is_long(document: Document) -> bool:
    return sum(getattr(one, "level", 0) in {1, 2} for one in document.blocks) > 3  # noqa: PLR2004


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode < 0:  # ended by a signal: typst aborts where the system gives it no more memory
        return f"it needs more than {MEMORY >> 20:,} MB of memory, or {SECONDS} seconds."
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return said[-1][:300] if said else "the process ended without a word."


def _main() -> None:
    """In the process: limits first, then typst."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "print.typ").write_bytes(TEMPLATE.read_bytes())
        sys.stdout.buffer.write(_set(folder, asked["data"], asked["at"]))


def _set(folder: str, data: str, at: int) -> bytes:
    import typst  # only here: it is large, and this process has limits

    paths = [str(files(one) / "files") for one in FAMILIES]
    nowhere = str(Path(folder, "no-packages"))
    data = _in_numbers(data, _TURNING)
    for n in range(_TRIES):
        Path(folder, "data.json").write_text(data, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=n > 0, include_embedded_fonts=True, font_paths=paths)
        compiler = typst.Compiler(
            input=str(Path(folder, "print.typ")),
            root=folder,
            font_paths=fonts,
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
        except typst.TypstError as refusal:
            missing = {sign for one in _MISSING.findall(refusal.diagnostic) for sign in _written(one)}
            if not missing:
                raise
            if n:
                data = _in_numbers(data, missing)
        else:
            assert isinstance(made, bytes)
            return made
    raise SystemExit("Some of its signs are in no font.")


def _written(quoted: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), quoted)


def _in_numbers(data: str, missing: Collection[str]) -> str:
    """The data with these signs as their numbers; [ and + mean nothing in JSON strings."""
    return data.translate({ord(one): f"[U+{ord(one):04X}]" for one in missing if not one.isascii()})


if __name__ == "__main__":
    _main()
