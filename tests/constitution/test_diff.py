import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from corpora import corpus, hard_cases
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_text, law_text, pairs, texts

from constitution import alignment
from constitution.diff import Op, Run, UnreadableRedline, after, before, diff, parse_plain, plain
from constitution.tokens import tokens, word_count

GOLDEN = Path(__file__).parents[1] / "golden" / "hard_cases.json"


def read(name, suffix):
    return [path.read_text(encoding="utf8") for path in corpus(name, suffix)]


@given(pairs())
@example(("x ", ")\nx"))
@example(("a", "aa b a "))
@example((". .", ". ..\n  \n   ."))
@example(("( a c d)", " a c d)) "))
@example(("(; ", "(x \n\nx; "))
@example((")", "))"))
@example(("( . d  d\n", "(ac x . d  d\n d  d\n"))
def test_both_texts_can_be_had_back_exactly(pair):
    runs = diff(*pair)
    assert (before(runs), after(runs)) == pair


@given(pairs())
def test_no_word_is_cut(pair):
    runs = diff(*pair)
    for text, other in zip(pair, (Op.INSERT, Op.DELETE), strict=True):
        edges, place = {0}, 0
        for token in tokens(text):
            place += len(token)
            edges.add(place)
        place = 0
        for run in runs:
            assert place in edges
            place += 0 if run.op is other else len(run.text)


@given(pairs())
def test_what_is_kept_is_not_marked_and_runs_are_neither_empty_nor_split(pair):
    runs = diff(*pair)
    assert all(run.text for run in runs)
    for one, next_one in pairwise(runs):
        assert one.op is not next_one.op or one.moved != next_one.moved
        assert (one.op, next_one.op) != (Op.INSERT, Op.DELETE) or one.moved != next_one.moved


@given(texts())
def test_a_text_and_itself_do_not_differ(text):
    assert diff(text, text) == ((Run(Op.KEEP, text),) if text else ())


@given(pairs())
def test_a_difference_is_always_marked(pair):
    assert (pair[0] != pair[1]) == any(run.op is not Op.KEEP for run in diff(*pair))


@given(pairs())
def test_the_plain_form_reads_back(pair):
    runs = diff(*pair)
    read = parse_plain(plain(runs))
    assert (before(read), after(read)) == pair
    assert plain(read) == plain(runs)


@given(st.lists(st.builds(Run, st.sampled_from(Op), st.text("ab[]{}+-\\ ", min_size=1))))
def test_any_runs_read_back_from_their_plain_form(runs):
    read = parse_plain(plain(runs))
    assert (before(read), after(read)) == (before(runs), after(runs))


@given(law_text(), law_text(), law_text())
def test_a_moved_stretch_is_the_same_on_both_ends(first, second, third):
    runs = diff(f"{first}\n\n{second}\n\n{third}", f"{third}\n\n{second}\n\n{first}")
    ends = {}
    for run in runs:
        if run.moved is not None:
            ends.setdefault(run.moved, []).append(run)
    for one, other in ends.values():
        assert {one.op, other.op} == {Op.DELETE, Op.INSERT}
        assert one.text == other.text
        assert word_count(one.text) >= 6


