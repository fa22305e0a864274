"""Random elections counted by us and by somebody else's programme: the same matrix and the same order."""

import json
import os
import random
import shutil
import subprocess

import pytest

from ballots.definition import DEFAULT, Kind, Option, Question, Unranked
from ballots.paper import Paper
from ballots.preference import order, pairwise

TOOL = shutil.which("belenios-tool")
ELECTIONS = 1000 if os.environ.get("CI") == "true" else 60


@pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed (apt-get install belenios-tool)")
def test_random_elections_come_to_the_same_as_belenios():
    for seed in range(ELECTIONS):
        chance = random.Random(seed)
        n = chance.randint(2, 7)
        papers = [[chance.randint(1, chance.randint(1, n)) for _ in range(n)] for _ in range(chance.randint(1, 25))]
        matrix, groups = ours(n, papers)
        command = [TOOL, "method", "schulze", f"--nchoices={n}", "--blank-allowed=false"]
        said = subprocess.run(command, input=json.dumps(papers), capture_output=True, text=True, check=True).stdout
        theirs = json.loads(said)
        assert matrix == theirs["raw"], seed
        assert groups == theirs["winners"], seed


def ours(n, papers):
    """The matrix and the groups, options being 0 to n - 1; the first of them stands as the default."""
    names = [DEFAULT, *(str(one) for one in range(1, n))]
    question = Question("1", Kind.RANKED, "?", tuple(Option(one, one) for one in names[1:]), "0")
    marked = [Paper("a", {"1": dict(zip(names, ranks, strict=True))}) for ranks in papers]
    matrix = pairwise(question, marked, Unranked.LAST)
    groups = order(names, matrix)
    numbers = {name: at for at, name in enumerate(names)}
    return (
        [[0 if a == b else matrix[a, b] for b in names] for a in names],
        [sorted(numbers[one] for one in group) for group in groups],
    )
