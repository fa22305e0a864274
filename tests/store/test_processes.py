import store
from constitution.digest import text_digest
from rulebook.reading import parse

RULES = '[process]\nname = "Rule changes"\n[seconding]\ncount = 3\n'


def test_an_organisation_has_the_rules_it_set_last(database):
    for rules in ("", RULES):
        with store.transaction():
            store.processes.set("The Angling Club", rules)
    process = store.processes.current()
    assert (process.organisation, process.rulebook_toml, process.digest) == (
        "The Angling Club",
        RULES,
        text_digest(RULES),
    )


def test_before_any_rules_are_set_the_defaults_hold(database):
    process = store.processes.current()
    assert (process.organisation, process.digest) == ("Redraft", text_digest(process.rulebook_toml))
    rules = parse(process.rulebook_toml)
    assert (rules.stages, [route.count.value for route in rules.routes]) == ((), [5])
