"""A rulebook as a member reads it: sections of whole sentences, with the dates and what is left of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rulebook import kinds, phrases
from rulebook.formula import written
from rulebook.phrases import a, both, capital, either
from rulebook.rules import Appeal, Ballot, Instrument, Protection, Rulebook
from rulebook.saying import apart, counted, in_letters, lasting
from rulebook.threshold import in_words as threshold_in_words
from rulebook.timetable import Period, Timetable
from rulebook.when import Edge, When

BY_PEOPLE = "This site does not see to it: those who rule and count do."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the sentences below it."""

    heading: str
    sentences: tuple[str, ...]


def in_words(book: Rulebook, table: Timetable, now: datetime) -> tuple[Section, ...]:
    """All the rules that a member should know, in English; sections without a sentence are left out."""
    sections = (
        Section("What this is about", tuple(_process(book))),
        Section("Timetable", tuple(_stages(book, table, now))),
        *(Section(capital(one.label), tuple(_instrument(one, book))) for one in book.instruments.values()),
        Section("What is admitted", tuple(_admission(book))),
        Section("Putting texts together", tuple(_merging(book))),
        *(Section(capital(one.label), tuple(_ballot(one, book))) for one in book.ballots),
        Section("Protected clauses", tuple(_protection(one) for one in book.protections)),
        Section("Coming into force", tuple(_adoption(book))),
    )
    return tuple(one for one in sections if one.sentences)


def _process(book: Rulebook) -> Iterator[str]:
    whole = book.process.purpose is kinds.Purpose.REVISION
    yield f"These are the rules of “{book.name}”{', by which the whole text is open' if whole else ''}."
    if book.process.base:
        yield f"The text that is changed is {book.process.base}."
    if book.stages:
        yield f"All times are those of {book.process.timezone}."


def _stages(book: Rulebook, table: Timetable, now: datetime) -> Iterator[str]:
    for period in table.periods:
        yield f"{period.stage.label}: {_when(period, book, table)}{_left(period, now)}."
        allowed = [phrases.ACTS.get(one) or a(book.instruments[one].label) for one in period.stage.allows]
        if allowed:
            yield f"Possible then: {both(allowed)}."
        yield from _limits(period, book)


def _when(period: Period, book: Rulebook, table: Timetable) -> str:
    if period.skipped:
        return "it is not held"
    if not period.opens.at:
        return f"it opens {_written(period.stage.opens, book, period)}, and closes {_written(period.stage.closes, book, period)}"
    opens = phrases.since(period.opens.at, table.zone)
    if not period.closes.at:
        return f"it opens on {opens}, and closes {_written(period.stage.closes, book, period)}"
    return f"from {opens} to {phrases.until(period.closes.at, table.zone)}"


def _written(moment: When | None, book: Rulebook, period: Period) -> str:
    assert moment, "a rulebook without problems says when each stage opens and closes"
    return phrases.when(moment, book, period.stage.id)


def _left(period: Period, now: datetime) -> str:
    """What is left, or how long ago: nothing where there is no date."""
    if period.skipped or not period.opens.at:
        return ""
    if now < period.opens.at:
        return f"; it opens in {apart(now, period.opens.at)}"
    if not period.closes.at:
        return "; it is open now"
    if period.is_over(now):
        return f"; it closed {apart(period.closes.at, now)} ago"
    return f"; it is open now and closes in {apart(now, period.closes.at)}"


def _limits(period: Period, book: Rulebook) -> Iterator[str]:
    stage = period.stage
    for edge, steps in ((Edge.OPENS, stage.on_open), (Edge.CLOSES, stage.on_close)):
        if steps:
            yield f"When it {edge.value}, {both([phrases.step(one, book) for one in steps])}."
    if stage.extend:
        limit = f", but to no later than {lasting(stage.most)} after it opens" if stage.most else ""
        happens = either([book.events[one] for one in stage.extend.on])
        yield f"Whenever {happens}, the closing moves to {lasting(stage.extend.by)} after that{limit}."
    if stage.last_call:
        over = both(
            [
                phrases.ACTS.get(one) or f"bringing in {a(book.instruments[one].label)}"
                for one in stage.last_call.forbids
            ]
        )
        yield f"In the last {lasting(stage.last_call.window)} these are no longer possible: {over}."
    if stage.vary:
        near = f", though not to within {lasting(stage.vary.not_within)} of the change" if stage.vary.not_within else ""
        who = phrases.called(stage.vary.by, book.electorates)
        yield f"{capital(who)} may move the closing by up to {lasting(stage.vary.upto)}{near}."


