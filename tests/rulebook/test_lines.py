"""On which line each part of a rulebook stands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rulebook.lines import line, lines, place

SAMPLES = sorted((Path(__file__).parents[2] / "rulebooks").glob("*.toml"))

AWKWARD = """\
# [no.table]
a = [[1, 2], [
  3]]  # two lines
[x]
"q.r" = \"\"\"a
[[no.table]]
\"\"\"
b.c = {d = [{e = 1},
  {f = 'x,]}'}], g = 2020-01-01 10:00:00, "h i" = ""}
[[y]]
[[y.z]]
k = '''it's [[y]]'''
[y.w]
[[y]]
[[y.z]]
last = true
"""


def test_every_part_of_a_sample_has_its_line():
    for sample in SAMPLES:
        source = sample.read_text()
        found = lines(source)
        assert set(found) == set(paths(tomllib.loads(source)))
        for path, where in found.items():
            if isinstance(path[-1], str):
                assert path[-1] in source.splitlines()[where - 1]


def test_strings_comments_and_lists_of_tables_do_not_lead_astray():
    found = lines(AWKWARD)
    assert set(found) == set(paths(tomllib.loads(AWKWARD)))
    assert {path: found[path] for path in KNOWN} == KNOWN


KNOWN = {
    ("a", 1, 0): 3,
    ("x", "q.r"): 5,
    ("x", "b", "c", "d", 0, "e"): 8,
    ("x", "b", "c", "d", 1, "f"): 9,
    ("x", "b", "c", "h i"): 9,
    ("y", 0, "z", 0, "k"): 12,
    ("y", 0, "w"): 13,
    ("y", 1): 14,
    ("y", 1, "z", 0, "last"): 16,
}


def test_lines_end_as_they_do_on_windows():
    assert lines('[a]\r\nb = """\r\n"""\r\nc = 1\r\n')["a", "c"] == 4


def test_what_is_not_written_is_on_the_line_of_what_is_around_it():
    found = lines("\n[a]\nb = 1\n")
    assert line(found, ("a", "missing", 3)) == 2
    assert line(found, ("nowhere",)) == 1
    assert line(found, ()) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ((), "the whole rulebook"),
        (("process",), "[process]"),
        (("process", "name"), "[process], name"),
        (("stage", 0, "closes"), "[[stage]] talks, closes"),
        (("stage", 1, "allows", 2), "[[stage]] 2, allows 3"),
        (("stage", 2), "[[stage]] 3"),
        (("instrument", "motion", "seconding", 0, "count"), "[instrument.motion], seconding 1, count"),
        (("instrument",), "[instrument]"),
        (("seconding", 0, "count"), "[[seconding]] 1, count"),
        (("a", 0, 1), "[[a]] 1, item 2"),
        (("nothing", 0), "[[nothing]] 1"),
    ],
)
def test_a_place_is_named_as_a_person_would(path, said):
    assert place(path, {"stage": [{"id": "talks"}, {"id": ""}, 5], "a": [[1, 2]], "seconding": [{}]}) == said


def paths(value, before=()):
    """Every path in a parsed TOML text."""
    if before:
        yield before
    if isinstance(value, dict):
        for key, one in value.items():
            yield from paths(one, (*before, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from paths(one, (*before, index))
