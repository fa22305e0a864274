"""Reading: the start page, the rule book and its editions, drafts and the log."""

import ast
import itertools
import re
from pathlib import Path

import allotment
import html5lib
import pytest
import society
from allotment import (
    FFION,
    MEERA,
    NOON,
    NOTICE,
    ROSA,
    SIXTEEN,
    clause,
    member,
    on_desk,
    propose,
    reword,
    seconded,
    strike,
)
from pages import text

import services
import store
import store.drafts
import store.editions
import store.log
from constitution.markup import parse
from services import contents, drafting_final, enrolling, privacy, ratifying, reading
from services.drafting import withdraw

PUBLIC = (
    "/", "/constitution", "/constitution/text", "/editions", "/editions/1", "/amendments", "/drafts", "/log",
    "/log/check", "/about", "/patterns", "/patterns?view=side", "/patterns?view=amended",
)  # fmt: skip


@pytest.fixture
def app(tmp_path):
    opened = society.opened(tmp_path)
    with opened.app_context():
        yield opened


@pytest.fixture
def client(app):
    return app.test_client()


def page(response):
    assert response.status_code == 200, response.status
    return html5lib.parse(response.text, namespaceHTMLElements=False)


def words(response) -> str:
    return text(page(response).find("body"))


def frozen() -> int:
    """A draft of one amendment that strikes 3(1) and rewords 2(1)."""
    number = seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), strike("3(1)"), title="Twenty")
    return drafting_final.freeze(member(FFION), on_desk(number, title="Numbers"), NOON)


def adopted() -> int:
    """The number of the edition that the draft became."""
    number = frozen()
    return ratifying.adopt(member(FFION), number, store.drafts.by_number(number).digest, NOON).number


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_can_be_read_without_signing_in(client, address):
    assert client.get(address).status_code == 200


def test_the_start_page_of_an_empty_installation_says_how_to_begin(tmp_path):
    import pages

    import store
    from app import create_app
    from config import Environment, Settings

    app = create_app(Settings(Environment.DEVELOPMENT, f"sqlite:///{tmp_path}/empty.sqlite3", "e" * 40, False))
    app.test_client_class = pages.Client
    with app.app_context():
        store.upgrade()
        assert "import-constitution" in words(app.test_client().get("/"))
        assert app.test_client().get("/constitution").status_code == 404
        assert app.test_client().get("/editions").status_code == 200


def test_the_start_page_shows_what_needs_seconders_and_what_is_one_s_own(client):
    propose(strike("3(1)"), title="No pump")
    assert "A1 No pump" in words(client.get("/"))
    client.sign_in(MEERA)
    said = words(client.get("/"))
    assert "Your amendment A1 No pump is seeking seconders" in said
    assert "No amendment is waiting for seconders" in said


def test_the_contents_say_how_many_amendments_touch_each_part(client):
    propose(strike("3(1)"), title="No pump")
    propose(strike("3(2)"), title="Water at noon")
    lines = [text(one) for one in page(client.get("/constitution")).iter("li")]
    assert "3. Water 2 amendments" in lines
    assert "1. Members" in lines


def test_a_clause_names_the_newest_open_amendments_and_leads_to_the_rest(client, monkeypatch):
    for title, label in (("No pump", "3(1)"), ("Water at noon", "3(2)"), ("No water", "3(2)")):
        last = propose(strike(label), title=title)
    withdraw(member(MEERA), last, "", NOON)
    address = f"/constitution/clauses/{clause('3')}"
    assert [text(one) for one in page(client.get(address)).iter("h3")] == ["A2 Water at noon", "A1 No pump"]
    monkeypatch.setattr(reading, "NEWEST", 1)
    said = page(client.get(address))
    assert [text(one) for one in said.iter("h3")] == ["A2 Water at noon"]
    assert "These are the newest 1 of 2 open amendments." in text(said)
    [rest] = [one.get("href") for one in said.iter("a") if text(one) == "All amendments to it"]
    assert "A1 No pump" in words(client.get(rest))


def test_a_clause_is_found_by_its_number(client):
    said = words(client.get("/constitution?q=clause 2(1)"))
    assert SIXTEEN in said
    assert NOTICE not in said


def test_a_clause_is_found_by_words_in_any_order_and_case(client):
    assert NOTICE in words(client.get("/constitution?q=POST notice"))


def test_a_search_that_finds_nothing_says_so(client):
    assert "none has all these words" in words(client.get("/constitution?q=zeppelin"))


