"""Opening an urn, away from every server: what is in it, and what in it is no vote."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ballots.definition import Definition, Malformed, fingerprint, read
from ballots.paper import Paper, line, read_paper
from ballots.sealing import CannotOpen, public_key, unseal
from ballots.tally import count, to_json

FORMAT = "redraft-urn-1"


@dataclass(frozen=True, slots=True)
class Opened:
    """The papers by receipt, a line each; what they come to; and the envelopes (hash, why) that hold none."""

    definition: Definition
    lines: tuple[str, ...]
    result: list[dict[str, Any]]
    refused: tuple[tuple[str, str], ...]


def opened(urn: Mapping[str, Any], private: bytes) -> Opened:
    """Everything in an urn; raises Malformed, or CannotOpen when the key is not the one it was sealed to."""
    if urn.get("format") != FORMAT:
        raise Malformed(f"This is not an urn in the format {FORMAT}.")
    definition = read(urn["definition"])
    if public_key(private) != definition.key:
        raise CannotOpen("These shares make another key than the one to which this ballot was sealed.")
    mark, papers, refused = fingerprint(definition), dict[str, Paper](), []
    for college, envelope in urn["envelopes"]:
        try:
            paper = _paper(unseal(private, mark, envelope), college, definition, papers)
            papers[paper.receipt] = paper
        except (CannotOpen, Malformed) as why:
            refused.append((hashlib.sha256(envelope.encode()).hexdigest(), str(why)))
    found = [papers[receipt] for receipt in sorted(papers)]
    return Opened(definition, tuple(map(line, found)), to_json(count(definition, found)), tuple(refused))


def _paper(found: Mapping[str, Any], college: str, definition: Definition, known: Collection[str]) -> Paper:
    paper = read_paper({**found, "weight": 1}, definition)
    if paper.college != college:
        raise CannotOpen("It was sealed for another college.")
    if not paper.receipt or paper.receipt in known:
        raise CannotOpen("It has no receipt, or that of another envelope.")
    return paper
