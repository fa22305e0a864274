"""The committee merges seconded amendments: what agrees, what overlaps, what conflicts, and their choices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import store
import store.amendments
import store.composites
import store.editions
import store.log
from amendments.composite import Choices, Composition
from amendments.saving import Answer, Made, asked_again, changes, together
from amendments.states import WAITING
from members.permissions import Permission, require
from rulebook import kinds
from services import admitting, timing
from services.composing import Originals, composed, source_name
from services.placing import placed_edits

__all__ = ["Clash", "Desk", "NotMergeable", "abandon", "begin", "choose", "kept", "open_desk", "source_name", "take_up"]


class NotMergeable(ValueError):
    """The chosen amendments cannot be put on the desk together; the sentence says why."""


class Clash(ValueError):
    """What a member chose at some places is not saved, since another chose otherwise there meanwhile; all else is.

    ``keys`` are the places as ``Made.answers`` names them; ``mine`` and ``theirs`` hold what was chosen at those alone.
    ``typed`` is what is saved now with ``mine`` over it: show it, under the revision that is saved now, with
    ``desk_page.page(number, clash.typed)``, and nothing typed is lost; saved from there it replaces theirs.
    """

    def __init__(self, clashes: Sequence[str], saved: Made, mine: Made) -> None:
        what = "one choice" if len(clashes) == 1 else f"{len(clashes)} choices"
        super().__init__(
            f"Another member of the committee chose otherwise meanwhile: {what} of yours "
            f"{'is' if len(clashes) == 1 else 'are'} not saved. Yours and theirs are shown together below; "
            "everything else you chose is saved."
        )
        self.keys = tuple(clashes)
        self.mine, self.theirs = (Made(Choices()).with_(one, clashes) for one in (mine, saved))
        self.typed = saved.with_(mine, clashes)


@dataclass(frozen=True, slots=True)
class Desk:
    """A composite with everything its page needs: the base, the sources by name, how they meet, what is chosen.

    ``reasons`` are those of the committee's own wordings, by the key under which the wording stands in ``choices``.
    """

    composite: store.composites.Composite
    base: store.editions.Edition
    amendments: Sequence[store.amendments.Amendment]
    composition: Composition
    choices: Choices
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def made(self) -> Made:
        """The choices and the reasons together."""
        return Made(self.choices, self.reasons)

    @property
    def unreasoned(self) -> tuple[str, ...]:
        """The keys of the committee's own wordings that nobody has given a reason for yet."""
        asked = {one.key: one for one in self.composition.questions(self.choices)}
        used = (key for key in self.choices.written if key not in asked or self.choices.own(asked[key]) is not None)
        return tuple(key for key in used if (key in asked or key.startswith("whole/")) and not self.reasons.get(key))


def begin(member: store.members.Member, numbers: Sequence[int], title: str, now: datetime) -> int:
    """Put two or more seconded amendments on the desk together; the number of the composite."""
    require(member.roles, Permission.MERGE)
    chosen = tuple(sorted(set(numbers)))
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        _check(chosen, title, now)
        base = _in_force()
        for amendment in store.amendments.by_numbers(chosen):
            placed_edits(amendment, base)
        composite = store.composites.add(title=title.strip(), base_edition=base.number, amendments=chosen, at=now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="begin-composite",
            subject=f"composite {composite.number}",
            payload={"amendments": list(chosen), "base": base.number},
        )
    return composite.number


def take_up(member: store.members.Member, number: int, amendments: Collection[int], now: datetime) -> tuple[str, ...]:
    """Put further amendments on an open composite; the keys of the answers that are asked again because of them."""
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        desk = open_desk(number)
        _check_open(desk.composite)
        new = sorted(set(amendments) - set(desk.composite.amendments))
        if not new:
            raise NotMergeable("Choose amendments that are not on this desk yet.")
        _check_waiting(new, now)
        store.composites.take_up(number, new)
        desk = open_desk(number)
        again = asked_again(desk.composition, desk.made, [source_name(one) for one in new])
        if again:
            _keep(member, desk, desk.made.with_(Made(Choices()), again), now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="take-up",
            subject=f"composite {number}",
            payload={"amendments": new, "asked-again": again},
        )
    return tuple(again)


def open_desk(number: int) -> Desk:
    """The composite as it stands."""
    composite = store.composites.by_number(number)
    base, composition = composed(composite)
    return Desk(composite, base, Originals(composite), composition, *kept(composite))


