"""The Allotment Society: small enough to know by heart, with a clause for everything the tests do."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import store.amendments
import store.editions
import store.members
import store.processes
from constitution.markup import parse
from constitution.numbering import number
from members.permissions import Role
from services import admitting, compositing, drafting, enrolling, seconding
from services.proposal import Act, Change, Proposal

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

RULEBOOK = """\
[process]
name = "Rule changes"
[seconding]
count = 2
[form]
title_words = 12
reason_words = 40
text_chars = 2000
"""

ADMISSION = """
[[electorate]]
id = "standing_orders"
label = "the standing orders committee"
[admission]
by = "standing_orders"
"""

BOOK = """\
# Rules of the Allotment Society

## 1. Members

1. Anyone who works a plot is a member.
2. A member who leaves a plot untended for two seasons may be expelled under clause 2(3).

## 2. Meetings

1. A general meeting needs sixteen members present.
2. Notice of a general meeting is given two weeks before it, by post.
3. A general meeting may expel a member by two thirds of the votes cast.

## 3. Water

1. The pump is shared by all members.
2. Nobody waters between noon and four, unless clause 2(1) is met and the meeting says otherwise.
"""

INDOORS = (
    BOOK.replace(
        """1. A general meeting needs sixteen members present.
2. Notice of a general meeting is given two weeks before it, by post.
3. A general meeting may""",
        """1. Meetings are held indoors.
2. A general meeting needs sixteen members present.
3. Notice of a general meeting is given two weeks before it, by post.
4. A general meeting may""",
    )
    .replace("clause 2(3)", "clause 2(4)")
    .replace("clause 2(1)", "clause 2(2)")
)

MEERA, ROSA, GRACE, LEONARD = "meera-nair", "rosa-lindgren", "grace-adeyemi", "leonard-thwaite"
FFION, TOBIAS, HARRIET = "ffion-pritchard", "tobias-hale", "harriet-okoro"

PEOPLE = {
    MEERA: {Role.MEMBER}, ROSA: {Role.MEMBER}, GRACE: {Role.DELEGATE}, LEONARD: {Role.MEMBER},
    FFION: {Role.MEMBER, Role.COMMITTEE}, TOBIAS: {Role.MEMBER, Role.COMMITTEE}, HARRIET: {Role.ADMINISTRATOR},
}  # fmt: skip

SIXTEEN = "A general meeting needs sixteen members present."
NOTICE = "Notice of a general meeting is given two weeks before it, by post."

_ids = itertools.count(1)


def new_id() -> str:
    """An id no clause has yet."""
    return f"new{next(_ids)}"


def found() -> None:
    """Set the society up: rules, members, and its first edition."""
    enrolling.set_up("Allotment Society", RULEBOOK, NOON)
    enrolling.enrol(
        [
            store.members.NewMember(handle, handle.replace("-", " ").title(), roles=frozenset(map(str, roles)))
            for handle, roles in PEOPLE.items()
        ],
        NOON,
    )
    enrolling.import_constitution(parse(BOOK), NOON, note="As founded")


def revise(book: str) -> None:
    """Import another text as the next edition."""
    enrolling.import_constitution(parse(book), NOON, note="Revised", revised=True)


def member(handle: str) -> store.members.Member:
    """Somebody of the society."""
    return store.members.by_handle(handle)


def in_force() -> store.editions.Edition:
    """The edition in force."""
    latest = store.editions.latest()
    assert latest is not None
    return latest


def clause(label: str) -> str:
    """The id of the clause with this label in the edition in force."""
    return next(one for one, printed in number(in_force().constitution).items() if printed == label)


def reword(label: str, text: str) -> Change:
    """Another text for a clause."""
    return Change(Act.REWORD, clause(label), text=text)


def add(act: Act, label: str, text: str, heading: str = "") -> Change:
    """A new clause somewhere about the one with the label."""
    return Change(act, clause(label), heading, text)


def strike(label: str) -> Change:
    """Leave a clause out."""
    return Change(Act.STRIKE, clause(label))


def proposal(*changes: Change, title: str = "A better rule", reason: str = "It is better.") -> Proposal:
    """What a member would send from the form."""
    return Proposal(in_force().number, changes, title, reason)


def propose(*changes: Change, by: str = MEERA, title: str = "A better rule") -> int:
    """An amendment seeking seconders; its number."""
    return drafting.propose(member(by), proposal(*changes, title=title), NOON, new_id)


def second(number: int, *handles: str) -> None:
    """Second what stands."""
    for handle in handles:
        digest = store.amendments.by_number(number).version.digest
        seconding.second(member(handle), number, digest, NOON)


def seconded(*changes: Change, by: str = MEERA, title: str = "A better rule") -> int:
    """An amendment with the seconders it needs."""
    made = propose(*changes, by=by, title=title)
    second(made, *[one for one in (ROSA, GRACE, LEONARD) if one != by][:2])
    return made


def refuse(number: int, reason: str = "Out of order.", at: datetime = NOON) -> None:
    """Rule an amendment out under rules that let the committee; then the rules are as they were."""
    rules = store.processes.current().rulebook_toml
    enrolling.set_up("Allotment Society", rules + ADMISSION, at)
    version = store.amendments.by_number(number).version.n
    admitting.rule(member(FFION), number, admitting.Wanted(version, "out-of-order", "out_of_scope", reason), at)
    enrolling.set_up("Allotment Society", rules, at)


def on_desk(*numbers: int, title: str = "Composite") -> int:
    """A composite of these amendments; its number."""
    return compositing.begin(member(FFION), numbers, title, NOON)


def text(label: str) -> str:
    """The stored text of a clause in force."""
    return in_force().constitution[clause(label)].text
