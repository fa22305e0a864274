"""A thousand random merges: every word of the outcome has a source that really has it, and no word of ours goes unseen."""

import os
import random
from dataclasses import replace

import pytest

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.choices import Choices, Nature, Question
from amendments.composite import COMMITTEE, Composition, OpenConflict, Settled, compose, settle
from amendments.edit import EditConflict, rebuilt
from constitution.clause import Clause, Constitution, Kind
from constitution.tokens import is_word, tokens

SEEDS = 1000 if os.environ.get("CI") == "true" else 100
PLANTED = "zymurgy"
LENGTH = 6


def book(chance: random.Random) -> Constitution:
    """Three clauses with one below each; each word is one of thirty, none of which an amendment brings."""

    def clause(name: str, *below: Clause) -> Clause:
        return Clause(name, Kind.ITEM, text=" ".join(f"b{chance.randrange(30)}" for _ in range(LENGTH)), children=below)

    return Constitution("Rules", tuple(clause(f"c{n}", clause(f"c{n}a")) for n in range(3)))


class Mover:
    """Makes amendments that bring words of their own, which nobody else has unless they agree."""

    def __init__(self, base: Constitution, chance: random.Random) -> None:
        self.base, self.chance, self.clauses = base, chance, list(base.walk())

    def sides(self) -> dict[str, tuple[Edit, ...]]:
        made: dict[str, tuple[Edit, ...]] = {}
        for n in range(1, self.chance.randint(2, 7)):
            copied = self.chance.choice(list(made)) if made and self.chance.random() < 0.2 else ""
            made[f"A{n}"] = made[copied] if copied else self.edits(n)
        return made

    def edits(self, n: int) -> tuple[Edit, ...]:
        chosen: tuple[Edit, ...] = ()
        for k in range(self.chance.randint(1, 4)):
            try:
                rebuilt((*chosen, edit := self.edit(n, k)), self.base)
            except EditConflict:
                continue
            chosen = (*chosen, edit)
        return chosen

    def edit(self, n: int, k: int) -> Edit:
        clause, words = self.chance.choice(self.clauses), [f"a{n}x{k}x{m}" for m in range(self.chance.randint(0, 3))]
        match self.chance.choice(("reword", "reword", "reword", "insert", "strike", "move")):
            case "reword":
                old, at = clause.text.split(" "), self.chance.randrange(LENGTH)
                return Reword(clause.id, " ".join((*old[:at], *words, *old[at + self.chance.randint(0, 3) :])))
            case "insert":
                return Insert(
                    self.base.parents[clause.id], clause.id, Clause(f"n{n}x{k}", Kind.ITEM, text=" ".join(words))
                )
            case "strike":
                return Strike(clause.id)
            case _:
                goal = self.chance.choice(self.clauses)
                return Move(clause.id, self.base.parents[goal.id], goal.id)


def answered(met: Composition, chance: random.Random) -> Choices:
    """Something left, and any answer to each question until nothing is open."""
    left = {name: "Why not" for name in met.sides if chance.random() < 0.15}
    choices = Choices(left=left)
    while open_ones := met.unsettled(choices):
        choices = answering(choices, open_ones[0], chance)
    return choices


def answering(choices: Choices, asked: Question, chance: random.Random) -> Choices:
    keys = [one.key for one in asked.options]
    if asked.nature is Nature.PLACE:
        order = tuple(chance.sample(keys, chance.randint(0, len(keys))))
        return replace(choices, orders={**choices.orders, asked.key: order})
    return replace(choices, picked={**choices.picked, asked.key: chance.choice(keys)})


def followed(met: Composition, choices: Choices) -> Settled | None:
    """The outcome; None for the few choices that cannot all be followed."""
    try:
        return settle(met, choices)
    except OpenConflict as conflict:
        if conflict.questions:
            raise
        return None


def planted(met: Composition, choices: Choices, chance: random.Random) -> Choices:
    """The committee slips one word into a text that stands: in its own answer, or writing the whole anew."""
    asked = [one for one in met.questions(choices) if one.may_write]
    if asked and chance.random() < 0.5:
        one = chance.choice(asked)
        picked, orders = (
            {key: way for key, way in ways.items() if key != one.key} for ways in (choices.picked, choices.orders)
        )
        return replace(
            choices, picked=picked, orders=orders, written={one.key: slipped(chance.choice(one.options).text, chance)}
        )
    place = chance.choice([one for one in met.meetings(choices) if one.act in {"reword", "insert"}])
    clause = place.new or met.base[place.clause or ""]
    return replace(choices, written={f"whole/{clause.id}/text": slipped(clause.text, chance)})


def slipped(text: str, chance: random.Random) -> str:
    words = text.split(" ") if text else []
    words.insert(chance.randint(0, len(words)), PLANTED)
    return " ".join(words)


def unattributed(base: Constitution, met: Composition, settled: Settled) -> list[str]:
    """The words whose source is not one that has them; and those of a clause that are not its text."""
    found = []
    for clause in settled.constitution.walk():
        words = settled.words.get(clause.id, ())
        if "".join(word.text for word in words) != clause.text:
            found.append(clause.text)
        for word in words:
            texts = [text_of(met, name, clause.id) for name in word.sources - {COMMITTEE}]
            texts += [base[clause.id].text] if not word.sources else [PLANTED] if COMMITTEE in word.sources else []
            found += [
                one for one in tokens(word.text) if is_word(one) and not all(one in tokens(text) for text in texts)
            ]
    return found


def text_of(met: Composition, name: str, clause: str) -> str:
    """What an amendment would have a clause read."""
    for edit in met.sides[name]:
        if isinstance(edit, Reword) and edit.clause == clause:
            return edit.text
        if isinstance(edit, Insert) and edit.clause.id == clause:
            return edit.clause.text
    raise AssertionError(name, clause)


@pytest.mark.parametrize("tens", range(SEEDS // 10))
def test_no_word_of_a_merge_is_without_its_source_and_a_planted_one_is_always_listed(tens):
    for seed in range(10 * tens, 10 * tens + 10):
        chance = random.Random(seed)
        base = book(chance)
        met = compose(base, Mover(base, chance).sides())
        choices = answered(met, chance)
        settled = followed(met, choices)
        if settled is None:
            continue
        assert unattributed(base, met, settled) == [], seed
        assert settled.committee_words == 0, seed
        if any(one.act in {"reword", "insert"} for one in met.meetings(choices)):
            ours = settle(met, planted(met, choices, chance))
            mine = [word.text for words in ours.words.values() for word in words if word.sources == {COMMITTEE}]
            assert PLANTED in mine, seed
            assert ours.committee_words == sum(map(is_word, mine)) >= 1, seed
