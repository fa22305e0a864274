"""The eye that looks at every page sees what it should."""

import pages

GOOD = """<!doctype html><html lang="en"><head><title>Here – There</title></head><body><main><h1>Here</h1>{}</main></body></html>"""


def test_a_good_page_has_no_fault():
    assert list(pages.faults(GOOD.format("<p>All is well.</p>"))) == []


def test_each_kind_of_fault_is_named():
    for wrong, said in {
        "<h1>Again</h1>": "one h1",
        '<p id="a"></p><p id="a"></p>': "2 times",
        '<input name="x">': "no label",
        '<form method="post" action="/x"></form>': "0 tokens",
        "<script>1</script>": "without the nonce",
        '<p style="color:red">x</p>': "in an attribute",
        '<a href="#nowhere">x</a>': "leads to no",
        "<p></div>": "not valid HTML",
        '<button class="x"></button>': "without words",
    }.items():
        found = "; ".join(pages.faults(GOOD.format(wrong)))
        assert said in found, f"{wrong}: {found}"