def test_searching_for_a_part_finds_what_is_below_it(app):
    assert [one.clause.label for one in contents.contents("2").found] == ["2", "2(1)", "2(2)", "2(3)"]


def test_a_clause_shows_its_path_its_amendments_and_its_neighbours(client):
    propose(strike("2(2)"), title="No notice")
    said = words(client.get(f"/constitution/clauses/{clause('2(2)')}"))
    for part in ("2 Meetings", NOTICE, "A1 No notice", "Previous: 2(1)", "Next: 2(3)", "Propose a change"):
        assert part in said


def test_a_part_shows_the_clauses_below_it(client):
    assert SIXTEEN in words(client.get(f"/constitution/clauses/{clause('2')}"))


def test_a_reference_leads_to_the_clause_it_cites(client):
    found = page(client.get(f"/constitution/clauses/{clause('1(2)')}"))
    cited = next(one for one in found.iter("a") if one.get("class") == "reference")
    assert cited.get("href") == f"/constitution/clauses/{clause('2(3)')}"
    assert text(cited) == "2(3)"


def test_who_may_not_propose_is_not_offered_it(client):
    address = f"/constitution/clauses/{clause('2(2)')}"
    client.sign_in(allotment.HARRIET)
    assert "Propose a change" not in words(client.get(address))


def test_a_struck_clause_keeps_its_address(client):
    struck = clause("3(1)")
    adopted()
    said = words(client.get(f"/constitution/clauses/{struck}"))
    assert "no longer in force" in said
    assert "The pump is shared" in said
    assert "Struck with edition 2" in said


def test_the_history_of_a_clause_names_the_edition_that_reworded_it(client):
    reworded = clause("2(1)")
    adopted()
    said = words(client.get(f"/constitution/clauses/{reworded}"))
    assert "Reworded with edition 2" in said
    assert "Added with edition 1" in said