def test_a_change_is_shown_in_whole_words():
    assert (
        plain(diff("a term of sixteen weeks", "a term of forty-eight weeks"))
        == "a term of [-sixteen-]{+forty-eight+} weeks"
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("pay 3.2 % now", "pay 3.5 % now", "pay [-3.2-]{+3.5+} % now"),
        ("A b c.", "A b d c.", "A b {+d +}c."),
        ("A b d c.", "A b c.", "A b [-d -]c."),
        ("A b.", "A b. C d.", "A b.{+ C d.+}"),
        ("We meet. We vote.", "We meet. We talk. We vote.", "We meet. {+We talk. +}We vote."),
        ("The chair opens. The chair votes.", "The chair opens. The chair rules. The chair votes.",
         "The chair opens. {+The chair rules. +}The chair votes."),
        ("(a) foo; (c) bar.", "(a) foo; (b) baz; (c) bar.", "(a) foo; {+(b) baz; +}(c) bar."),
        ("one\n\nThe two.", "one\n\nThe new.\n\nThe two.", "one\n\n{+The new.\n\n+}The two."),
        ("one two", "one  two", "one[- -]{+  +}two"),
        ("one two three four", "one  two three five", "one[- -]{+  +}two three [-four-]{+five+}"),
        ("one two three four", "six two three  four", "[-one-]{+six+} two three[- -]{+  +}four"),
        (" one two", "  one six", "[- -]{+  +}one [-two-]{+six+}"),
        ("a x b y c", "a p b q c", "a [-x-]{+p+} b [-y-]{+q+} c"),
        ("a x1 x2 b y1 y2 c", "a p1 p2 b q1 q2 c", "a [-x1 x2 b y1 y2-]{+p1 p2 b q1 q2+} c"),
        ("We x1 x2. Now y1 y2 c", "We p1 p2. Now q1 q2 c", "We [-x1 x2-]{+p1 p2+}. Now [-y1 y2-]{+q1 q2+} c"),
        ("We a . b c.", "They go\n\nWe a . b c . b c.", "{+They go\n\n+}We a . {+b c . +}b c."),
        ("( . d  d\n", "(ac x . d  d\n d  d\n", "({+ac x+} . d  d{+\n d  d+}\n"),
        (")\ndb b )\nb  )  d a .", ")d \ndb b )\nb  )\nb )  .", ")[-\n-]{+d \n+}db b )\n{+b  )\n+}b[-  -]{+ +})  [-d a -]."),
        (")\ndb x . b x  ", ")b\n\n  c\n\ndb x . b x . b x  ", ")[-\n-]{+b\n\n  c\n\n+}db x . {+b x . +}b x  "),
        ("b b  x\nb ( aab b b b x(\na c\nb  a  ", "b b  x\nb ( aabb (  (b b x(\n\n\nx  c\nb  a  ",
         "b b  x\nb ( [-aab -]{+aabb (  (+}b [-b -]b x([-\na -]{+\n\n\nx  +}c\nb  a  "),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        (" ", "  ", "[- -]{+  +}"),
        ("end.", " end.", "{+ +}end."),
    ],
)  # fmt: skip
def test_a_redline_reads_well(old, new, shown):
    assert plain(diff(old, new)) == shown


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([Run(Op.KEEP, "a [-literal-] {+sign+}")], r"a \[-literal-] \{+sign+}"),
        ([Run(Op.DELETE, "x-]y")], r"[-x\-]y-]"),
        ([Run(Op.INSERT, "x+}")], r"{+x\+}+}"),
        ([Run(Op.DELETE, "[-x")], "[-[-x-]"),
        ([Run(Op.KEEP, "a\\"), Run(Op.DELETE, "b\\")], r"a\\[-b\\-]"),
        ([Run(Op.KEEP, "\\[-")], r"\\\[-"),
        ([Run(Op.KEEP, "C:\\ is [a] - {b} + \\")], "C:\\ is [a] - {b} + \\"),
    ],
)
def test_only_what_could_be_misread_is_escaped(runs, shown):
    assert plain(runs) == shown
    assert list(parse_plain(shown)) == runs


@pytest.mark.parametrize("text", ["a [-b", "a {+b-]", r"[-a\-]"])
def test_a_plain_form_without_its_end_is_refused(text):
    with pytest.raises(UnreadableRedline):
        parse_plain(text)


def test_a_paragraph_that_changed_places_is_marked_as_moved():
    one = "The chair of the conference opens and closes each of its meetings."
    two = "Minutes are published within fourteen days after any session of the board, and they are kept for good."
    moved = [run for run in diff(f"{one}\n\n{two}", f"{two}\n\n{one}") if run.moved]
    assert len(moved) == 2
    assert {run.text.strip() for run in moved} == {one}


def test_five_words_are_too_few_to_be_a_move():
    runs = diff(
        "one two three four five. Every branch sends two delegates to it.",
        "Every branch sends two delegates to it. one two three four five.",
    )
    assert not [run for run in runs if run.moved]


