"""One file with which anybody checks a vote by themselves: what was put, the log, the envelopes, the list, the result.

What it cannot show: that the officers opened every envelope truthfully. Each voter sees that by the receipt, and two
other officers by opening the urn again.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import store
import store.ballots
import store.log
from ballots.definition import Definition, Malformed, fingerprint, read
from ballots.paper import Paper, read_paper
from ballots.tally import count, to_json
from constitution.digest import text_digest
from services.balloting import NotNow
from store.chain import Entry, faults
from store.columns import iso

RECOUNT = Path(__file__).resolve().parent.parent / "static" / "recount.py"
MOMENT = (2000, 1, 1, 0, 0, 0)  # of every file in it: the same vote makes the same bytes
LARGEST = 256 * 1024 * 1024  # bytes of one file in it
NAMES = ("definition.json", "envelopes.txt", "list.jsonl", "log.jsonl", "recount.py", "result.json")
README = """\
Everything with which a vote can be checked. flask verify-audit FILE does it step by step; with nothing but Python:

    python3 recount.py definition.json list.jsonl [YOUR-RECEIPT]

definition.json  what was put, to how many, by which rules; its SHA-256 (sorted keys, no spaces) is the fingerprint
envelopes.txt    the SHA-256 of every envelope in the urn at the closing; yours is in your acknowledgement
list.jsonl       every paper as it was counted, by receipt; yours has your receipt
log.jsonl        the whole log: each entry holds the hash of the one before
result.json      what was declared
"""


class NotAPack(ValueError):
    """The file is no audit file, or a part of it is missing or too large; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Check:
    """A step of the checking, and what it found."""

    step: str
    faults: tuple[str, ...]


def made(number: int) -> bytes:
    """The file for a declared vote; raises UnknownBallot or NotNow."""
    ballot = store.ballots.by_number(number)
    declared, definition = store.ballots.declared(number), store.ballots.definition(number)
    if declared is None or definition is None:
        raise NotNow(f"The result of vote {ballot.number} is not declared yet.")
    sealed = ballot.mode is store.ballots.Mode.SEALED
    hashes = [one.hash for one in store.ballots.envelopes(number)] if sealed else []
    parts = {
        "README.txt": README.encode(),
        "definition.json": definition,
        "envelopes.txt": "".join(f"{one}\n" for one in hashes).encode(),
        "list.jsonl": declared.papers.encode(),
        "log.jsonl": b"".join(_line(one) for one in store.log.whole()),
        "recount.py": RECOUNT.read_bytes(),
        "result.json": json.dumps(declared.result, ensure_ascii=False, sort_keys=True, indent=1).encode(),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _line(entry: Entry) -> bytes:
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__} | {"at": iso(entry.at)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def checked(content: bytes) -> tuple[Check, ...]:
    """Every step of checking a file, in order; raises NotAPack."""
    pack = _Pack(_parts(content))
    steps: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("The log is an unbroken chain", pack.chain),
        ("What was put is what the log says was opened", pack.put),
        ("The frozen roll is what the log says", pack.roll),
        ("Every envelope in the urn was logged when it came in", pack.urn),
        ("The urn at the closing is what the log says", pack.closed),
        ("No more papers than envelopes and voters, no receipt twice", pack.papers),
        ("The list is the one that was declared", pack.listed),
        ("The result is what the list comes to", pack.result),
    )
    return tuple(Check(step, tuple(_tried(check))) for step, check in steps)


def _tried(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    try:
        yield from check()
    except (Malformed, KeyError, ValueError, TypeError) as fault:
        yield f"It cannot be read: {fault}"


def _parts(content: bytes) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            if any(sizes.get(name, 0) > LARGEST for name in NAMES):
                raise NotAPack("A part of the file is larger than any vote could make it.")
            return {name: archive.read(name) for name in NAMES}
    except (zipfile.BadZipFile, KeyError) as fault:
        raise NotAPack(f"This is not a whole audit file: {fault}") from fault


class _Pack:
    """The parts of a file, read as far as they can be."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self.entries = [_entry(json.loads(one)) for one in parts["log.jsonl"].splitlines()]

    @property
    def definition(self) -> Definition:
        return read(self.parts["definition.json"])

    @property
    def lines(self) -> list[Paper]:
        return [read_paper(json.loads(one), self.definition) for one in self.parts["list.jsonl"].splitlines()]

    @property
    def hashes(self) -> list[str]:
        return self.parts["envelopes.txt"].decode().split()

    def ours(self, act: str) -> list[Entry]:
        subject = f"ballot {self.definition.number}"
        return [one for one in self.entries if (one.act, one.subject) == (act, subject)]

    def chain(self) -> Iterator[str]:
        yield from (one.message for one in faults(self.entries))

    def put(self) -> Iterator[str]:
        opened = [one.payload["fingerprint"] for one in self.ours("open-ballot")]
        if opened != [fingerprint(self.definition)]:
            yield f"The log says that {', '.join(opened) or 'nothing'} was opened, the definition is {fingerprint(self.definition)}."
        if hashlib.sha256(self.parts["definition.json"]).hexdigest() != fingerprint(self.definition):
            yield "The definition is not in its canonical form."

    def roll(self) -> Iterator[str]:
        said = {name: one for entry in self.ours("open-ballot") for name, one in entry.payload["colleges"].items()}
        ours = {one.id: {"voters": one.voters, "roll": one.roll} for one in self.definition.colleges}
        if said != ours:
            yield "The colleges or their rolls are not those of the opening."

    def urn(self) -> Iterator[str]:
        logged = {one for entry in self.ours("hand-in") for one in entry.payload["envelopes"]}
        yield from (f"Envelope {one} was never handed in." for one in self.hashes if one not in logged)
        yield from (f"Envelope {one} is there twice." for one, times in Counter(self.hashes).items() if times > 1)

    def closed(self) -> Iterator[str]:
        for entry in self.ours("close-ballot"):
            if self.definition.mode == "sealed" and entry.payload["digest"] != store.ballots.urn_digest(self.hashes):
                yield "The envelopes are not those of the closing."
        if len(self.ours("close-ballot")) != 1:
            yield "The log does not say that the urn was closed once."

    def papers(self) -> Iterator[str]:
        voters = Counter(one.college for one in self.lines)
        for college in self.definition.colleges:
            if voters[college.id] > college.voters:
                yield f"{voters[college.id]:,} papers of {college.label}, who are {college.voters:,}."
        named = [one.receipt or one.voter for one in self.lines]
        yield from (f"{name} is in the list twice." for name, times in Counter(named).items() if times > 1)
        sealed = [one for one in self.lines if not one.receipt.startswith("paper-")]
        if self.definition.mode == "sealed" and len(sealed) > len(self.hashes):
            yield f"{len(sealed):,} papers came out of {len(self.hashes):,} envelopes."

    def listed(self) -> Iterator[str]:
        found = text_digest(self.parts["list.jsonl"].decode())
        said = [one.payload["list"] for one in self.ours("declare-ballot")]
        if said != [found]:
            yield f"The log says that {', '.join(said) or 'nothing'} was declared, the list is {found}."

    def result(self) -> Iterator[str]:
        said: Mapping[str, Any] = json.loads(self.parts["result.json"])
        counted = {"questions": to_json(count(self.definition, self.lines)), "papers": len(self.lines)}
        if said != json.loads(json.dumps(counted)):
            yield "The papers come to something else than was declared."


def _entry(found: Mapping[str, Any]) -> Entry:
    return Entry(**{**found, "at": datetime.fromisoformat(found["at"])})
