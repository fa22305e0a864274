"""Parts of rules as phrases within a sentence: moments, numbers, routes, people, acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta, tzinfo
from fractions import Fraction

from rulebook.formula import Binary, Formula, Number, Operator, Size, constant, written
from rulebook.kinds import Act, BallotKind, BallotUnit, Doing, Ground, Proposer, QuorumKind, Sameness, Secrecy
from rulebook.rules import MEMBERS, Electorate, Quorum, Route, Rulebook, Step
from rulebook.saying import in_letters, lasting, on_date
from rulebook.when import OnDay, OnEdge, OnEvent, When

ACTS: Mapping[str, str] = {
    Act.APPEAL: "appeals",
    Act.COMMENT: "comments",
    Act.EDIT: "changes of wording",
    Act.MERGE: "merging",
    Act.OBJECT: "objections",
    Act.RULE: "rulings",
    Act.SECOND: "seconding",
    Act.SELECT: "choosing what is taken",
    Act.VOTE: "voting",
    Act.WITHDRAW: "withdrawing",
}
GROUNDS = {
    Ground.AGAINST_THE_CONSTITUTION: "it is against the constitution",
    Ground.BARRED_BY_MORATORIUM: "the same was decided not long ago",
    Ground.LATE: "it came too late",
    Ground.NOT_AN_AMENDMENT: "it does not amend the text",
    Ground.NOT_COMPETENT: "it cannot be acted on as it stands",
    Ground.OUT_OF_SCOPE: "it is outside what was announced",
    Ground.SAME_AS_ANOTHER: "it does the same as another",
    Ground.UNCLEAR: "nobody can tell what it would change",
    Ground.UNLAWFUL: "it would break the law",
}
MARKING = {
    BallotKind.YES_NO: "yes or no",
    BallotKind.YES_NO_ABSTAIN: "yes, no or an abstention",
    BallotKind.RANKED: "ranks",
    BallotKind.SCORE: "scores",
    BallotKind.APPROVAL: "a mark beside each that they approve of",
    BallotKind.RUN_OFF: "a choice of one of two",
}
UNITS = {
    BallotUnit.ITEM: "each item",
    BallotUnit.CLAUSE: "each clause",
    BallotUnit.MOTION_AS_AMENDED: "the motion as amended",
    BallotUnit.PACKAGE: "each package",
    BallotUnit.QUESTION: "each question",
    BallotUnit.ALL_OPTIONS: "all options together",
    BallotUnit.WHOLE: "the draft as a whole",
}
SECRECY = {
    Secrecy.OPEN: "The vote is open.",
    Secrecy.NAMED_AFTER: "How each has voted is published afterwards.",
    Secrecy.SECRET: "The vote is secret.",
    Secrecy.SECRET_VERIFIABLE: "The vote is secret, and each voter can check that theirs was counted.",
}
SAME = {
    Sameness.SAME_WORDS: "What has the same words",
    Sameness.SAME_CLAUSE: "What is about the same clause",
    Sameness.SAME_PURPOSE: "What has the same purpose",
}
_QUORUMS = {
    QuorumKind.TURNOUT: "must vote",
    QuorumKind.APPROVAL: "must vote in favour",
    QuorumKind.PER_OPTION: "must rank an option above the default option",
}
_ANYBODY = {
    Proposer.MEMBER.value: "a member",
    Proposer.BRANCH.value: "a branch",
    Proposer.BODY.value: "an affiliated body",
}


def a(noun: str) -> str:
    """A noun with its article: "an amendment"."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def capital(sentence: str) -> str:
    """A sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def either(words: Iterable[str]) -> str:
    """Words in a row: "a, b or c"."""
    return _row(words, "or")


def both(words: Iterable[str]) -> str:
    """Words in a row: "a, b and c"."""
    return _row(words, "and")


def called(name: str, electorates: Mapping[str, Electorate]) -> str:
    """An electorate, or anybody of a kind, as a noun."""
    return _ANYBODY.get(name) or electorates[name].label


def when(moment: When, book: Rulebook, own: str = "") -> str:
    """A moment that has no date yet, or is a date: "four weeks before “The ballot” opens".

    ``own`` is the stage whose moment it is, which is "it".
    """
    start = _start(moment.start, book, own)
    if not moment.shifts:
        return f"on {start}" if isinstance(moment.start, OnDay) else f"when {start}"
    for later, by in moment.shifts:
        start = f"{lasting(by)} {'after' if later else 'before'} {start}"
    return start


def step(one: Step, book: Rulebook) -> str:
    """What happens by itself: "the text of the draft is fixed"."""
    match one.doing:
        case Doing.FREEZE:
            named = {"all": "everything", "draft": "the draft"}
            what = named.get(one.what) or f"every {book.instruments[one.what].label}"
            return f"the text of {what} is fixed"
        case Doing.PUBLISH:
            return f"“{book.packs[one.what].label}” is published"
        case Doing.RULE:
            return "the rulings on what is admitted are given"
    return f"the roll of {book.electorates[one.what].label} is fixed"


def stage(name: str, book: Rulebook) -> str:
    """A stage by its label, in quotation marks."""
    return next((f"“{one.label}”" for one in book.stages if one.id == name), name)


def route(one: Route, book: Rulebook) -> str:
    """A seconding route: "20 members from at least three branches"."""
    words = [_seconders(one, book)]
    if one.least:
        words.append(f", but at least {one.least:,}")
    if one.most:
        words.append(f", but at most {one.most:,}")
    if one.spread and one.spread.groups > 1:
        words.append(f" from at least {in_letters(one.spread.groups)} {_groups(one.spread.by)}")
    if one.spread and one.spread.max_share:
        words.append(f", of whom no more than {one.spread.max_share} count from any one {_spaced(one.spread.by)}")
    if one.subquota:
        words.append(f", {one.subquota.count:,} of them with {_spaced(one.subquota.attribute)} {one.subquota.value}")
    if one.minute_required:
        words.append(" with the minute of the decision")
    return "".join(words)


def amount(formula: Formula, book: Rulebook) -> str:
    """How many: "20", "1/20 of the members", or the formula as it is written."""
    fixed = constant(formula)
    if fixed is not None:
        return f"{fixed.numerator:,}" if fixed.denominator == 1 else str(fixed)
    match formula:
        case Binary(Operator.OVER, Binary(Operator.TIMES, Size(name), Number(above)), Number(below)) if (
            name in book.electorates
        ):
            return f"{Fraction(above, below)} of {_the(book.electorates[name].label)}"
    return written(formula)


def quorum(one: Quorum, book: Rulebook) -> str:
    """What a quorum asks for: "at least 1/3 of the members must vote"."""
    return f"{'more than' if one.strict else 'at least'} {amount(one.count, book)} {_QUORUMS[one.kind]}"


def _seconders(one: Route, book: Rulebook) -> str:
    fixed = constant(one.count)
    if one.source in (Proposer.BRANCH, Proposer.BODY):
        noun, several = (
            ("branch", "branches") if one.source == Proposer.BRANCH else ("affiliated body", "affiliated bodies")
        )
        if fixed == 1:
            return f"one {noun}"
        return f"{amount(one.count, book)} {several}"
    label = book.electorates[one.source].label if one.source != MEMBERS else "members"
    if fixed is not None and fixed.denominator == 1:
        return f"{fixed.numerator:,} {label if fixed != 1 or label != 'members' else 'member'}"
    said = amount(one.count, book)
    return said if " of " in said else f"{said} {label}"


def _start(start: OnDay | OnEdge | OnEvent, book: Rulebook, own: str) -> str:
    match start:
        case OnDay(day, at):
            return on_date(day) + (f" at {at:%H:%M}" if at else "")
        case OnEdge(name, edge):
            return f"{'it' if name == own else stage(name, book)} {edge.value}"
    return book.events.get(start.event, start.event)


def since(at: datetime, here: tzinfo) -> str:
    """A moment at which something begins: "28 June 2026 at 12:00"; midnight begins its day."""
    local = at.astimezone(here)
    return on_date(local.date()) + ("" if local.time() == time() else f" at {local:%H:%M}")


def until(at: datetime, here: tzinfo) -> str:
    """A moment at which something ends: midnight is the end of the day before."""
    local = at.astimezone(here)
    if local.time() == time():
        return f"the end of {on_date(local.date() - timedelta(days=1))}"
    return since(at, here)


def _row(words: Iterable[str], last: str) -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def _the(label: str) -> str:
    return label if label.startswith("the ") else f"the {label}"


def _groups(by: str) -> str:
    return "branches" if by == "branch" else f"{_spaced(by)}s"


def _spaced(name: str) -> str:
    return name.replace("_", " ")
