"""The commands: the whole main job from a shell, on a database that was empty, and what they say when they cannot."""

import re
import shutil

import allotment
import pytest
from corpora import corpus

import store.amendments
import store.drafts
import store.editions
from app import create_app
from config import Environment, Settings
from services import draft_page


@pytest.fixture
def shell(tmp_path):
    """Runs a command on an empty database; what it said. ``fails`` when it must exit with 1."""
    app = create_app(Settings(Environment.DEVELOPMENT, f"sqlite:///{tmp_path}/ours.sqlite3", "s" * 40, False))
    runner = app.test_cli_runner()

    def run(*words, fails=False):
        result = runner.invoke(args=[str(word) for word in words])
        assert result.exit_code == (1 if fails else 0), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert "Traceback" not in result.output
        return result.output

    with app.app_context():
        yield run


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "rules.md"
    file.write_text(allotment.BOOK, encoding="utf-8")
    return file


@pytest.fixture
def society(shell, book, tmp_path):
    """The shell after the society was set up from it, with two seconders needed."""
    rules = tmp_path / "rules.toml"
    rules.write_text(allotment.RULEBOOK, encoding="utf-8")
    shell("set-up", "Allotment Society", "--rulebook", rules)
    shell("import-constitution", book, "--note", "As founded")
    for handle in ("meera", "rosa", "grace", "leonard"):
        shell("add-member", handle, "--name", handle.title())
    shell("add-member", "ffion", "--name", "Ffion", "--role", "committee")
    return shell


def seconded(shell, *changes, by="meera", title="A better rule"):
    """An amendment proposed and seconded; its number."""
    said = shell("propose", "--member", by, "--title", title, "--reason", "It is better.", *changes)
    number = int(re.search(r"This is amendment (\d+)", said)[1])
    for handle in [one for one in ("meera", "rosa", "grace") if one != by]:
        said = shell("second", number, "--member", handle)
    assert "goes to the committee" in said
    return number


def test_the_main_job_is_done_from_the_shell(society):
    first = seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace("sixteen", "twenty"))
    second = seconded(society, "--before", "2(1)", "The chair calls meetings.", "--strike", "3(1)", by="rosa")
    said = society("merge", first, second, "--member", "ffion", "--title", "Meetings")
    assert "Composite 1" in said
    said = society("freeze", 1, "--member", "ffion")
    assert "[-sixteen-]{+twenty+}" in said
    assert "edition 2" in society("adopt", 1, "--member", "ffion")
    exported = society("export-constitution")
    assert "1. The chair calls meetings.\n2. A general meeting needs twenty members present." in exported
    assert "under clause 2(4)" in exported
    assert "[-sixteen-]{+twenty+}" in society("compare", 1, 2)
    assert "All is as it was recorded" in society("verify-log")


def test_a_conflict_is_named_and_settled_from_the_shell(society):
    twenty = seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace("sixteen", "twenty"))
    ten = seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace("sixteen", "ten"), by="rosa")
    said = society("merge", twenty, ten, "--member", "ffion", "--title", "Quorum")
    assert "conflict" in said.casefold()
    assert "twenty" in said
    assert "ten" in said
    society("freeze", 1, "--member", "ffion", fails=True)
    society("settle", 1, "--member", "ffion", "--choose", "1=twenty")
    assert "[-sixteen-]{+twenty+}" in society("freeze", 1, "--member", "ffion")


def test_what_is_in_the_way_is_said_and_done_from_the_shell(society):
    near = [seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace(*words), by=by) for words, by in (
        (("needs sixteen", "needs at least sixteen"), "meera"), (("members", "people"), "rosa"),
    )]  # fmt: skip
    beside = seconded(society, "--strike", "3(1)")
    said = society("merge", *near, "--member", "ffion", "--title", "Quorum")
    assert "To do: Read clause 2(1) once as a whole" in said
    assert f"To do: Say why the draft does without A{beside}" in said
    society("leave", 1, beside, near[1], "--member", "ffion", "--reason", "Not now.")
    assert "it can be frozen" in society("settle", 1, "--member", "ffion")
    assert "nobody’s consent" in society("ask-consent", 1, "--member", "ffion", fails=True)
    assert "draft 1" in society("freeze", 1, "--member", "ffion")


def test_the_committee_may_settle_a_conflict_in_its_own_words_and_they_are_counted(society):
    twenty = seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace("sixteen", "twenty"))
    ten = seconded(society, "--reword", "2(1)", allotment.SIXTEEN.replace("sixteen", "ten"), by="rosa")
    society("merge", twenty, ten, "--member", "ffion", "--title", "Quorum")
    society("settle", 1, "--member", "ffion", "--write", "1=fifteen", "--reason", "Half way.")
    said = society("freeze", 1, "--member", "ffion")
    assert "{+fifteen+}" in said
    assert "1 word of the committee's own" in said
    (own,) = draft_page.page(1, allotment.NOON).own
    assert (own.label, own.words, own.reason) == ("2(1)", "fifteen", "Half way.")


def test_export_and_import_are_each_other_s_opposite(society, shell, tmp_path):
    exported = tmp_path / "exported.md"
    exported.write_text(society("export-constitution"), encoding="utf-8")
    said = society("import-constitution", exported, "--revised", fails=True)
    assert "nothing to import" in said


