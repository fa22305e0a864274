"""Everything in the way of freezing a composite, all at once: what to do about it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from amendments.choices import Nature, Question, in_order
from amendments.chosen import Speaker
from amendments.composite import OpenConflict, left_name
from amendments.states import WAITING, spoken
from amendments.wording import Mark
from constitution.looks import Reason
from constitution.numbering import number
from constitution.references import check
from services import admitting, consenting, coverage
from services.compositing import Desk, source_name
from services.consenting import settled

BEGINNING = "beginning"

ASKED = {
    Nature.WORDS: "choose the words",
    Nature.STRIKE: "choose whether the clause goes",
    Nature.MOVE: "choose where the clause goes",
    Nature.PLACE: "give the order of what comes there",
    Nature.CYCLE: "choose which of the clauses stays where it is",
}
LOOKS = {
    Reason.NEAR: "change words close to one another",
    Reason.TURNING: "change one sentence, and one of them turns its sense",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is to be done, in a sentence, and the address (a path, with an anchor) of where."""

    sentence: str
    url: str


def obstacles(desk: Desk, now: datetime) -> tuple[Obstacle, ...]:
    """What is in the way of freezing the desk as it is saved, in the order in which one would settle it."""
    found = _Obstacles(desk)
    return (*found.amendments(now), *found.choices(), *found.outcome(), *found.fates(), *found.consent(now))


class _Obstacles:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.here = f"/committee/composites/{desk.composite.number}"
        self.speaker = Speaker(desk.composition)
        self.result = settled(desk)

    def amendments(self, now: datetime) -> Iterator[Obstacle]:
        if self.desk.composite.state != "open":
            yield Obstacle(f"Composite {self.desk.composite.number} is no longer open.", self.here)
        for one in self.desk.amendments:
            name = source_name(one.number)
            if one.state not in WAITING and name not in self.desk.choices.left:
                said = (
                    f"{name} is {spoken(one.state)} and no longer waits for the committee: leave it, with the reason."
                )
                yield Obstacle(said, f"/amendments/{one.number}")
        merged = [one for one in self.desk.amendments if one.state in WAITING]
        for one, why in admitting.unmergeable(merged, now).items():
            if source_name(one) not in self.desk.choices.left:
                yield Obstacle(why, f"/amendments/{one}")

    def choices(self) -> Iterator[Obstacle]:
        composition, choices = self.desk.composition, self.desk.choices
        for question in composition.unsettled(choices):
            yield self._at(question.clause, self._asked(question))
        for key in composition.unexplained(choices):
            said = f"Give the reason for leaving {left_name(key, self.desk.base.constitution)}."
            yield self._at(key.partition("/")[2] or None, said)
        for key in self.desk.unreasoned:
            clause = next((one for one in key.split("/")[1:] if one in self.desk.base.constitution), None)
            yield self._at(clause, f"Give the reason for the committee’s own words in {self.speaker.clause(clause)}.")
        for mark in composition.undecided(choices):
            yield self._at(mark.clause, self._look(mark))

    def outcome(self) -> Iterator[Obstacle]:
        """What only shows once everything is settled: choices that contradict one another, references to nowhere."""
        result = self.result
        if isinstance(result, OpenConflict):
            if not result.questions and not self.desk.composition.unexplained(self.desk.choices):
                yield Obstacle(str(result), f"{self.here}#outcome")
            return
        base = self.desk.base.constitution
        for finding in check(base, result.constitution):
            if finding.level == "error":
                said = f"This would leave a reference to nowhere: {finding.message} Change it, or leave what causes it."
                yield self._at(finding.clause if finding.clause in base else None, said)

    def fates(self) -> Iterator[Obstacle]:
        waiting = [f"A{one}" for one in coverage.without_fate(self.desk)]
        if waiting:
            said = "it has its seconders and is" if len(waiting) == 1 else "they have their seconders and are"
            sentence = f"Say why the draft does without {', '.join(waiting)}: {said} not on this desk."
            yield Obstacle(sentence, f"{self.here}/coverage#without")

    def consent(self, now: datetime) -> Iterator[Obstacle]:
        if isinstance(self.result, OpenConflict):
            return
        for said in consenting.in_the_way(self.desk, self.result, now):
            yield Obstacle(said, f"/composites/{self.desk.composite.number}/consent")

    def _asked(self, question: Question) -> str:
        place = self.speaker.place(question.clause, question.part)
        names = " and ".join(in_order(question.sources))
        return f"At {place}, {ASKED[question.nature]}: {names} ask for different things."

    def _look(self, mark: Mark) -> str:
        names = " and ".join(in_order(mark.look.sides))
        place = self.speaker.place(mark.clause, mark.part)
        return f"Read {place} once as a whole and mark it as read: {names} {LOOKS[mark.look.reason]}."

    def _at(self, clause: str | None, sentence: str) -> Obstacle:
        labels = number(self.desk.base.constitution)
        at = clause if clause in labels else BEGINNING
        return Obstacle(sentence, f"{self.here}?clause={at}#touched-{at}")
