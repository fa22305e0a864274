"""Who may vote: the electorates of the rules, on the roll as it stands when a vote opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import store.ballots
import store.members
from members.permissions import Permission, granted
from rulebook.belonging import OnRoll, Selection, selections
from rulebook.kinds import Weight
from rulebook.rules import MEMBERS, Ballot, Electorate, Rulebook
from services import timing
from store.ballots import Voter


class NoVoters(ValueError):
    """A college of the vote has nobody in it, or more votes than the rules can weigh; the sentence says which."""


def electorates(book: Rulebook, ballot: Ballot) -> tuple[Electorate, ...]:
    """The colleges of a ballot of the rules, in their order."""
    return tuple(book.electorates.get(one) or Electorate(one, f"all {one}") for one in ballot.electorates or (MEMBERS,))


def voters(ballot: Ballot) -> tuple[Voter, ...]:
    """Everybody who may vote in a ballot of the rules now, by college; raises NoVoters."""
    book = timing.rules()
    chosen = selections(book, timing.happenings())
    people = store.members.on_roll()
    found: list[Voter] = []
    for one in electorates(book, ballot):
        ours = list(_belonging(people, chosen.get(one.id) or Selection(one)))
        if not ours:
            raise NoVoters(f"Nobody on the roll belongs to {one.label}; a vote without voters cannot open.")
        found += _weighed(one, ours, people)
    return tuple(found)


def _belonging(people: Iterable[store.members.Member], chosen: Selection) -> Iterator[store.members.Member]:
    for one in people:
        joined = date.fromisoformat(one.joined) if one.joined else None
        if Permission.VOTE in granted(one.roles) and OnRoll(one.standing, "", one.branch, one.body, joined) in chosen:
            yield one


def _weighed(
    electorate: Electorate, ours: Sequence[store.members.Member], people: Sequence[store.members.Member]
) -> Iterator[Voter]:
    """With weights, a vote stands for all members of its branch or body, so each of these has one voter."""
    if electorate.weight is Weight.ONE:
        yield from (Voter(electorate.id, one.id, one.handle, 1) for one in ours)
        return
    sizes, voting = Counter(map(_group, people)), Counter(map(_group, ours))
    for one in ours:
        if voting[_group(one)] > 1:
            raise NoVoters(
                f"{_group(one) or 'No branch'} has {voting[_group(one)]} voters in {electorate.label}, and the rules let "
                "one vote stand for all its members."
            )
        yield Voter(electorate.id, one.id, one.handle, sizes[_group(one)])


def _group(one: store.members.Member) -> str:
    return one.branch or one.body
