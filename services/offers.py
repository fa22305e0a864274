"""Which acts the page of an amendment offers its reader, and what a former seconder has to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.editions
import store.members
import store.seconds
from amendments.edit import rebuilt
from amendments.seconding import OPEN
from constitution.redline import RedlinedClause
from services import amendment_page, instruments, revising, seconding, timing
from services.amendment_page import AmendmentPage


@dataclass(frozen=True, slots=True)
class Offers:
    """What this reader may do here. ``office`` is the body they act for, ``decided`` whether it has decided already.

    ``since`` is what changed since the text that they seconded, when they still have to answer; ``objection_until``
    the end of the time in which they may object to it.
    """

    mine: bool = False
    seconded: bool = False
    office: tuple[str, str] | None = None
    decided: bool = False
    edits: bool = False
    amends: bool = False
    accepts: bool = False
    since: tuple[RedlinedClause, ...] = ()
    objection_until: datetime | None = None


def offers(page: AmendmentPage, member: store.members.Member | None, now: datetime) -> Offers:
    """What a reader of the page may do; nobody who is signed in: nothing."""
    if member is None:
        return Offers()
    one, office = page.amendment, seconding.office(member)
    seconded = any(each.member.id == member.id for each in page.seconds)
    objects = revising.may_object(member, one, now)
    return Offers(
        mine=one.mover.id == member.id,
        seconded=seconded,
        office=office,
        decided=any((each.decision.kind, each.decision.name) == office for each in page.bodies),
        edits=revising.may_edit(member, one),
        amends=_can_be_amended(one),
        accepts=_accepts(page, member),
        since=() if seconded else _since(one, member),
        objection_until=revising.objectors_until(one) if objects else None,
    )


def _can_be_amended(one: store.amendments.Amendment) -> bool:
    """Whether the rules know an amendment of it."""
    if one.state not in OPEN:
        return False
    try:
        instruments.of_depth(timing.rules(), instruments.depth_of(one) + 1)
    except instruments.TooDeep:
        return False
    return True


def _accepts(page: AmendmentPage, member: store.members.Member) -> bool:
    amended = page.amended
    return (
        amended is not None
        and not page.outdated
        and page.amendment.state in OPEN
        and revising.may_edit(member, amended)
    )


def _since(one: store.amendments.Amendment, member: store.members.Member) -> tuple[RedlinedClause, ...]:
    """From the last text that the member seconded to the one that stands; nothing when they have answered."""
    if one.state not in OPEN or member.id in store.seconds.answered(one.version.id):
        return ()
    seen = store.seconds.last_seconded(one.number, member)
    version = next((each for each in one.versions if each.id == seen), None)
    if version is None or version.digest == one.version.digest:
        return ()
    return between_versions(version, one.version)


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version of an amendment and the one before, with the redline from the one's text to the other's."""

    amendment: store.amendments.Amendment
    old: store.amendments.Version
    new: store.amendments.Version
    redline: tuple[RedlinedClause, ...]


class NoSuchVersion(LookupError):
    """An amendment has no such version, or it is its first and followed none."""

    def __init__(self, number: int, n: int) -> None:
        super().__init__(f"A{number} has no version {n} that followed another.")


def version_page(number: int, n: int) -> VersionPage:
    """What changed from one version to the next; raises UnknownAmendment or NoSuchVersion."""
    found = store.amendments.by_number(number)
    if not 1 < n <= len(found.versions):
        raise NoSuchVersion(number, n)
    old, new = found.versions[n - 2 : n]
    return VersionPage(found, old, new, between_versions(old, new))


def between_versions(old: store.amendments.Version, new: store.amendments.Version) -> tuple[RedlinedClause, ...]:
    """The text as the one version would make it against the text as the other would; what others changed shows too."""
    texts = [rebuilt(one.edits, store.editions.load(one.base_edition).constitution) for one in (old, new)]
    return amendment_page.between(*texts)[0]
