"""How a member wants an amendment to stand to another one: read from what was typed, and kept."""

from __future__ import annotations

import re
from datetime import datetime

import store
import store.amendments
import store.relations
from amendments.relations import CannotRelate, Relation, Said, require_relation, sentence
from services.proposal import Proposal, Reader

NUMBER = re.compile(r"\s*[Aa]?\s*(\d{1,9})\s*\Z")


def read(member: store.members.Member, proposal: Proposal, reader: Reader) -> tuple[Relation, int] | None:
    """The relation that was asked for; what is wrong with it stands beside its field ``other``."""
    if proposal.relation not in set(Relation):
        return None
    relation, found = Relation(proposal.relation), NUMBER.match(proposal.other)
    if not found:
        reader.problems["other"] = "Enter the number of the other amendment, such as A7"
        return None
    try:
        other = store.amendments.by_number(int(found[1]))
        require_relation(
            (0, relation, other.number),
            store.relations.everything(),
            mover=member.handle,
            other_mover=other.mover.handle,
        )
    except (store.amendments.UnknownAmendment, CannotRelate) as refusal:
        reader.problems["other"] = str(refusal).removesuffix(".")
        return None
    return relation, other.number


def keep(number: int, said: tuple[Relation, int], now: datetime) -> None:
    """Keep the relation of a new amendment."""
    store.relations.add((number, *said), at=now)


def sentences(number: int) -> tuple[tuple[str, int], ...]:
    """What is said of an amendment and of others, in words, each with the number of the other."""
    return tuple(_sentence(number, one) for one in store.relations.of(number))


def _sentence(number: int, said: Said) -> tuple[str, int]:
    one, relation, other = said
    if one == number:
        return sentence(relation, f"A{other}"), other
    return sentence(relation, f"A{one}", of_other=True), one
