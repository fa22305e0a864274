"""A vote of the Allotment Society without its urn: what is put, papers as given, and the result counted from them."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

import allotment
import make

import store
import store.ballots
import store.editions
import store.processes
from ballots.definition import College, Definition, Mode, canonical, fingerprint
from ballots.paper import NO, YES, Paper, line
from ballots.tally import count, to_json
from constitution.digest import text_digest
from services import putting, timing
from store.ballots import Step

VOTERS = 5


def declared(
    rule: str, *drafts: int, no: Collection[str] = (), at: datetime, split=(), papers=VOTERS, repeats=None
) -> int:
    """The number of a vote in which all say yes to all but the questions whose words hold one of ``no``."""
    ballot_rule = next(one for one in timing.rules().ballots if one.id == rule)
    with store.transaction():
        moments = {"opens": at - timedelta(hours=1), "closes": at, "at": at}
        said = {"title": ballot_rule.label, "mode": "recorded", "drafts": drafts, "split": split, "repeats": repeats}
        made = store.ballots.add(rule=rule, member=allotment.member(allotment.HARRIET).id, **said, **moments)
        definition = _definition(made, putting.questions(drafts, ballot_rule, at, split))
        mark = fingerprint(definition)
        store.ballots.define(made.number, canonical(definition), mark)
        _done(made.number, Step.OPEN, "open-ballot", at, fingerprint=mark, changeable=True, colleges={})
        answers = {
            one.id: NO if any(each in f"{one.words} {one.options}" for each in no) else YES
            for one in definition.questions
        }
        cast = [Paper("members", answers, voter=f"v{n}") for n in range(papers)]
        published = "".join(f"{line(one)}\n" for one in cast)
        result = {"questions": to_json(count(definition, cast)), "papers": len(cast)}
        kept = store.ballots.Declared(published, text_digest(published), json.loads(json.dumps(result)), at)
        store.ballots.declare(made.number, kept, allotment.member(allotment.HARRIET).id)
        counted = text_digest(json.dumps(kept.result, sort_keys=True))
        _done(made.number, Step.DECLARED, "declare-ballot", at, list=kept.digest, result=counted)
    return made.number


def _done(number: int, step: Step, act: str, at: datetime, **payload: object) -> None:
    store.ballots.step(number, step, payload, allotment.member(allotment.HARRIET).id, at)
    make.log(act, f"ballot {number}", at, allotment.HARRIET, **payload)


def _definition(made: store.ballots.Ballot, questions) -> Definition:
    base, drafts = allotment.in_force(), [store.drafts.by_number(one) for one in made.drafts]
    return Definition(
        organisation="Allotment Society",
        number=made.number,
        title=made.title,
        rule=made.rule,
        rulebook=store.processes.current().digest,
        mode=Mode.RECORDED,
        opens=made.opens.isoformat(),
        closes=made.closes.isoformat(),
        base=(base.number, base.digest),
        drafts=tuple((one.number, one.digest, one.redline_digest) for one in drafts),
        questions=questions,
        colleges=(College("members", "all members", VOTERS, "0" * 64),),
        ties=putting.ties(questions),
    )
