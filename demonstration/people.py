"""The roll of the Footpath Union: three hundred invented members, the same on every machine."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import cycle, islice, product

from demonstration.names import FIRST_NAMES, LAST_NAMES
from members.permissions import Role

MEMBERS = 300
SEED = 1932  # the mass trespass; any number would do, so long as it stays

# The larger half of the branches has more than twenty members, and so a second delegate (clause 6.3(1)).
BRANCH_SIZES = {
    "Airedale": 36,
    "Border Fells": 34,
    "Chalk Downs": 32,
    "Four Valleys": 30,
    "Glen and Loch": 28,
    "Lower Severn": 26,
    "Mersey Plain": 24,
    "Northern Wolds": 22,
    "Old Fen": 20,
    "Tamar and Moor": 18,
    "Thames Meadows": 16,
    "Welsh Marches": 14,
}
BRANCHES = tuple(BRANCH_SIZES)
SECOND_DELEGATE_ABOVE = 20
FIRST_JOINED, CAST_JOINED, LAST_JOINED = date(1988, 1, 1), date(2014, 12, 31), date(2025, 9, 30)
BODIES = ("Drystone Guild", "Lost Ways Society", "Wayfarers on Wheels", "Young Walkers' League")


@dataclass(frozen=True, slots=True)
class Person:
    """One member on the roll. ``body`` is the affiliated body they belong to as well, or ""; ``joined`` a date (ISO)."""

    handle: str
    name: str
    email: str
    branch: str
    body: str
    roles: frozenset[str]
    membership: str
    joined: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a visitor may sign in as with one click: who they are and what they can show."""

    key: str
    handle: str
    label: str
    line: str


PERSONAS = (
    Persona(
        "member", "rosa-lindgren", "A member", "Rosa walks with Border Fells. She reads, and seconds what she likes."
    ),
    Persona("mover", "meera-nair", "A mover", "Meera has moved amendments; one is in force and one wants seconders."),
    Persona(
        "branch-officer", "callum-drummond", "A branch officer", "Callum is secretary of the Glen and Loch branch."
    ),
    Persona(
        "committee-chair",
        "ffion-pritchard",
        "Chair of the drafting committee",
        "Ffion has a composite on her desk with one conflict left to settle.",
    ),
    Persona(
        "committee-member",
        "tobias-hale",
        "Member of the drafting committee",
        "Tobias merges amendments, and rules with two others on whether one may be put.",
    ),
    Persona(
        "delegate",
        "grace-adeyemi",
        "A delegate",
        "Grace votes for Airedale at conference, and wants to see what changes.",
    ),
    Persona(
        "administrator", "harriet-okoro", "The administrator", "Harriet keeps the roll and the rules of the process."
    ),
    Persona(
        "returning-officer",
        "samir-haddad",
        "The returning officer",
        "Samir conducts the ballots and is on nobody's side.",
    ),
    Persona(
        "opponent",
        "leonard-thwaite",
        "A sceptic",
        "Leonard reads every amendment and would leave most things as they are.",
    ),
)

# Those whom the story needs by name, with their branch; the first seven are the drafting committee.
COMMITTEE_MEMBERS = (
    ("Ffion Pritchard", "Welsh Marches"),
    ("Tobias Hale", "Chalk Downs"),
    ("Amara Nwosu", "Airedale"),
    ("Duncan Selkirk", "Glen and Loch"),
    ("Priya Raman", "Mersey Plain"),
    ("Josephine Tull", "Old Fen"),
    ("Yusuf Demir", "Lower Severn"),
)
CAST = (
    ("Rosa Lindgren", "Border Fells"),
    ("Meera Nair", "Airedale"),
    ("Callum Drummond", "Glen and Loch"),
    ("Grace Adeyemi", "Airedale"),
    ("Harriet Okoro", "Four Valleys"),
    ("Samir Haddad", "Mersey Plain"),
    ("Leonard Thwaite", "Northern Wolds"),
    ("Bronwen Gethin", "Welsh Marches"),
    ("Idris Bello", "Thames Meadows"),
    ("Hannah Whitlock", "Chalk Downs"),
    ("Patrick Mulvey", "Mersey Plain"),
    ("Chiara Bonetti", "Four Valleys"),
    ("Winston Clarke", "Lower Severn"),
    ("Ewa Zielinska", "Old Fen"),
    ("Gareth Penrose", "Tamar and Moor"),
    ("Noor Siddiqui", "Airedale"),
    ("Alasdair Muir", "Glen and Loch"),
    ("Beatrice Fenn", "Old Fen"),
    ("Kwame Asante", "Thames Meadows"),
    ("Sinead Rafferty", "Mersey Plain"),
    ("Oliver Stannard", "Northern Wolds"),
    ("Lakshmi Pillai", "Four Valleys"),
    ("Tamsin Carew", "Tamar and Moor"),
    ("Desmond Achebe", "Border Fells"),
    ("Martha Kestrel", "Border Fells"),
    ("Rhys Talbot", "Welsh Marches"),
    ("Zofia Marek", "Chalk Downs"),
    ("Edmund Garside", "Airedale"),
    ("Farida Rahimi", "Lower Severn"),
    ("Hugh Ravensworth", "Northern Wolds"),
    ("Ling Chau", "Mersey Plain"),
    ("Joan Appleby", "Border Fells"),
    ("Matthias Brandt", "Chalk Downs"),
    ("Olu Bankole", "Four Valleys"),
    ("Peggy Trewin", "Tamar and Moor"),
    ("Isobel Cairns", "Glen and Loch"),
)
STANDING_ORDERS = ("tobias-hale", "amara-nwosu", "duncan-selkirk")  # of the drafting committee, too
STANDING_ORDERS_COMMITTEE = "Standing orders committee"  # as the rulebook names it
CALLINGS = {"harriet-okoro": Role.ADMINISTRATOR, "samir-haddad": Role.RETURNING_OFFICER}
FIRST_DELEGATES = ("grace-adeyemi",)
FIRST_OFFICERS = ("callum-drummond",)


