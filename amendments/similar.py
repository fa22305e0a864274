"""Which amendments bring words like those of a draft: by the words they share, the rare ones counting for more.

A word weighs as many bits as it takes to write how seldom it is: 1 where it stands in every passage, 12 where it stands
in one of three thousand. What is counted are the passages that the amendments bring and the clauses of the texts in
force. The little words of English and German weigh nothing. How alike two passages are is twice the weight of the words
they share by the weight of both (the coefficient of Dice), so 1 for the same words in any order, and 0 for none in common.
Passages are alike from a half on, or where one holds three quarters of what the other, shorter one weighs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple, TypeAlias

from constitution.tokens import is_word, tokens

LEAST_SHARED, LEAST_HELD = 2, 4
"""Words that two passages share at least; and where one holds the other."""
MOST_COMPARED = 300
"""Words at the beginning of a passage among which the longest common run is sought."""

_LITTLE = """
    a an and any are as at be been being but by each every for from had has have he her his if in into is it its no nor
    not of on or other our shall she should such than that the their them then there these they this those to under
    until up upon was were what when where which who whom whose will with within would
    ab aber alle allen aller alles als also am an auch auf aus bei beim bis bzw da dabei daran das dass dem den der deren
    des dessen die dies diese diesem diesen dieser dieses durch ein eine einem einen einer eines er es für gegen hat haben
    hinter ihr ihre ihrem ihren ihrer ihres im in ins ist jede jedem jeden jeder jedes kann kein keine können man mit
    nach nicht noch nur ob oder ohne sein seine seinem seinen seiner seines sich sie sind so soll sollen sowie um und
    unter vom von vor war waren was wenn wer werden wie wird wo zu zum zur über
"""
LITTLE = frozenset(_LITTLE.split())
_BREAK = ""


class Word(NamedTuple):
    """A word as it is compared, and where it stands in its piece."""

    word: str
    piece: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """New words: ``words`` in order as they are compared, with an empty one between pieces; ``telling``, all but little."""

    pieces: tuple[str, ...]
    words: tuple[str, ...]
    telling: frozenset[str]


Key: TypeAlias = tuple[int, int]
"""A passage of an amendment: its number, and which of its passages."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the likest passages of a draft and of an amendment are, from 0 to 1.

    ``run`` are the longest words in a row that stand in both, as the draft has them; ``shared`` the telling words that
    stand in both, the rarest first.
    """

    share: Fraction
    run: str
    shared: tuple[str, ...]


def passage(pieces: Iterable[str]) -> Passage:
    """New words read for comparison. References are no words: they name another clause in every text."""
    kept = tuple(piece for piece in pieces if piece)
    found = tuple(one.word for one in _cut(kept))
    return Passage(kept, found, frozenset(found) - LITTLE - {_BREAK})


def _cut(pieces: Iterable[str]) -> Iterator[Word]:
    """The words of the pieces, and a break for each reference and at the end of each piece."""
    for n, piece in enumerate(pieces):
        place = 0
        for token in tokens(piece):
            if is_word(token):
                word = _BREAK if token.startswith("[[") else token.casefold()
                yield Word(word, n, place, place + len(token))
            place += len(token)
        yield Word(_BREAK, n, place, place)


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each telling word stands."""
    return Counter(word for text in texts for word in passage([text]).telling)


class _Weights(dict[str, int]):
    """The weight of each word, found once it is asked for."""

    def __init__(self, weight: Callable[[str], int]) -> None:
        super().__init__()
        self.weight = weight

    def __missing__(self, word: str) -> int:
        self[word] = self.weight(word)
        return self[word]


class _Wholes(dict[Key, int]):
    """What each passage weighs in all, found once it is asked for: one amendment more changes the weight of words."""

    def __init__(self, known: Mapping[int, tuple[Passage, ...]], weights: Mapping[str, int]) -> None:
        super().__init__()
        self.known, self.weights = known, weights

    def __missing__(self, key: Key) -> int:
        number, n = key
        self[key] = sum(map(self.weights.__getitem__, self.known[number][n].telling))
        return self[key]


