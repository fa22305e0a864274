"""What is told of each act, to whom, and in which words. Each is called inside the act's transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

import store
import store.accounts
import store.amendments
import store.ballots
import store.drafts
import store.editions
import store.follow
import store.members
import store.notices
import store.outbox
from amendments.edit import touched
from amendments.fates import WORDS, Item
from amendments.rebase import Placement
from amendments.rebase import State as Place
from amendments.seconding import Standing
from amendments.states import State, spoken
from amendments.ties import Tie
from constitution.clause import Constitution
from constitution.numbering import number
from members.notices import Kind, folded
from rulebook.rules import Stage
from services import notifying
from services.notifying import tell
from store.follow import Subject

CHANGE = "Change its text there: you see it as it was, as it is now, and as you wanted it. It stays open meanwhile."
REMEDIES = {
    State.REFUSED: "Its text stays readable there, with the reason. The rules know no appeal against the ruling.",
    State.ADMITTED: "It can be merged into a draft. There is nothing you have to do.",
    State.SECONDED: "It can be merged into another draft. There is nothing you have to do.",
    State.WITHDRAWN: "Its text stays readable there. Anybody may propose the same again.",
    State.OVERTAKEN: "If something of it is still wanted, propose that as an amendment of the edition now in force.",
}


def seconded_enough(amendment: store.amendments.Amendment, standing: Standing, at: datetime) -> None:
    """The mover learns that an amendment has its seconders; so does who follows it."""
    support = next((one.sentence for one in standing.routes if one.met), standing.sentence)
    tell(
        Kind.AMENDMENT_SECONDED_ENOUGH,
        f"amendment {amendment.number} version {amendment.version.n}",
        [amendment.mover],
        at,
        number=amendment.number,
        title=folded(amendment.title),
        support=support,
        link=f"/amendments/{amendment.number}",
    )
    _stands(amendment, State.SECONDED, f"Seconded by {support}", [amendment.mover.id], at)


def became(amendment: store.amendments.Amendment, state: State, reason: str, at: datetime, remedy: str = "") -> None:
    """The mover and the seconders learn what has become of an amendment, and why; but not who withdrew their own.

    So does who follows it. ``remedy`` is what can be done about it, where the state alone does not say.
    """
    people = store.notices.people_of([amendment.number])
    withdrawn = state is State.WITHDRAWN
    tell(
        Kind.AMENDMENT_STATE,
        f"amendment {amendment.number} {state}",
        [one for one in people if not (withdrawn and one.id == amendment.mover.id)],
        at,
        number=amendment.number,
        title=folded(amendment.title),
        state=spoken(state),
        reason=quoted(reason),
        link=f"/amendments/{amendment.number}",
        remedy=remedy or REMEDIES.get(state, "There is nothing you have to do."),
    )
    _stands(amendment, state, reason, [one.id for one in people], at)


def related(tie: Tie, said: str, about: str, at: datetime) -> None:
    """The movers and seconders of two amendments learn how they are ruled to stand to one another, or of a challenge."""
    first = store.amendments.by_number(tie.amendment)
    tell(
        Kind.AMENDMENT_STATE,
        about,
        store.notices.people_of([tie.amendment, tie.other]),
        at,
        number=first.number,
        title=folded(first.title),
        state=f"related to A{tie.other}",
        reason=quoted(said),
        link="/committee/relations",
        remedy="There you see how all amendments stand to one another, and whether a ruling can be challenged.",
    )


def frozen(
    draft: store.drafts.Draft,
    items: Sequence[Item],
    amendments: Mapping[int, store.amendments.Amendment],
    steps: Mapping[int, tuple[State, str]],
    at: datetime,
) -> None:
    """Each mover and seconder gets one report on all of theirs; who follows what took a step (by number) learns of it."""
    lines = {one.amendment: _fate(one, amendments[one.amendment]) for one in items}
    alike: dict[tuple[int, ...], list[store.outbox.Addressee]] = {}
    told: dict[int, list[int]] = {}
    for person, theirs in store.accounts.people(lines.keys()).items():
        alike.setdefault(theirs, []).append(person)
        for one in theirs:
            told.setdefault(one, []).append(person.id)
    for theirs, people in alike.items():
        tell(
            Kind.FATE_REPORT,
            f"draft {draft.number}",
            people,
            at,
            number=draft.number,
            title=folded(draft.title),
            amendments="\n".join(map(lines.__getitem__, theirs)),
            link=f"/drafts/{draft.number}",
        )
    for number_of, (state, reason) in steps.items():
        _stands(amendments[number_of], state, reason, told.get(number_of, ()), at)


def _fate(item: Item, amendment: store.amendments.Amendment) -> str:
    aside = "".join(f"\n    - {folded(one)}" for one in item.set_aside)
    said = f"{WORDS[item.fate].lower()}. {folded(item.reason)}"
    return f"  * Amendment {item.amendment}, {folded(amendment.title)}: {said}{aside}"


def adopted(
    edition: store.editions.Edition,
    draft: store.drafts.Draft,
    amendments: Collection[store.amendments.Amendment],
    at: datetime,
) -> None:
    """The movers and seconders of what is now in force learn of it; so does who follows any of it."""
    people = store.notices.people_of([one.number for one in amendments])
    tell(
        Kind.EDITION_ADOPTED,
        f"edition {edition.number}",
        people,
        at,
        number=edition.number,
        draft=draft.number,
        title=folded(draft.title),
        amendments=listed(amendments, State.IN_FORCE),
        link=f"/editions/{edition.number}",
    )
    for one in amendments:
        _stands(one, State.IN_FORCE, f"In force with edition {edition.number}", [each.id for each in people], at)


def proposed(amendment: store.amendments.Amendment, at: datetime) -> None:
    """Who follows a clause that an amendment bears on, a clause above it, or the branch of its mover learns of it."""
    base = store.editions.load(amendment.version.base_edition).constitution
    followed = {Subject(store.follow.Kind.CLAUSE, one): _clause(one, base) for one in _borne_on(amendment, base)}
    if amendment.mover.branch:
        branch = Subject(store.follow.Kind.BRANCH, amendment.mover.branch)
        followed[branch] = _branch(amendment.mover.branch)
    _tell_followers(
        followed,
        [amendment.mover.id],
        f"amendment {amendment.number} proposed",
        at,
        what=f"Amendment {amendment.number} is proposed: {folded(amendment.title)}",
        said=lambda _: (
            f'amendment {amendment.number}, "{folded(amendment.title)}", was proposed. It seeks seconders now.'
        ),
        link=f"/amendments/{amendment.number}",
    )


def changed(edition: store.editions.Edition, before: int, at: datetime) -> None:
    """Who follows a clause that an adopted edition changes, compared with the edition ``before`` it, learns of it."""
    named = sorted(store.follow.names(store.follow.Kind.CLAUSE))
    if not named:
        return
    old, new = store.editions.load(before).constitution, edition.constitution
    words = {Subject(store.follow.Kind.CLAUSE, one): word for one in named if (word := _what_happened(one, old, new))}
    followed = {one: _clause(one.name, new if one.name in new else old) for one in words}
    _tell_followers(
        followed,
        (),
        f"edition {edition.number} followed",
        at,
        what=f"Edition {edition.number} changes what you follow",
        said=lambda theirs: (
            f"edition {edition.number} came into force. Of what you follow, it changes:\n\n"
            + "\n".join(f"  * {followed[one]}: {words[one]}" for one in theirs)
        ),
        link=f"/editions/{before}/compare/{edition.number}",
    )


def rewritten(amendment: store.amendments.Amendment, at: datetime) -> None:
    """The mover learns that somebody else changed the words: the committee, or a seconder by an objection."""
    version = amendment.version
    tell(
        Kind.AMENDMENT_STATE,
        f"amendment {amendment.number} version {version.n}",
        [amendment.mover],
        at,
        number=amendment.number,
        title=folded(amendment.title),
        state=f"version {version.n}",
        reason=quoted(version.note),
        link=f"/amendments/{amendment.number}/versions/{version.n}",
        remedy="There is nothing you have to do.",
    )


def revised(amendment: store.amendments.Amendment, told: Collection[int], at: datetime) -> None:
    """Who follows an amendment learns that it has another text, unless they are ``told`` as its seconders."""
    name, version = f"amendment {amendment.number}", amendment.version
    _tell_followers(
        {Subject(store.follow.Kind.AMENDMENT, str(amendment.number)): name},
        told,
        f"{name} version {version.n}",
        at,
        what=f"Amendment {amendment.number} has another text",
        said=lambda _: (
            f'{name}, "{folded(amendment.title)}", got version {version.n}. The reason given:\n\n{quoted(version.note)}'
        ),
        link=f"/amendments/{amendment.number}/versions/{version.n}",
    )


FITS = {
    Place.CLEAN: "fits, word for word",
    Place.MOVED: "fits; what it changes has moved or been renumbered",
    Place.REWORDED_NEARBY: "fits, but words close to it have changed: read it again",
    Place.CONFLICT: "does not fit any more: the words it changes have changed",
}


def placed(
    edition: store.editions.Edition, fits: Iterable[tuple[store.amendments.Amendment, Placement]], at: datetime
) -> None:
    """Each mover learns how what they have open fits a new edition: one message for all of theirs."""
    theirs: dict[int, list[tuple[store.amendments.Amendment, Placement]]] = {}
    for one, placement in fits:
        theirs.setdefault(one.mover.id, []).append((one, placement))
    for each in theirs.values():
        lost = [one for one, placement in each if placement.state is Place.CONFLICT]
        tell(
            Kind.AMENDMENTS_PLACED,
            f"edition {edition.number}",
            [each[0][0].mover],
            at,
            number=edition.number,
            what=f"Amendment {lost[0].number} does not fit edition {edition.number} any more"
            if lost
            else f"Your open amendments fit edition {edition.number}",
            amendments="\n".join(
                f"  * Amendment {one.number}, {folded(one.title)}: {FITS[placement.state]}" for one, placement in each
            ),
            link=f"/amendments/{lost[0].number}/revise" if lost else "/mine",
            remedy=CHANGE if lost else "There is nothing you have to do.",
        )


def listed(amendments: Iterable[store.amendments.Amendment], state: State | None = None) -> str:
    """The amendments, a line each, with the state to which they have come."""
    fate = f": {spoken(state)}" if state else ""
    return "\n".join(f"  * Amendment {one.number}, {folded(one.title)}{fate}" for one in amendments)


def quoted(words: str) -> str:
    """What somebody wrote, set apart from what we say, whatever it looks like."""
    return "\n".join(f"  > {line}".rstrip() for line in words.strip().splitlines())


def date_changed(
    stage: Stage, edge: str, *, before: datetime | None, moment: datetime, reason: str, at: datetime
) -> None:
    """Every member learns that a stage opens or closes at another moment than was said."""
    tell(
        Kind.STAGE_DATES,
        f"stage {stage.id} {edge} {moment.isoformat()}",
        store.members.everyone(),
        at,
        stage=stage.label,
        edge=edge,
        moment=notifying.edge(edge, moment),
        before=notifying.edge(edge, before),
        reason=quoted(reason),
        link="/rules",
    )


def _stands(
    amendment: store.amendments.Amendment, state: State, reason: str, told: Collection[int], at: datetime
) -> None:
    """Who follows an amendment learns where it stands now, unless they are ``told`` of the same as mover or seconder."""
    name = f"amendment {amendment.number}"
    _tell_followers(
        {Subject(store.follow.Kind.AMENDMENT, str(amendment.number)): name},
        told,
        f"{name} {state}",
        at,
        what=f"Amendment {amendment.number}: {spoken(state)}",
        said=lambda _: (
            f'{name}, "{folded(amendment.title)}", became: {spoken(state)}.'
            + (f" The reason given:\n\n{quoted(reason)}" if reason.strip() else "")
        ),
        link=f"/amendments/{amendment.number}",
    )


def _tell_followers(
    followed: Mapping[Subject, str],
    told: Collection[int],
    about: str,
    at: datetime,
    *,
    what: str,
    said: Callable[[tuple[Subject, ...]], str],
    link: str,
) -> None:
    """Tell each follower of any of ``followed`` (with its words) once, naming what of it they follow."""
    alike: dict[tuple[Subject, ...], list[store.outbox.Addressee]] = {}
    for one, theirs in store.follow.followers(followed).items():
        if one.id not in told:
            alike.setdefault(theirs, []).append(one)
    for theirs, people in alike.items():
        words = [followed[one] for one in theirs]
        names = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
        tell(Kind.FOLLOWED, about, people, at, what=what, said=said(theirs), link=link, followed=names)


def _borne_on(amendment: store.amendments.Amendment, base: Constitution) -> Iterable[str]:
    """The clauses that an amendment bears on and those above them: who follows an article follows what is in it."""
    found = [one for one in touched(amendment.version.edits) if one in base]
    above = (above.id for one in found for above in base.ancestors(one))
    return dict.fromkeys((*found, *above))


def _what_happened(clause: str, old: Constitution, new: Constitution) -> str:
    """What became of a clause from one edition to the next, in a word; "" for nothing, or only another number."""
    if clause not in old or clause not in new:
        return "" if clause not in old and clause not in new else "struck" if clause in old else "added"
    before, now = old[clause], new[clause]
    if (before.heading, before.text) != (now.heading, now.text):
        return "reworded"
    if before != now:
        return "changed below"
    return "moved" if old.parents[clause] != new.parents[clause] else ""


def _clause(clause: str, book: Constitution) -> str:
    return f"clause {number(book)[clause]}"


def _branch(name: str) -> str:
    ending = "" if name.casefold().endswith("branch") else " branch"
    return f"{'' if name.casefold().startswith('the ') else 'the '}{name}{ending}"


def vote_opened(
    ballot: store.ballots.Ballot, fingerprint: str, voters: Iterable[store.ballots.Voter], at: datetime
) -> None:
    """Every voter learns that a vote has opened, until when, and by which fingerprint it is known."""
    closes = notifying.edge("closes", ballot.closes)
    said = f"It closes {closes}. You may vote until then. Its fingerprint is\n\n    {fingerprint}\n\nThe page of the vote shows the same; if it shows another, tell the returning officer."
    _vote(ballot, f"A vote is open: {ballot.title}", said, voters, at)


def vote_withdrawn(
    ballot: store.ballots.Ballot, reason: str, voters: Iterable[store.ballots.Voter], at: datetime
) -> None:
    """Every voter learns that nothing of a vote will be counted, and why."""
    said = f"The vote was withdrawn before its closing. Nothing that was handed in is opened or counted.\n\n{quoted(reason)}"
    _vote(ballot, f"A vote was withdrawn: {ballot.title}", said, voters, at)


def vote_declared(ballot: store.ballots.Ballot, voters: Iterable[store.ballots.Voter], at: datetime) -> None:
    """Every voter learns that the result is there."""
    said = "The result is published, with the list of all papers: find yours by your receipt, and count them again if you like."
    _vote(ballot, f"The result of a vote: {ballot.title}", said, voters, at)


def _vote(
    ballot: store.ballots.Ballot, subject: str, said: str, voters: Iterable[store.ballots.Voter], at: datetime
) -> None:
    ours = {one.member for one in voters}
    people = [one for one in store.members.everyone() if one.id in ours]
    about = f"ballot {ballot.number} {folded(subject)}"
    tell(Kind.VOTE, about, people, at, subject=folded(subject), said=said, link=f"/ballots/{ballot.number}")