def _instrument(one: Instrument, book: Rulebook) -> Iterator[str]:
    noun = a(one.label)
    yield f"{capital(noun)} may be proposed by {either([phrases.called(who, book.electorates) for who in one.proposers])}."
    if one.limit:
        yield f"Nobody may propose more than {in_letters(one.limit)}."
    yield _routes(one, book)
    if one.exempt:
        yield f"No seconders are needed for what comes from {either([phrases.called(who, book.electorates) for who in one.exempt])}."
    if one.depth:
        yield "It amends an amendment." if one.depth > 1 else "It amends what others have proposed."
    need = "are required" if one.form.reason is kinds.Need.REQUIRED else "are welcome"
    yield (
        f"Its title may have {counted(one.form.title_words, 'word')}; reasons {need} and may have "
        f"{counted(one.form.reason_words, 'word')}."
    )
    yield from _changing(one, book)


def _routes(one: Instrument, book: Rulebook) -> str:
    if not one.seconding:
        return "It needs no seconders."
    return f"It must be seconded by {'; or by '.join(phrases.route(each, book) for each in one.seconding)}."


def _changing(one: Instrument, book: Rulebook) -> Iterator[str]:
    editors = {
        kinds.Editor.PROPOSER: "Its mover may change the words",
        kinds.Editor.COMMITTEE: "Only the committee may change the words",
        kinds.Editor.NOBODY: "Nobody may change the words once it is brought in",
    }
    stops = {
        kinds.Objector.NOBODY: "",
        kinds.Objector.ANY_SECONDER: ", unless a seconder objects within ",
        kinds.Objector.ANY_MEMBER: ", unless a member objects within ",
    }
    yield f"{editors[one.edit.by]}{stops[one.edit.veto]}{lasting(one.edit.within) if one.edit.within else ''}."
    if one.withdraw.until:
        yield f"It may be withdrawn until {phrases.when(one.withdraw.until, book).removeprefix('when ').removeprefix('on ')}."
    if one.withdraw.adoption_window:
        yield f"If it is withdrawn, others have {lasting(one.withdraw.adoption_window)} to take it over. {BY_PEOPLE}"
    if one.expires:
        yield f"It lapses {lasting(one.expires)} after it was brought in."


def _admission(book: Rulebook) -> Iterator[str]:
    rules = book.admission
    if rules.by:
        ways = {
            kinds.Mode.MAJORITY: "by majority",
            kinds.Mode.CONSENSUS: "by consensus",
            kinds.Mode.CHAIR: "by its chair",
        }
        yield f"What is admitted is ruled on by {phrases.called(rules.by, book.electorates)}, {ways[rules.mode]}."
    if rules.grounds:
        yield f"A refusal has one of these grounds: {either([phrases.GROUNDS[one] for one in rules.grounds])}."
    if rules.by:
        reason = "gives its reason" if rules.reasons is kinds.Need.REQUIRED else "may give a reason"
        kept = (
            "is published with its text"
            if rules.publish_refused
            else "need not be published; this site shows it all the same"
        )
        yield f"A refusal {reason}, and what is refused {kept}."
    if rules.silence_admits:
        yield f"What is not ruled on within {lasting(rules.silence_admits)} is admitted."
    if rules.appeal:
        yield _appeal(rules.appeal, book)
    if book.moratorium:
        years = f"{in_letters(book.moratorium.years)} year{'' if book.moratorium.years == 1 else 's'}"
        waived = book.moratorium.waived_by
        unless = f", unless it is allowed by {phrases.called(waived, book.electorates)}" if waived else ""
        yield (
            f"{phrases.SAME[book.moratorium.scope]} as something decided may not be proposed again for {years}{unless}. "
            f"{BY_PEOPLE}"
        )


def _appeal(appeal: Appeal, book: Rulebook) -> str:
    to, within = phrases.called(appeal.to, book.electorates), lasting(appeal.window)
    return f"Within {within} of a refusal its mover or a seconder may appeal to {to}; it is upheld by {threshold_in_words(appeal.passes)}."


def _merging(book: Rulebook) -> Iterator[str]:
    if book.compositing.by:
        consents = {
            kinds.Consent.NONE: "",
            kinds.Consent.NOTIFY: "; the movers are told",
            kinds.Consent.MOVERS: ", with the consent of the movers",
            kinds.Consent.ALL_PROPOSERS: ", with the consent of all proposers",
        }
        within = f" and have {lasting(book.compositing.window)} to answer" if book.compositing.window else ""
        who = phrases.called(book.compositing.by, book.electorates)
        yield f"Several texts may be made one by {who}{consents[book.compositing.consent]}{within}."
        kept = (
            "stay published"
            if book.compositing.keep_originals
            else "need not be kept; this site shows them all the same"
        )
        yield f"The originals {kept}."
    ways = {
        kinds.Resolve.ALTERNATIVES: "are put as alternatives",
        kinds.Resolve.FALLS_IF: "are voted on in turn: when one is carried, those that contradict it fall",
        kinds.Resolve.ORDER: "are voted on in turn",
    }
    yield f"Items that contradict one another {ways[book.conflict.resolve]}."