@dataclass(frozen=True)
class Passages:
    """The new words of many amendments, prepared for being searched.

    ``known`` holds each amendment's passages by its number, ``standing`` in which of them each word stands,
    ``elsewhere`` in how many of ``texts`` other texts it does.
    """

    known: Mapping[int, tuple[Passage, ...]]
    standing: Mapping[str, tuple[Key, ...]]
    elsewhere: Mapping[str, int]
    texts: int
    count: int

    @classmethod
    def of(cls, known: Mapping[int, tuple[Passage, ...]], texts: Iterable[str]) -> Passages:
        """The passages of amendments by number, among the texts of the clauses in force."""
        standing: defaultdict[str, list[Key]] = defaultdict(list)
        for number, ones in known.items():
            for n, one in enumerate(ones):
                for word in one.telling:
                    standing[word].append((number, n))
        others = list(texts)
        return cls(
            known,
            {word: tuple(keys) for word, keys in standing.items()},
            counted(others),
            len(others),
            sum(map(len, known.values())),
        )

    def like(self, draft: Iterable[Passage], most: int, leaving_out: Collection[int] = ()) -> dict[int, Likeness]:
        """The amendments, but for some, whose new words are most like those of the draft, by number; at most so many."""
        best: dict[int, tuple[Fraction, Passage, Passage]] = {}
        for mine in dict.fromkeys(draft):
            for (number, n), share in self._alike(mine):
                if number not in best or share > best[number][0]:
                    best[number] = share, mine, self.known[number][n]
        chosen = nsmallest(most, best.keys() - set(leaving_out), key=lambda number: (-best[number][0], number))
        return {number: self._likeness(*best[number]) for number in chosen}

    def with_(self, number: int, passages: tuple[Passage, ...]) -> Passages:
        """The same with an amendment that was not known yet."""
        standing = dict(self.standing)
        for n, one in enumerate(passages):
            for word in one.telling:
                standing[word] = (*standing.get(word, ()), (number, n))
        known = {**self.known, number: passages}
        return Passages(known, standing, self.elsewhere, self.texts, self.count + len(passages))

    def without(self, number: int) -> Passages:
        """The same without one of the amendments."""
        known, standing = dict(self.known), dict(self.standing)
        gone = known.pop(number)
        for word in frozenset().union(*(one.telling for one in gone)):
            left = tuple(key for key in standing.pop(word) if key[0] != number)
            if left:
                standing[word] = left
        return Passages(known, standing, self.elsewhere, self.texts, self.count - len(gone))

    def weight(self, word: str) -> int:
        """How much a telling word says, in bits: 1 for one that stands everywhere."""
        times = len(self.standing.get(word, ())) + self.elsewhere.get(word, 0)
        return ((self.count + self.texts) // max(times, 1)).bit_length()

    def share(self, mine: Passage, theirs: Passage) -> Fraction | None:
        """How alike two passages are; None where they are not alike enough to be worth saying."""
        wholes = (self._weigh(one.telling) for one in (mine, theirs))
        return self._share(mine, theirs, *wholes) if self._leading(mine) & theirs.telling else None

    def _alike(self, mine: Passage) -> Iterator[tuple[Key, Fraction]]:
        whole = self._weigh(mine.telling)
        for key in {key for word in self._leading(mine) for key in self.standing.get(word, ())}:
            share = self._share(mine, self.known[key[0]][key[1]], whole, self._wholes[key])
            if share is not None:
                yield key, share

    def _leading(self, mine: Passage) -> frozenset[str]:
        """The rarest words of a passage, so many that the rest is too little to make another like it.

        Two that are alike share at least a third of the weight of each. So only where one holds the other may it matter
        which words these are: what shares but the commonest words of a passage is not said to be like it.
        """
        whole = self._weigh(mine.telling)
        rest, leading = 3 * whole, set()
        for word in sorted(mine.telling, key=lambda word: (-self.weight(word), word)):
            if rest < whole:
                break
            leading.add(word)
            rest -= 3 * self.weight(word)
        return frozenset(leading)

    def _share(self, mine: Passage, theirs: Passage, whole: int, their_whole: int) -> Fraction | None:
        common = mine.telling & theirs.telling
        if len(common) < LEAST_SHARED:
            return None
        shared = self._weigh(common)
        held = len(common) >= LEAST_HELD and 4 * shared >= 3 * min(whole, their_whole)
        return Fraction(2 * shared, whole + their_whole) if held or 4 * shared >= whole + their_whole else None

    def _weigh(self, words: Iterable[str]) -> int:
        return sum(map(self._weights.__getitem__, words))

    @cached_property
    def _weights(self) -> _Weights:
        return _Weights(self.weight)

    @cached_property
    def _wholes(self) -> _Wholes:
        return _Wholes(self.known, self._weights)

    def _likeness(self, share: Fraction, mine: Passage, theirs: Passage) -> Likeness:
        common = mine.telling & theirs.telling
        rarest = sorted(common, key=lambda word: (-self.weight(word), mine.words.index(word)))
        return Likeness(share, longest_run(mine, theirs), tuple(rarest))


def longest_run(mine: Passage, theirs: Passage) -> str:
    """The longest words in a row of the one that the other has too, not all of them little; the first of several.

    Signs between words count for nothing. Empty where it would be fewer than two words. Sought among the first MOST_COMPARED words of each.
    """
    length, last = _longest(mine.words[:MOST_COMPARED], theirs.words[:MOST_COMPARED], mine.telling)
    if length < LEAST_SHARED:
        return ""
    row = list(islice(_cut(mine.pieces), last + 1))[-length:]
    return mine.pieces[row[0].piece][row[0].start : row[-1].end]


def _longest(mine: Sequence[str], theirs: Sequence[str], telling: Collection[str]) -> tuple[int, int]:
    """How many words the longest common run has, and the index of its last word in ``mine``."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(mine):
        places[word].append(place)
    best, runs = (0, 0), dict[int, tuple[int, bool]]()
    for word in theirs:
        at = () if word == _BREAK else places.get(word, ())
        ends = ((place, runs.get(place - 1, (0, False))) for place in at)
        runs = {place: (length + 1, tells or word in telling) for place, (length, tells) in ends}
        best = max([best, *((length, -place) for place, (length, tells) in runs.items() if tells)])
    return best[0], -best[1]
