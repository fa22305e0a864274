"""The digest is of what the rules settle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rulebook.digest import canonical, digest
from rulebook.reading import parse

SAMPLES = sorted((Path(__file__).parents[2] / "rulebooks").glob("*.toml"))
SHORT = '[process]\nname = "X"\n'
# Every default of the short form, written out in another order, with comments and spaces.
LONG = """\
# what a small society need not say
[adoption]
renumber = "automatic"
in_force   = "declaration"
requires = []
provisos = false

[instrument.amendment]
label = "amendment"
edit = { by = "proposer", veto = "nobody" }
scope = "open"
relation = "modifies"
depth = 0
proposers = ["member"]   # anybody
[[instrument.amendment.seconding]]
from = "members"
count = "5"
minute_required = false

[conflict]
resolve = "alternatives"
order = "text"
packages = false
[compositing]
keep_originals = true
consent = "movers"
[selection]
mode = "all_in_order"
[admission]
publish_refused = true
may_edit = "none"
reasons = "required"
grounds = []
mode = "majority"

[seconding]
count = 5

[form]
reason = "required"
text_chars = 50_000
reason_words = 500
title_words = 20

[[electorate]]
id = "members"
weight = "one"
arrears = true
label = "members"

[process]
contiguous = false
languages = ["en"]
timezone = "UTC"
kind = "amendment"
name = " X "
"""


def test_defaults_written_out_and_left_out_give_one_digest():
    assert json.loads(canonical(parse(LONG))) == json.loads(canonical(parse(SHORT)))
    assert digest(parse(LONG)) == digest(parse(SHORT))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_comments_spaces_and_the_order_of_keys_do_not_matter(sample):
    source = sample.read_text()
    bare = "\n".join(line.split("  #")[0].strip() for line in source.splitlines() if line and not line.startswith("#"))
    turned = "\n".join(turned_over(bare.splitlines()))
    assert turned != bare
    assert digest(parse(turned)) == digest(parse(source))


@pytest.mark.parametrize(
    "changed",
    [
        '[process]\nname = "Y"',
        SHORT + "[seconding]\ncount = 6",
        SHORT + '[seconding]\ncount = "5 + 0"',
        SHORT + "[admission]\npublish_refused = false",
        SHORT + "[moratorium]\nyears = 1",
        SHORT + '[process.x]\n[instrument.amendment]\nexpires = "4w"',
        SHORT + '[instrument.amendment]\nwithdraw = { until = "2026-01-01" }',
    ],
)
def test_any_other_rule_gives_another_digest(changed):
    changed = changed.replace("[process.x]\n", "")
    assert digest(parse(changed)) != digest(parse(SHORT))


def test_the_digest_is_what_it_was():
    # A digest is printed on packs and ballots: it may change only with the form that is named in it.
    assert canonical(parse(SHORT)).startswith('{"form":"redraft rulebook 1","rules":{"admission":{"appeal":null,')
    assert digest(parse(SHORT)) == "a0b3ec1830d779cc92099934b555993224998e1462086254f81f504391560603"


def turned_over(rows):
    """The keys of each table, in the order from the last to the first."""
    keys = []
    for row in rows:
        if row.startswith("["):
            yield from reversed(keys)
            yield row
            keys = []
        else:
            keys.append(row)
    yield from reversed(keys)