def _ballot(one: Ballot, book: Rulebook) -> Iterator[str]:
    people = both([phrases.called(who, book.electorates) for who in one.electorates])
    yield f"{capital(people)} vote on {phrases.UNITS[one.unit]}, by {phrases.MARKING[one.kind]}."
    for name in one.electorates:
        fixed = book.electorates[name].snapshot
        at = phrases.when(fixed, book) if fixed else "when the ballot opens"
        yield f"The roll of {book.electorates[name].label} is fixed {at}."
    if one.slots:
        yield f"The {in_letters(one.slots)} with the most support are taken."
    elif one.id == book.selection.ballot:
        yield "It settles in which order items are taken."
    else:
        yield f"To be carried it needs {threshold_in_words(one.passes)}."
    if one.default_option:
        yield f"“{one.default_option}” always stands beside the other options."
    yield from _quorums(one, book)
    yield from _colleges(one, book)
    yield phrases.SECRECY[one.secrecy]
    yield (
        "A vote can be changed until the ballot closes." if one.changeable else "A vote that is cast cannot be changed."
    )
    if one.casting_vote:
        yield f"Where votes are equal, {one.casting_vote} decides. {BY_PEOPLE}"


def _quorums(one: Ballot, book: Rulebook) -> Iterator[str]:
    if one.quorum:
        yield f"{capital(phrases.quorum(one.quorum, book))}."
        again = f"the ballot is held again, {'once' if one.repeats == 1 else f'{one.repeats} times'} at most"
        fails = again if one.if_quorum_fails is kinds.QuorumFails.REPEAT else "nothing is changed"
        yield f"Otherwise {fails}."
    for each in one.overrides:
        also = f", and {phrases.quorum(each.quorum, book)}" if each.quorum else ""
        yield f"If {book.events[each.when]}, it needs {threshold_in_words(each.passes)}{also}."


def _colleges(one: Ballot, book: Rulebook) -> Iterator[str]:
    if len(one.electorates) > 1 and one.combine is kinds.Combining.EACH:
        yield "Each of them must carry it."
    elif len(one.electorates) > 1:
        weights = [f"{book.electorates[name].label} {book.electorates[name].share}" for name in one.electorates]
        yield f"They weigh as follows: {both(weights)}."
    heavy = [
        book.electorates[name] for name in one.electorates if book.electorates[name].weight is not kinds.Weight.ONE
    ]
    if heavy:
        yield f"A vote of {both([each.label for each in heavy])} counts for as many members as it represents."


def _protection(one: Protection) -> str:
    asked = [threshold_in_words(one.passes)] if one.passes else []
    asked += [f"the consent of {who}" for who in one.consent_of]
    asked += [f"notice of {lasting(one.notice)}"] if one.notice else []
    clauses = f"Clause {one.clauses[0]} needs" if len(one.clauses) == 1 else f"Clauses {both(one.clauses)} need"
    return f"{clauses} {both(asked) if asked else 'nothing more than the others'}."


def _adoption(book: Rulebook) -> Iterator[str]:
    rules = book.adoption
    labels = {one.id: one.label for one in book.ballots}
    if len(rules.requires) > 1:
        yield f"These must carry a change, in this order: {both([labels[one] for one in rules.requires])}."
    at = {
        kinds.InForce.DECLARATION: "as soon as the result is declared",
        kinds.InForce.REGISTERED: "when it is registered, and not before",
    }
    moment = rules.in_force
    yield f"What is carried is in force {phrases.when(moment, book) if isinstance(moment, When) else at[moment]}."
    if rules.registration:
        within = f" within {lasting(rules.registration.within)}" if rules.registration.within else ""
        yield f"It is sent to {rules.registration.with_whom} for registration{within}."
    if rules.editorial:
        who = capital(phrases.called(rules.editorial.by, book.electorates))
        objection = (
            f"; anybody may object within {lasting(rules.editorial.objection)}" if rules.editorial.objection else ""
        )
        yield f"{who} may correct spelling, numbers and references{objection}."
    if rules.certified_by:
        yield f"The new text is certified by {rules.certified_by}."
    if book.variables:
        named = both([f"{name} = {written(one)}" for name, one in book.variables.items()])
        yield f"In these rules {named}, where N is how many there are in an electorate."
