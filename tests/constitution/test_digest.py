from dataclasses import replace

from hypothesis import given, settings
from trees import constitutions

from constitution.clause import Insertions, Mark, Practice, Repeals
from constitution.digest import clause_digest, digest, text_digest
from constitution.markup import parse, write

RULES = parse("# Rules\n\n## 1. Name\n\nThe Walnut Club.\n\n## 2. Fees\n\nOne pound.\n")


def test_the_digest_of_a_text_is_its_sha256():
    assert text_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_digest_of_an_edition_is_the_same_everywhere():
    assert digest(RULES) == "071cca6b1b95930016f325d7cb048a46f41573d53f15fdb931838050b6ce5fe8"


def test_any_difference_changes_the_digest():
    first, second = RULES.clauses
    variants = [
        replace(RULES, title="x"),
        replace(RULES, front="x"),
        replace(RULES, language="de"),
        replace(RULES, practice=Practice(Insertions.LETTERS)),
        replace(RULES, practice=Practice(repeals=Repeals.KEEP)),
        replace(RULES, clauses=(second, first)),
        replace(RULES, clauses=(first,)),
        *(
            replace(RULES, clauses=(changed, second))
            for changed in (
                replace(first, id="x"),
                replace(first, heading="x"),
                replace(first, text="x"),
                replace(first, mark=Mark()),
                replace(first, repealed=True),
                replace(first, kind=second.children[0].kind),
                replace(first, children=()),
            )
        ),
    ]
    assert len({digest(c) for c in (RULES, *variants)}) == len(variants) + 1


def test_the_digest_of_a_clause_covers_what_is_below_it_and_not_its_place():
    first, second = RULES.clauses
    assert clause_digest(first) == clause_digest(replace(RULES, clauses=(second, first)).clauses[1])
    assert clause_digest(first) != clause_digest(replace(first, children=()))


@given(constitutions())
@settings(max_examples=20)
def test_what_is_exported_and_imported_has_the_same_digest(c):
    again = parse(write(c))
    assert digest(parse(write(again))) == digest(again)