def test_debian_s_constitution_has_its_203_clauses(shell, tmp_path):
    said = shell("import-constitution", corpus("debian-constitution")[-1])
    assert "203 clauses" in said
    exported = shell("export-constitution")
    (tmp_path / "again.md").write_text(exported, encoding="utf-8")
    assert "203 clauses" in shell("import-constitution", "--check", tmp_path / "again.md")


def test_the_grundgesetz_is_imported_too(shell):
    assert "edition 1" in shell("import-constitution", corpus("grundgesetz")[-1])


def test_checking_a_document_keeps_nothing(shell, book):
    assert "Nothing was kept" in shell("import-constitution", "--check", book)
    assert store.editions.latest() is None


def test_checking_a_proposal_shows_its_redline_and_keeps_nothing(society):
    said = society(
        "propose",
        "--member",
        "meera",
        "--title",
        "T",
        "--reason",
        "R",
        "--strike",
        "3(1)",
        "--rename",
        "3",
        "Wells",
        "--check",
    )
    assert "Leave out clause 3(1)" in said
    assert "[-Water-]{+Wells+}" in said
    assert store.amendments.listing() == ()


def test_a_line_that_cannot_be_placed_is_named_and_nothing_is_kept(shell, tmp_path):
    file = tmp_path / "odd.md"
    file.write_text("# Rules\n\n## 1. Members\n\n1. One.\n\n      deep\u202ebelow\n", encoding="utf-8")
    said = shell("import-constitution", file, fails=True)
    assert "7" in said
    assert store.editions.latest() is None


@pytest.mark.parametrize(
    ("content", "said"), [(b"# Rules\n\n\xff\xfe broken", "UTF-8"), (b"", "empty"), (b"# Only a title\n", "no clause")]
)
def test_a_file_that_is_no_rule_book_is_refused(shell, tmp_path, content, said):
    file = tmp_path / "broken.md"
    file.write_bytes(content)
    assert said in shell("import-constitution", file, fails=True)


def test_a_file_that_is_not_there_is_said_to_be_missing(shell, tmp_path):
    assert "cannot be read: No such file" in shell("import-constitution", tmp_path / "missing.md", fails=True)
    assert "cannot be read: Is a directory" in shell("import-constitution", tmp_path, fails=True)


def test_a_second_constitution_is_refused_and_revised_is_named(society, book):
    assert "--revised" in society("import-constitution", book, fails=True)


def test_a_revised_document_keeps_the_identity_of_its_clauses(society, book, tmp_path):
    pump = allotment.clause("3(1)")
    revised = tmp_path / "revised.md"
    water = "## 3. Water\n\n1. Water is free.\n2. The pump is shared by all members.\n3. Nobody"
    before = "## 3. Water\n\n1. The pump is shared by all members.\n2. Nobody"
    revised.write_text(allotment.BOOK.replace(before, water), encoding="utf-8")
    assert "edition 2" in society("import-constitution", revised, "--revised")
    assert allotment.clause("3(2)") == pump


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("second", 1, "--member", "meera"), "cannot second"),
        (("second", 1, "--member", "nobody"), "no member nobody"),
        (("second", 99, "--member", "rosa"), "no amendment 99"),
        (("second", 1, "--member", "rosa", "--digest", "0" * 64), "has changed"),
        (("merge", 1, "--member", "ffion", "--title", "T"), "not seconded"),
        (("merge", 1, "--member", "rosa", "--title", "T"), "does not allow"),
        (("freeze", 99, "--member", "ffion"), "no composite 99"),
        (("adopt", 99, "--member", "ffion"), "no draft 99"),
        (("compare", 1, 99), "no edition 99"),
        (("export-constitution", "--edition", 99), "no edition 99"),
        (("add-member", "meera", "--name", "Another"), "Already on the roll"),
        (("load-demonstration",), "already holds"),
        (("propose", "--member", "rosa", "--title", "T", "--reason", "R"), "nothing"),
        (("propose", "--member", "rosa", "--title", "T", "--reason", "R", "--strike", "9"), "no clause 9"),
        (("set-up", "Ours", "--rulebook", "missing.toml"), "cannot be read"),
    ],
)
def test_a_refusal_is_one_line_and_exits_with_1(society, words, said):
    society("propose", "--member", "meera", "--title", "No pump", "--reason", "It is dry.", "--strike", "3(1)")
    refusal = society(*words, fails=True)
    assert said.casefold() in refusal.casefold()
    assert len(refusal.strip().splitlines()) == 1


def test_commands_before_there_is_a_constitution_say_how_to_begin(shell):
    assert "import-constitution" in shell("export-constitution", fails=True)
    assert "All is as it was recorded" in shell("verify-log")


def test_a_changed_row_is_found_and_named(society, tmp_path):
    import pysqlite3

    with pysqlite3.connect(tmp_path / "ours.sqlite3") as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE log_entry SET actor = 'nobody' WHERE seq = 2")
    file.close()
    said = society("verify-log", fails=True)
    assert "Entry 2 of the log" in said


def test_the_demonstration_is_loaded_once(demonstration, shell, tmp_path):
    """The file that all of these tests share was made by the command itself."""
    shutil.copy(demonstration, tmp_path / "ours.sqlite3")
    assert shell("load-demonstration", "--if-empty") == ""
    assert "already holds" in shell("load-demonstration", fails=True)