def test_words_deleted_once_move_only_once():
    moving = "alpha beta gamma delta epsilon zeta eta theta."
    rest = "Every branch sends two delegates and one observer to the conference, whose chair is elected by lot."
    runs = diff(f"{moving} {rest}", f"{rest} {moving} {moving}")
    assert [run.op for run in runs if run.moved] == [Op.DELETE, Op.INSERT]


def test_a_long_row_of_signs_is_not_a_move():
    rest = "Every branch sends two delegates and one observer to the conference, whose chair is elected by lot."
    dots = ". " * 40
    runs = diff(f"{dots}a b c d e f {rest}", f"{rest} g h i j k l {dots}")
    assert not [run for run in runs if run.moved]


def test_equal_paragraphs_are_kept_even_where_no_word_of_a_long_text_is_unique():
    lines = [" ".join("yes" if number >> bit & 1 else "no" for bit in range(9)) for number in range(512)]
    changed = [line.replace("yes", "perhaps", 1) if place in {7, 500} else line for place, line in enumerate(lines)]
    runs = diff("\n".join(lines), "\n".join(changed))
    assert [run.text for run in runs if run.op is not Op.KEEP] == ["yes", "perhaps"] * 2


def test_every_distinct_word_has_a_code_point_of_its_own_and_none_is_a_surrogate():
    words = [f"w{number}" for number in range(60_000)]
    code = alignment.Alphabet(words).spelled(words)
    assert code == alignment.Alphabet().spelled(words) == alignment.Alphabet(words[:100]).spelled(words)
    assert len(set(code)) == 60_000
    assert code.encode("utf8")
    assert code[0] == "\u0100"


def test_the_last_code_point_is_given_away_and_then_there_are_no_more(monkeypatch):
    assert alignment._MOST_CODES == 0x110000 - 0x100 - 0x800
    monkeypatch.setattr(alignment, "_CODES", (range(0x100, 0x103), range(0xE000, 0xE002)))
    monkeypatch.setattr(alignment, "_MOST_CODES", 5)
    for alphabet in (alignment.Alphabet("abcde"), alignment.Alphabet("ab"), alignment.Alphabet()):
        assert alphabet.spelled("abcde") == "\u0100\u0101\u0102\ue000\ue001"
        with pytest.raises(alignment.TooManyUnits):
            alphabet.spelled("f")
    with pytest.raises(alignment.TooManyUnits, match=r"^The texts have more than 5 different words and signs\.$"):
        alignment.Alphabet("abcdef")


def test_more_distinct_words_than_code_points_are_replaced_whole(monkeypatch):
    monkeypatch.setattr(alignment, "_MOST_CODES", 3)
    assert plain(diff("a b c", "a b d")) == "[-a b c-]{+a b d+}"
    assert plain(diff("a b c d", "a b")) == "[-a b c d-]{+a b+}"
    assert plain(diff("a b c", "a c b")) == "a [-b -]c{+ b+}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b c " * 3000, "b c a " * 3000),
        ("a b c " * 3000, "a c b " * 3000),
        ("x" * 200_000, "y" + "x" * 200_000),
        ("_" * 50_000 + "-'" * 20_000, "'-" * 20_000 + "_ " * 20_000),
        ("\n".join(["one two three four five six"] * 3000), "\n".join(["one two three four five", "six"] * 3000)),
        (" ".join(str(n * n % 9973) for n in range(10_000)), " ".join(str(n * n * n % 9967) for n in range(10_000))),
        (" ".join(str(n % 97) for n in range(10_000)), " ".join(str(n % 89) for n in range(10_000))),
        (" ".join(f"w{n}" for n in range(5_000)), " ".join(f"w{n}" for n in reversed(range(5_000)))),
    ],
    ids=["turned", "swapped", "one word", "signs", "lines", "strangers", "few words", "backwards"],
)
def test_a_text_made_to_be_slow_is_still_exact(old, new):
    runs = diff(old, new)
    assert (before(runs), after(runs)) == (old, new)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("debian-constitution", ".md"),
        ("debian-constitution", ".txt"),
        ("nixos-assembly-draft", ".md"),
        ("pep-0013", ".rst"),
        ("grundgesetz", ".md"),
    ],
)
def test_every_edit_of_a_real_constitution_is_exact(name, suffix):
    real_texts = read(name, suffix)
    for old, new in pairwise(real_texts):
        runs = diff(old, new)
        assert (before(runs), after(runs)) == (old, new)
        assert parse_plain(plain(runs))