def test_a_clause_of_an_older_edition_reads_as_it_did(client):
    reworded = clause("2(1)")
    adopted()
    assert "sixteen" in words(client.get(f"/editions/1/clauses/{reworded}"))
    assert "twenty" in words(client.get(f"/editions/2/clauses/{reworded}"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/constitution/clauses/nowhere", "nowhere"),
        ("/constitution/clauses/not%20an%20id", "no clause"),
        ("/editions/99", "no edition 99"),
        ("/editions/1/clauses/nowhere", "nowhere"),
        ("/editions/1/compare/99", "no edition 99"),
        ("/drafts/99", "no draft 99"),
        ("/amendments/99", "no amendment 99"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(client, address, said):
    response = client.get(address)
    assert response.status_code == 404
    assert said in text(html5lib.parse(response.text, namespaceHTMLElements=False).find("body/main"))


@pytest.mark.parametrize("address", ["/editions/{}", "/drafts/{}", "/editions/1/compare/{}", "/log?before={}"])
def test_a_number_that_no_database_can_hold_is_no_fault_of_ours(client, address):
    assert client.get(address.format("9" * 30)).status_code in {200, 404}


def test_the_whole_text_marks_every_clause_with_its_number_and_its_anchor(client):
    found = page(client.get("/constitution/text"))
    anchors = {one.get("id") for one in found.iter("section")}
    assert f"c-{clause('2(2)')}" in anchors
    assert NOTICE in text(found)


def test_headings_of_the_whole_text_skip_no_level(client):
    levels = [
        int(one.tag[1])
        for one in page(client.get("/constitution/text")).iter()
        if one.tag in {f"h{n}" for n in range(1, 7)}
    ]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_edition_in_force_is_not_shown_from_an_older_one(client):
    assert "sixteen" in words(client.get("/constitution/text"))
    adopted()
    assert "twenty" in words(client.get("/constitution/text"))
    assert "no longer in force" in words(client.get("/editions/1"))


def test_two_editions_are_compared_as_a_redline(client):
    adopted()
    for view in ("", "?view=inline", "?view=side"):
        said = words(client.get(f"/editions/1/compare/2{view}"))
        assert "2 clauses changed" in said
        assert "[-sixteen-]" in said
        assert "{+twenty+}" in said
    assert "[-" not in words(client.get("/editions/1/compare/2?view=amended"))


def test_a_changed_clause_stands_below_the_part_it_belongs_to(client):
    adopted()
    said = words(client.get("/editions/1/compare/2"))
    assert said.index("2. Meetings") < said.index("[-sixteen-]") < said.index("3. Water")


def test_what_is_only_renumbered_stands_apart(client):
    adopted()
    said = words(client.get("/editions/1/compare/2"))
    assert said.index("Only renumbered") > said.index("{+twenty+}")
    assert "Renumbered, was 3(2)" in said


def test_editions_may_be_compared_backwards_and_with_themselves(client):
    adopted()
    assert "{+sixteen+}" in words(client.get("/editions/2/compare/1"))
    assert "Nothing differs" in words(client.get("/editions/2/compare/2"))


def test_the_form_that_chooses_two_editions_leads_to_their_comparison(client):
    adopted()
    response = client.get("/editions/compare?old=1&new=2")
    assert response.location == "/editions/1/compare/2"
    assert client.get("/editions/compare?old=x").location == "/editions"


def test_a_draft_shows_its_redline_its_digests_and_what_it_is_made_of(client):
    number = frozen()
    draft = store.drafts.by_number(number)
    said = words(client.get(f"/drafts/{number}"))
    for part in (
        "[-sixteen-]",
        "{+twenty+}",
        draft.digest,
        draft.redline_digest,
        "A1 Twenty",
        "no words are the committee’s own",
    ):
        assert part.casefold() in said.casefold()


def test_every_word_of_a_draft_names_its_source(client):
    response = client.get(f"/drafts/{frozen()}?view=sources")
    assert "needs [A1: twenty end]" in words(response)
    assert '<small class="source-label" aria-hidden="true">A1</small>' in response.text


def test_only_who_may_adopt_is_offered_it(client):
    number = frozen()
    client.sign_in(ROSA)
    assert "Adopt this draft" not in words(client.get(f"/drafts/{number}"))
    client.sign_in(FFION)
    assert "Adopt this draft" in words(client.get(f"/drafts/{number}"))


def test_drafts_and_editions_are_listed_with_the_newest_first(client):
    adopted()
    assert "Draft 1: Numbers" in words(client.get("/drafts"))
    said = words(client.get("/editions"))
    assert said.index("Edition 2 In force") < said.index("As founded")


@pytest.mark.thorough
def test_the_log_is_paged(client):
    for n in range(51):
        propose(strike("3(1)"), title=f"No pump {n}")
    first = page(client.get("/log"))
    earlier = next(one.get("href") for one in first.iter("a") if one.get("rel") == "next")
    assert "imported edition 1" in words(client.get(earlier))


def acts(module):
    """Every act that a service writes to the log: the constants given as ``act``, straight or by way of a function."""
    tree = ast.parse(module.read_text())
    functions = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    for call in calls:
        if ast.unparse(call.func) == "store.log.append":
            [given] = [one.value for one in call.keywords if one.arg == "act"]
            yield from said(given)
            if isinstance(given, ast.Name):
                [name] = [name for name, one in functions.items() if call in ast.walk(one)]
                yield from (
                    act for one in calls if ast.unparse(one.func) == name for arg in one.args for act in said(arg)
                )
    for one in ast.walk(tree):
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "act":
            yield from said(one.value)


def said(value):
    """The words that an expression may be: of a choice both, of a pair each."""
    if isinstance(value, ast.IfExp):
        return {*said(value.body), *said(value.orelse)}
    if isinstance(value, ast.Tuple):
        return {act for one in value.elts for act in said(one)}
    return {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


def logged(*entries):
    """These acts and subjects, in the log."""
    with store.transaction():
        for act, subject in entries:
            store.log.append(at=NOON, actor=ROSA, act=act, subject=subject, payload={})


def test_the_log_words_every_act_that_a_service_writes(client):
    modules = [one for folder in services.__path__ for one in Path(folder).glob("*.py")]
    found = sorted({act for one in modules for act in acts(one)})
    literal = {act for one in modules for act in re.findall(r'\bact="([^"]+)"', one.read_text())}
    assert literal <= set(found)
    assert {"second", "second-for-body", "add-point", "hide-point", "revise", "take-back-second"} <= set(found)
    shown = {}
    for some in (found[n : n + 40] for n in range(0, len(found), 40)):  # one page shows fifty
        logged(*((act, "its subject") for act in some))
        cells = [text(row.findall("td")[3]) for row in page(client.get("/log")).iter("tr") if row.findall("td")]
        shown |= dict(zip(some, reversed(cells[: len(some)]), strict=True))
    assert [act for act, words in shown.items() if words == f"{act.replace('-', ' ')} its subject"] == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("act", "subject", "sentence"),
    [
        ("import-roll", "roll", "brought in the organisation’s list of members as the roll"),
        ("roll-snapshot", "roll snapshot 3", "wrote the roll down as roll snapshot 3"),
        ("erase-member", "member m-12", "erased what was known of member m-12"),
        ("set-visibility", "member m-12", "chose who sees the name of member m-12"),
        ("event", "event invitation", "recorded the event invitation"),
        ("change-date", "stage proposals", "changed a date of stage proposals"),
        ("second-for-body", "amendment 7", "entered the decision of a branch or body to second amendment 7"),
        ("take-back-second", "amendment 7", "took their second back from amendment 7"),
        ("leave-amendment", "amendment 7", "no longer supports amendment 7"),
        ("revise", "amendment 7", "changed the text of amendment 7"),
        ("accept", "amendment 7", "took another amendment into amendment 7"),
        ("object-to-text", "amendment 7", "objected to the new text of amendment 7"),
        ("fly", "amendment 7", "fly amendment 7"),
    ],
)
def test_an_act_reads_as_a_sentence_with_its_subject(client, act, subject, sentence):
    logged((act, subject))
    assert f"{ROSA} {sentence} " in words(client.get("/log"))


def test_the_check_of_the_log_finds_nothing_in_an_honest_one(client):
    adopted()
    assert "All is as it was recorded" in words(client.get("/log/check"))


# What the export of a member holds, and the words by which the page About tells of it.
TOLD = {
    "handle": "a handle", "name": "Your name", "email": "e-mail address", "membership": "membership number",
    "joined": "date of joining", "standing": "standing", "branch": "branch", "body": "affiliated body", "roles": "roles",
    "visible_to": "who may see your name", "roll_snapshots": "Snapshots of the list", "amendments": "Amendments you move",
    "seconds": "seconds you give", "seconds_changed": "take back", "seconds_for_bodies": "enter for your branch",
    "objections": "objections", "points": "points for or against", "log": "Every act, with your handle",
    "sessions": "Where you are signed in", "passkeys": "Your passkeys", "tickets": "The links you asked for",
    "notices": "Messages to you", "notice_choices": "how you choose to hear of things", "follows": "what you follow",
    "unfinished": "what you have typed and not submitted", "appeal": "Appeals you make", "appeal_outcome": "what became of appeals",
    "relation_challenge": "challenges to how amendments are related", "challenge_outcome": "relations", "ruled_relation": "relations",
    "consent_answer": "answers about consent", "consent_request": "requests for consent", "draft_objection": "objections to a draft",
    "ruling": "rulings", "recommendation": "recommendations", "composite_revision": "choices at the desk",
    "composite_left": "what it leaves", "publication": "agendas", "ballot": "votes you prepare",
    "ballot_step": "steps you take", "ballot_voter": "may vote", "envelope": "handed in last", "hall_count": "papers you enter",
    "paper_voter": "handed a paper", "ballot_result": "results you declare", "decision": "decisions to adopt",
    "proviso": "provisos", "correction": "corrections", "corrected": "corrections", "correction_objection": "to a correction",
    "outside_word": "what bodies outside said", "advice": "messages of drafting advice",
}  # fmt: skip


def test_whatever_is_held_on_a_member_is_told_to_everybody(client):
    given = privacy.export(ROSA)
    assert sorted({*given["member"], *given} - {"member"}) == sorted(TOLD)
    said = words(client.get("/about"))
    assert {name: told for name, told in TOLD.items() if told not in said} == {}
    assert "export-member" in said
    assert "erase-member" in said


def test_a_member_is_led_to_the_choice_of_who_sees_their_name(client):
    link = 'href="/account#visibility"'
    assert link not in client.get("/about").text
    client.sign_in(ROSA)
    assert link in client.get("/about").text
    assert 'id="visibility"' in client.get("/account").text


def test_markup_in_a_rule_book_is_only_text(client):
    enrolling.import_constitution(
        parse(allotment.BOOK.replace("Anyone who", "<script>alert(1)</script> Anyone **who**")),
        NOON,
        note="<b>",
        revised=True,
    )
    for address in ("/constitution/text", "/editions", "/editions/1/compare/2"):
        said = client.get(address).text
        assert "<script>alert" not in said
        assert "<b>" not in said
    assert "<strong>who</strong>" in client.get("/constitution/text").text