@cache
def people() -> tuple[Person, ...]:
    """The whole roll, the people of the story first."""
    chance = random.Random(SEED)
    placed = [*COMMITTEE_MEMBERS, *CAST, *_crowd(chance)]
    handles = [_handle(name) for name, _ in placed]
    branches = dict(zip(handles, (branch for _, branch in placed), strict=True))
    officers = {one for branch in BRANCHES for one in _officers(branch, branches)}
    bodies = _bodies([one for one in handles if one not in officers], chance)
    roles = _roles(branches, bodies, officers)
    joined = _joined(handles, chance)
    numbers = {one: f"FU-{place:04}" for place, one in enumerate(sorted(handles, key=lambda one: joined[one]), 1)}
    return tuple(
        Person(
            handle=one,
            name=name,
            email=f"{one.replace('-', '.')}@example.org",
            branch=branch,
            body=STANDING_ORDERS_COMMITTEE if one in STANDING_ORDERS else bodies.get(one, ""),
            roles=roles[one],
            membership=numbers[one],
            joined=joined[one].isoformat(),
        )
        for one, (name, branch) in zip(handles, placed, strict=True)
    )


def person(handle: str) -> Person:
    """The member with this handle; raises KeyError for a stranger."""
    return {one.handle: one for one in people()}[handle]


def officer_of(branch: str) -> Person:
    """The officer who enters what a branch decides, and nobody whom a visitor may be; raises KeyError for no branch."""
    played = {one.handle for one in PERSONAS}
    found = (one for one in people() if one.branch == branch and Role.OFFICER in one.roles and one.handle not in played)
    officer = next(found, None)
    if officer is None:
        raise KeyError(branch)
    return officer


def _handle(name: str) -> str:
    """The name in lower-case ASCII with hyphens: "Zoë O'Hara" is zoe-ohara."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(letter for letter in word if letter.isalnum()) for word in plain.replace("-", " ").split())


def _crowd(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Everybody else: a name nobody has yet, in a branch that still has room."""
    known = [*COMMITTEE_MEMBERS, *CAST]
    taken = {name for name, _ in known}
    free = [name for first, last in product(FIRST_NAMES, LAST_NAMES) if (name := f"{first} {last}") not in taken]
    seats = [branch for branch, size in BRANCH_SIZES.items() for _ in range(size - sum(b == branch for _, b in known))]
    chance.shuffle(seats)
    return zip(chance.sample(free, len(seats)), seats, strict=True)


def _bodies(handles: Sequence[str], chance: random.Random) -> dict[str, str]:
    """One member in ten belongs to an affiliated body too; nobody of the cast, who have enough to do.

    Nor an officer of a branch: an officer who belongs to a body would act for that.
    """
    cast = {_handle(name) for name, _ in (*COMMITTEE_MEMBERS, *CAST)}
    crowd = [one for one in handles if one not in cast]
    return dict(zip(sorted(chance.sample(crowd, MEMBERS // 10)), cycle(BODIES), strict=False))


def _joined(handles: Sequence[str], chance: random.Random) -> dict[str, date]:
    """When they joined; those of the story long ago, as they say themselves."""
    cast = len(COMMITTEE_MEMBERS) + len(CAST)
    last = (CAST_JOINED if place < cast else LAST_JOINED for place in range(len(handles)))
    days = (chance.randrange(FIRST_JOINED.toordinal(), one.toordinal() + 1) for one in last)
    return dict(zip(handles, map(date.fromordinal, days), strict=True))


def _roles(branches: dict[str, str], bodies: dict[str, str], officers: set[str]) -> dict[str, frozenset[str]]:
    drafting = {_handle(name) for name, _ in COMMITTEE_MEMBERS}
    busy = drafting | CALLINGS.keys()
    delegates = {
        one for branch in BRANCHES for one in _branch_delegates(branch, branches, busy | officers | bodies.keys())
    }
    delegates |= {
        next(one for one in bodies if bodies[one] == body and one not in officers | delegates) for body in BODIES
    }
    groups = {Role.COMMITTEE: drafting, Role.OFFICER: officers, Role.DELEGATE: delegates}
    return {
        one: frozenset(
            {Role.MEMBER, CALLINGS.get(one, Role.MEMBER), *(role for role, group in groups.items() if one in group)}
        )
        for one in branches
    }


def _officers(branch: str, branches: dict[str, str]) -> tuple[str, ...]:
    """Chair, secretary and treasurer (clause 4.3(1))."""
    busy = {_handle(name) for name, _ in COMMITTEE_MEMBERS} | CALLINGS.keys() | {*FIRST_DELEGATES}
    return _some(3, branch, branches, busy, FIRST_OFFICERS)


def _branch_delegates(branch: str, branches: dict[str, str], busy: set[str]) -> tuple[str, ...]:
    count = 2 if BRANCH_SIZES[branch] > SECOND_DELEGATE_ABOVE else 1
    return _some(count, branch, branches, busy, FIRST_DELEGATES)


def _some(count: int, branch: str, branches: dict[str, str], busy: set[str], first: Sequence[str]) -> tuple[str, ...]:
    """The given favourites of this branch, then those who are last on its roll: the crowd rather than the cast."""
    here = [one for one in branches if branches[one] == branch and one not in busy]
    preferred = [one for one in here if one in first]
    return tuple(islice((*preferred, *(one for one in reversed(here) if one not in preferred)), count))