def test_few_words_of_a_real_edit_are_marked():
    """The first change of Debian's constitution: far more would be marked if a paragraph were replaced whole."""
    real_texts = read("debian-constitution", ".md")
    marked = [
        sum(word_count(run.text) for run in diff(old, new) if run.op is not Op.KEEP)
        for old, new in pairwise(real_texts)
    ]
    assert sum(marked) < 0.2 * sum(map(word_count, real_texts))


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_words_marked_are_close_to_the_fewest_possible(name):
    folder = corpus("bench", ".txt")[0].parent
    old, new = ((folder / f"{side}_{name}.txt").read_text(encoding="utf8") for side in ("base", "changed"))
    marked = sum(word_count(run.text) for run in diff(old, new) if run.op is not Op.KEEP)
    assert marked <= 1.1 * {"a": 11, "b": 44, "c": 225}[name]


def case_texts(case):
    """The texts of a hard case; of HTML, what stands in its paragraphs."""
    texts = [case["base"], *case["changed"]]
    if case["format"] == "html" and "<p>" in case["base"]:
        texts = ["\n\n".join(re.findall(r"<p>(.*?)</p>", text)) for text in texts]
    return texts


def in_plain_form(case):
    """The redline that a case expects, where it gives one."""
    expected = "\n\n".join(re.findall(r"<p>(.*?)</p>", case["expected"]))
    signs = [("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}")]
    for tag, sign in signs:
        expected = expected.replace(tag, sign)
    return expected


def diff_cases():
    return {case["name"]: case for case in hard_cases() if case["kind"].startswith("diff")}


def test_the_hard_cases_print_as_they_are_expected():
    cases = diff_cases()
    shown = {name: plain(diff(*case_texts(case)[:2])) for name, case in cases.items()}
    given = {name: in_plain_form(case) for name, case in cases.items() if case["expected"].startswith("<p>")}
    assert len(given) >= 4
    assert {name: shown[name] for name in given} == given


def test_the_hard_cases_told_in_words_hold():
    shown = {name: plain(diff(*case_texts(case)[:2])) for name, case in diff_cases().items()}
    assert shown["diff_unchanged_sentence_swallowed"].endswith(" time. The chair opens the debate.")
    assert shown["diff_split_paragraph"].count("{+") == 1
    assert "{+\n\n+}" in shown["diff_split_paragraph"]
    assert "[-3-]{+3a+}" in shown["diff_clause_number_change"]
    assert shown["diff_in_band_markers"].endswith("for good [-measure-]{+measures+}.")
    assert "<del>not</del> vote by proxy{+ ever+}." in shown["own-09 literal del in the law"]


def shape(runs):
    """The redline in counts of words: kept 3, deleted -2, inserted +4; no word of it."""
    signs = {Op.KEEP: "", Op.DELETE: "-", Op.INSERT: "+"}
    return " ".join(f"{signs[run.op]}{word_count(run.text)}" for run in runs)


def printed(case):
    """What we print for each changed text of a case: its shape and its digest; the texts are not ours to copy."""
    base, *changed = case_texts(case)
    for place, text in enumerate(changed, start=1):
        runs = diff(base, text)
        digest = hashlib.sha256(plain(runs).encode()).hexdigest()
        yield f"{case['name']} {place}", {"shape": shape(runs), "sha256": digest}


def test_the_hard_cases_print_as_they_did_before():
    # Rewriting and drift are of amendments, and tested there.
    cases = [case for case in hard_cases() if case["kind"] not in {"rewrite", "drift"}]
    shown = dict(entry for case in cases for entry in printed(case))
    assert shown == json.loads(GOLDEN.read_text(encoding="utf8"))["redlines"]


@given(any_text(), any_text())
def test_the_same_texts_give_the_same_runs(old, new):
    assert diff(old, new) == diff(old, new)