def kept(composite: store.composites.Composite, revision: int | None = None) -> tuple[Choices, Mapping[str, str]]:
    """The choices saved last, or as a revision left them, and the reasons given with them; raises StaleRevision."""
    row = composite.choices if revision is None else store.composites.revision(composite, revision)
    return Choices.from_json(row), row.get("reasons", {})


def choose(
    member: store.members.Member,
    number: int,
    choices: Choices,
    revision: int,
    now: datetime,
    *,
    reasons: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Save what the choices change in those of the ``revision`` they were made from; None keeps the reasons.

    Returns the keys of the answers that are asked again, since they were given while an amendment that is taken back was
    left. What others have saved since stays, unless they chose otherwise at the same place: then raises Clash, when all else
    is saved. Raises NoSuchOption for a choice that its question does not offer, StaleRevision for an unknown revision.
    """
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        desk = open_desk(number)
        _check_open(desk.composite)
        before = Made(*kept(desk.composite, revision))
        mine = Made(choices, before.reasons if reasons is None else reasons)
        desk.composition.check(choices, changes(before, mine).keys())
        found = together(desk.base.constitution, before, desk.made, mine)
        again = _asked_again(desk, found.made)
        if found.made != desk.made:
            said = {
                "from": revision,
                "chosen": changes(desk.made, found.made),
                "together": _credited(desk, revision, found.both, member.handle),
                "not-saved": list(found.clashes),
                "asked-again": again,
            }
            said["revision"] = _keep(member, desk, found.made.with_(Made(Choices()), again), now)
            store.log.append(at=now, actor=member.handle, act="choose", subject=f"composite {number}", payload=said)
    if found.clashes:
        raise Clash(found.clashes, found.made, mine)
    return tuple(again)


def _keep(member: store.members.Member, desk: Desk, made: Made, now: datetime) -> int:
    row = made.choices.to_json() | {"reasons": dict(made.reasons)}
    return store.composites.save_choices(desk.composite, row, member=member.id, at=now).revision


def _asked_again(desk: Desk, made: Made) -> dict[str, Answer]:
    """The answers given while amendments were left that are taken back now, as far as they do not follow them."""
    back = desk.choices.left.keys() - made.choices.left.keys()
    if not back:
        return {}
    revisions = range(desk.composite.revision - 1, -1, -1)
    stood = (Made(*kept(desk.composite, one)) for one in revisions)
    before = next((one for one in stood if back.isdisjoint(one.choices.left)), None)
    return asked_again(desk.composition, made, [one.partition("/")[0] for one in back], before)


def _credited(desk: Desk, since: int, keys: Sequence[str], handle: str) -> dict[str, list[str]]:
    """Who wrote the words that two savings make together."""
    if not keys:
        return {}
    revisions = store.composites.revisions(desk.composite, since)
    people = store.members.by_ids(one.member for one in revisions)
    before, wrote = Made(*kept(desk.composite, since)), {key: {handle} for key in keys}
    for one in revisions:
        after = Made(Choices.from_json(one.choices), one.choices.get("reasons", {}))
        for key in changes(before, after).keys() & wrote.keys():
            wrote[key].add(people[one.member].handle)
        before = after
    return {key: sorted(handles) for key, handles in wrote.items()}


def abandon(member: store.members.Member, number: int, now: datetime) -> None:
    """Clear the desk; the amendments stay as they were."""
    require(member.roles, Permission.MERGE)
    with store.transaction():
        composite = store.composites.by_number(number)
        _check_open(composite)
        store.composites.set_state(composite, "abandoned")
        store.log.append(
            at=now, actor=member.handle, act="abandon-composite", subject=f"composite {number}", payload={}
        )


def _check_open(composite: store.composites.Composite) -> None:
    if composite.state != "open":
        raise NotMergeable(
            f"Composite {composite.number} is {composite.state}; nothing about it can be chosen any more."
        )


def _in_force() -> store.editions.Edition:
    latest = store.editions.latest()
    if latest is None:
        raise NotMergeable("There is no constitution yet.")
    return latest


def _check(numbers: Sequence[int], title: str, now: datetime) -> None:
    if not numbers:
        raise NotMergeable("Choose the amendments to merge.")
    if not title.strip():
        raise NotMergeable("Enter a title for the composite.")
    _check_waiting(numbers, now)


def _check_waiting(numbers: Sequence[int], now: datetime) -> None:
    found = store.amendments.by_numbers(numbers)
    for one in found:
        if one.state not in WAITING:
            raise NotMergeable(f"Amendment {one.number} is not seconded; only seconded amendments can be merged.")
    for why in admitting.unmergeable(found, now).values():
        raise NotMergeable(why)
