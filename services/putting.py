"""What is put to a vote: questions made from frozen drafts and the rules, and the text that a result makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.accounts
import store.amendments
import store.drafts
import store.editions
import store.support
from amendments.changes import inserted, touched
from amendments.decisions import outcome
from amendments.parts import Part, carried, parts
from amendments.ties import Kind as TieKind
from amendments.ties import Tie
from ballots.definition import Definition, Kind, Needed, Option, Question
from constitution.clause import Constitution
from constitution.digest import digest
from constitution.numbering import number
from constitution.redline import Change, RedlinedClause, redline
from rulebook import exact, kinds
from rulebook.belonging import Selection, selections
from rulebook.deciding import Required, required
from rulebook.formula import evaluate, figures, sizes_asked
from rulebook.rules import Ballot as Rule
from rulebook.rules import Electorate, Quorum, Rulebook
from rulebook.threshold import Counts, quorate
from services import relating, timing
from services.drafting_final import redline_digest

KEEP = "Keep the present text"
WHOLE = frozenset({kinds.BallotUnit.WHOLE, kinds.BallotUnit.QUESTION, kinds.BallotUnit.MOTION_AS_AMENDED})
TOGETHER = frozenset({TieKind.TOGETHER, TieKind.CONSEQUENTIAL})
# A run-off is a ranked question of two: who marks only one prefers it to the other, and to the present text.
COUNTED = frozenset({
    kinds.BallotKind.YES_NO, kinds.BallotKind.YES_NO_ABSTAIN, kinds.BallotKind.RANKED, kinds.BallotKind.RUN_OFF
})  # fmt: skip


class CannotPut(ValueError):
    """Why something cannot be put to a vote so, in a sentence."""


class NotWhatWasPut(ValueError):
    """The text that is there now is not the one whose digest was voted on. Nothing is adopted."""

    def __init__(self) -> None:
        super().__init__("The text in the store is not the text that was voted on. Nothing was adopted.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a ballot decided: the text that follows, the options that stand, and those that fell and why."""

    ballot: int
    base: int
    drafts: tuple[int, ...]
    constitution: Constitution
    digest: str
    stands: tuple[str, ...]
    falls: Mapping[str, str]
    amendments: tuple[int, ...]
    lost: tuple[int, ...]


