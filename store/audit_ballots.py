"""Votes: are what is put, the frozen roll, the urn, the list and the result as the log recorded them?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from constitution.digest import text_digest
from store import ballots
from store.ballots import Ballot, Mode, Step
from store.chain import Entry, Fault


class Ballots:
    """What the log says of each vote."""

    def __init__(self) -> None:
        self._acts: dict[tuple[str, str], Entry] = {}
        self._handed_in: defaultdict[str, set[str]] = defaultdict(set)
        self._voted: dict[tuple[str, str, str], str] = {}

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if it is of a vote."""
        if not entry.subject.startswith("ballot "):
            return
        if entry.act == "hand-in":
            self._handed_in[entry.subject].update(entry.payload.get("envelopes", ()))
        elif entry.act == "vote":
            key = (entry.subject, str(entry.payload.get("college")), entry.actor)
            self._voted[key] = str(entry.payload.get("answers"))
        else:
            self._acts[entry.subject, entry.act] = entry

    def faults(self) -> Iterator[Fault]:
        """Everything that is not as the log recorded it."""
        kept = {f"ballot {one.number}": one for one in ballots.listing()}
        for subject, one in kept.items():
            yield from self._opening(subject, one)
            yield from self._urn(subject, one)
            yield from self._result(subject, one)
        for (subject, act), entry in self._acts.items():
            if act == "open-ballot" and subject not in kept:
                yield Fault(
                    entry.seq,
                    f"Vote {subject.removeprefix('ballot ')} was opened in entry {entry.seq} of the log; it is gone.",
                )

    def _opening(self, subject: str, one: Ballot) -> Iterator[Fault]:
        entry, definition = self._acts.get((subject, "open-ballot")), ballots.definition(one.number)
        if entry is None:
            if definition is not None:
                yield Fault(None, f"The opening of vote {one.number} is not recorded in the log.")
            return
        if definition is None or text_digest(definition.decode()) != entry.payload["fingerprint"]:
            yield Fault(
                entry.seq, f"What is put in vote {one.number} is not what entry {entry.seq} of the log recorded."
            )
        voters = ballots.voters(one.number)
        for college, said in entry.payload["colleges"].items():
            if text_digest(ballots.roll_digest_text(college, voters)) != said["roll"]:
                yield Fault(entry.seq, f"The roll of {college} in vote {one.number} is not the one of its opening.")

    def _urn(self, subject: str, one: Ballot) -> Iterator[Fault]:
        names = {(voter.college, voter.member): voter.handle for voter in ballots.voters(one.number)}
        envelopes = ballots.envelopes(one.number)
        for each in envelopes:
            if one.mode is Mode.SEALED and each.hash not in self._handed_in[subject]:
                yield Fault(None, f"Envelope {each.hash} in vote {one.number} was never handed in.")
            if text_digest(each.content) != each.hash:
                yield Fault(None, f"Envelope {each.hash} in vote {one.number} holds something else.")
            handle = names.get((each.college, each.member), "")
            if one.mode is Mode.RECORDED and self._voted.get((subject, each.college, handle)) != each.content:
                yield Fault(
                    None,
                    f"The vote of {handle or 'somebody'} in vote {one.number} is not the one that the log recorded.",
                )
        entry = self._acts.get((subject, "close-ballot"))
        if entry and ballots.urn_digest([each.hash for each in envelopes]) != entry.payload["digest"]:
            yield Fault(entry.seq, f"The urn of vote {one.number} is not the one that was closed.")

    def _result(self, subject: str, one: Ballot) -> Iterator[Fault]:
        entry, declared = self._acts.get((subject, "declare-ballot")), ballots.declared(one.number)
        if entry is None or declared is None:
            if (entry is None) != (declared is None) or (one.taken(Step.DECLARED) is None) != (declared is None):
                yield Fault(
                    entry.seq if entry else None, f"The result of vote {one.number} is not the one that was declared."
                )
            return
        if text_digest(declared.papers) != entry.payload["list"]:
            yield Fault(entry.seq, f"The list of vote {one.number} is not the one that was declared.")
        if _digest(declared.result) != entry.payload["result"]:
            yield Fault(entry.seq, f"The result of vote {one.number} is not the one that was declared.")


def _digest(result: Mapping[str, object]) -> str:
    return text_digest(json.dumps(result, sort_keys=True))