def questions(drafts: Sequence[int], rule: Rule, now: datetime, split: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions of a ballot of the rules on these drafts; with ``split`` in parts, whatever the unit. Raises CannotPut."""
    if rule.kind not in COUNTED or (rule.kind is kinds.BallotKind.RANKED and rule.method is not kinds.Method.SCHULZE):
        raise CannotPut(f"The rules ask for a vote by {rule.kind.value.replace('_', ' ')}, which is not counted here.")
    if rule.kind is kinds.BallotKind.RUN_OFF and len(set(drafts)) != 2:  # noqa: PLR2004
        raise CannotPut("A run-off is between two drafts. Choose two.")
    found = [store.drafts.by_number(one) for one in drafts]
    base = store.editions.load(found[0].base_edition).constitution
    if any(one.base_edition != found[0].base_edition for one in found):
        raise CannotPut("The drafts were made against different editions; they cannot be put together.")
    if len(found) > 1 or rule.kind is kinds.BallotKind.RANKED:
        return (_ranked(found, base, rule, now),)
    (draft,) = found
    if rule.unit in WHOLE and not split:
        return (_of_draft(draft, base, rule, now),)
    return tuple(_of_parts(draft, base, rule, now, by_clause=bool(split) or rule.unit is kinds.BallotUnit.CLAUSE))


def _of_draft(draft: store.drafts.Draft, base: Constitution, rule: Rule, now: datetime) -> Question:
    option = _whole(draft, base)
    words = f"Shall the constitution read as draft {draft.number}, “{draft.title}”, has it?"
    return _question("1", words, (option,), base, draft.constitution, rule, now)


def _ranked(drafts: Sequence[store.drafts.Draft], base: Constitution, rule: Rule, now: datetime) -> Question:
    options, consent = [], list[str]()
    asked = _required(rule, base, [], now)
    for draft in drafts:
        option = _whole(draft, base)
        own = _required(rule, base, _labels(base, draft.constitution, option.clauses), now)
        consent += own.consent_of
        options.append(Option(**{**_fields(option), "thresholds": own.thresholds if own != asked else ()}))
    return Question(
        "1",
        Kind.RANKED,
        "Which of these shall the constitution be?",
        tuple(options),
        default=rule.default_option or KEEP,
        slots=1,  # of two whole texts only one can be in force
        thresholds=asked.thresholds,
        quorums=_quorums(asked.quorums),
        consent=tuple(dict.fromkeys(consent)),
    )


def _fields(option: Option) -> dict[str, object]:
    return {name: getattr(option, name) for name in Option.__dataclass_fields__}


def _whole(draft: store.drafts.Draft, base: Constitution) -> Option:
    clauses = tuple(clause for part in parts(base, draft.constitution) for clause in part.clauses)
    taken = tuple(sorted(store.accounts.taken(draft)))
    return Option(f"draft-{draft.number}", draft.title, taken, clauses, draft.digest, draft.redline_digest)


def _of_parts(
    draft: store.drafts.Draft, base: Constitution, rule: Rule, now: datetime, *, by_clause: bool
) -> Iterator[Question]:
    known = _clauses_of(draft)
    together = [] if by_clause else [*known.values(), *_tied(known)]
    labels = {**number(draft.constitution), **number(base)}
    for n, part in enumerate(parts(base, draft.constitution, together), 1):
        text = carried(base, draft.constitution, [part])
        amendments = tuple(one for one, clauses in known.items() if clauses & set(part.clauses))
        where = _where([labels[one] for one in part.clauses])
        option = Option(
            part.id, where, amendments, part.clauses, digest(text), redline_digest(base, text)
        )  # the id of its first clause: the same however the draft is parted
        whose = ", ".join(f"A{one}" for one in amendments) or "the committee"
        words = f"Shall {where} be changed as draft {draft.number} has it ({whose})?"
        yield _question(str(n), words, (option,), base, text, rule, now)


def _where(labels: Sequence[str]) -> str:
    named = [one for one in labels if one] or ["a clause without a number"]
    most = 4
    more = f" and {len(named) - most} more" if len(named) > most else ""
    return f"{'clause' if len(named) == 1 else 'clauses'} {', '.join(named[:most])}{more}"


def _question(  # noqa: PLR0917 (all that a question is made of)
    name: str,
    words: str,
    options: tuple[Option, ...],
    base: Constitution,
    text: Constitution,
    rule: Rule,
    now: datetime,
) -> Question:
    clauses = [clause for one in options for clause in one.clauses]
    asked = _required(rule, base, _labels(base, text, clauses), now)
    return Question(
        name,
        Kind.YES_NO if rule.kind is kinds.BallotKind.YES_NO else Kind.YES_NO_ABSTAIN,
        words,
        options,
        thresholds=asked.thresholds,
        quorums=_quorums(asked.quorums),
        consent=asked.consent_of,
    )


def _labels(base: Constitution, text: Constitution, clauses: Collection[str]) -> list[str]:
    """How the clauses that are changed are numbered, before and after: rules protect them by their numbers."""
    return [labels[one] for book in (base, text) for labels in (number(book),) for one in clauses if one in labels]


def _required(rule: Rule, base: Constitution, labels: Iterable[str], now: datetime) -> Required:
    del base
    happened = [one.name for one in timing.happenings() if one.at <= now]
    return required(timing.rules(), rule, labels, happened)


def _quorums(quorums: Iterable[Quorum]) -> tuple[Needed, ...]:
    """Quorums with their numbers worked out, on the roll as it is now."""
    book = timing.rules()
    found = []
    for one in quorums:
        known = figures(book.variables, _sizes(book, one))
        needed = evaluate(one.count, known)
        least = exact.floor(needed) + 1 if one.strict else exact.ceil(needed)
        found.append(Needed(one.kind, least, quorate(one, Counts(0, 0), known).rule, one.strict))
    return tuple(found)


def _sizes(book: Rulebook, quorum: Quorum) -> dict[str, int]:
    chosen: Mapping[str, Selection] = selections(book, timing.happenings())
    asked = sizes_asked([*book.variables.values(), quorum.count])
    return {one: store.support.size(chosen.get(one) or Selection(Electorate(one, one))) for one in asked}


def _clauses_of(draft: store.drafts.Draft) -> dict[int, set[str]]:
    """The clauses that each amendment taken into a draft bears on."""
    taken = store.amendments.numbered(sorted(store.accounts.taken(draft)))
    return {one.number: {*touched(one.version.edits), *inserted(one.version.edits)} for one in taken}


def _tied(known: Mapping[int, set[str]]) -> Iterator[set[str]]:
    """What is ruled to stand or fall together is one question."""
    for tie in relating.ties():
        if tie.kind in TOGETHER and tie.amendment in known and tie.other in known:
            yield known[tie.amendment] | known[tie.other]


def ties(asked: Iterable[Question]) -> tuple[tuple[int, str, int], ...]:
    """The ties between amendments of different questions, which the count carries out."""
    at = {number: question.id for question in asked for option in question.options for number in option.amendments}
    found = (one.key for one in relating.ties() if one.amendment in at and one.other in at)
    return tuple((one, kind.value, other) for one, kind, other in found if at[one] != at[other])


def texts(definition: Definition) -> tuple[Constitution, Mapping[str, Constitution]]:
    """The base, and the whole text of each option if it alone were carried. Raises NotWhatWasPut."""
    base = store.editions.load(definition.base[0])
    if base.digest != definition.base[1]:
        raise NotWhatWasPut
    drafts = {one[0]: store.drafts.by_number(one[0]) for one in definition.drafts}
    if any(drafts[number].digest != found for number, found, _ in definition.drafts):
        raise NotWhatWasPut
    options = [one for question in definition.questions for one in question.options]
    found = {one.id: _text(one, base.constitution, drafts) for one in options}
    if any(digest(found[one.id]) != one.text for one in options):
        raise NotWhatWasPut
    return base.constitution, found


def _text(option: Option, base: Constitution, drafts: Mapping[int, store.drafts.Draft]) -> Constitution:
    whole = next((one for one in drafts.values() if f"draft-{one.number}" == option.id), None)
    if whole is not None:
        return whole.constitution
    (draft,) = drafts.values()
    return carried(base, draft.constitution, [Part(option.clauses)])


def redline_of(definition: Definition, option: str) -> tuple[RedlinedClause, ...]:
    """What an option changes, as the member, the committee and the delegate saw it. Raises NotWhatWasPut."""
    base, found = texts(definition)
    rows = redline(base, found[option])
    return tuple(one for one in rows if one.change is not Change.KEPT)


def decided(definition: Definition, won: Mapping[str, Collection[str]]) -> Decision:
    """The text that the carried options (by question) make, after what falls with or because of others.

    Raises NotWhatWasPut.
    """
    base, found = texts(definition)
    chosen = {option for ones in won.values() for option in ones}
    options = {one.id: one for question in definition.questions for one in question.options}
    put = [options[one] for one in options if one in chosen]
    known = [Tie(one, TieKind(kind), other) for one, kind, other in definition.ties]
    fallen = outcome(known, {number for one in put for number in one.amendments})
    falls = {one.id: fallen.falls[number] for one in put for number in one.amendments if number in fallen.falls}
    open_ = {
        one.id: "Nothing decides between it and its alternative." for one in put if fallen.open & set(one.amendments)
    }
    stands = [one for one in put if one.id not in falls and one.id not in open_]
    text = _together(base, found, stands, definition)
    taken = {number for one in stands for number in one.amendments}
    asked = {number for one in options.values() for number in one.amendments}
    return Decision(
        definition.number,
        definition.base[0],
        tuple(one[0] for one in definition.drafts),
        text,
        digest(text),
        tuple(one.id for one in stands),
        falls | open_,
        tuple(sorted(taken)),
        tuple(sorted(asked - taken)),
    )


def _together(
    base: Constitution, found: Mapping[str, Constitution], stands: Sequence[Option], definition: Definition
) -> Constitution:
    if not stands:
        return base
    if len(stands) == 1:
        return found[stands[0].id]
    draft = store.drafts.by_number(definition.drafts[0][0])
    return carried(base, draft.constitution, [Part(one.clauses) for one in stands])
