"""Counts a ballot again with nothing but Python: python3 recount.py definition.json list.jsonl [RECEIPT]."""

import hashlib, json, sys
from fractions import Fraction
from itertools import permutations

def met(rule, yes, no, abstain, papers, voters):
    share, strict, base = Fraction(rule["share"]), rule["strict"], rule["base"]
    if base == "versus_default":
        ratio = share / (1 - share)
        return yes > 0 and (yes > ratio * no if strict else yes >= ratio * no and yes > no)
    of = {"cast": yes + no, "valid": yes + no + abstain, "papers": papers, "eligible": voters}[base]
    return yes > 0 and (yes > share * of if strict else yes >= share * of)

def yes_no(definition, question, lines):
    def counted(college):
        of = {one: 0 for one in ("yes", "no", "abstain", "", "spoilt")}
        for paper in lines:
            if paper["college"] == college["id"]:
                of[paper["answers"].get(question["id"], "")] += paper["weight"]
        return of["yes"], of["no"], of["abstain"], sum(of.values()), college["weight"] or college["voters"]
    colleges = [(college, counted(college)) for college in definition["colleges"]]
    yes, papers = sum(c[0] for _, c in colleges), sum(c[3] for _, c in colleges)
    quorate = all((papers if q["kind"] == "turnout" else yes) >= q["least"] for q in question["quorums"])
    for rule in question["thresholds"]:
        if len(colleges) == 1 or definition["combine"] == "each":
            quorate &= all(met(rule, *numbers) for _, numbers in colleges)
        else:
            of = {"cast": lambda c: c[0] + c[1], "valid": lambda c: sum(c[:3]), "papers": lambda c: c[3], "eligible": lambda c: c[4]}
            reached = sum(Fraction(one["share"]) * Fraction(c[0], of[rule["base"]](c) or 1) for one, c in colleges)
            quorate &= reached > 0 and (reached > Fraction(rule["share"]) if rule["strict"] else reached >= Fraction(rule["share"]))
    return [option["id"] for option in question["options"]] if quorate else []

def ranked(definition, question, lines):
    answers = [(paper["answers"].get(question["id"], ""), paper["weight"]) for paper in lines]
    ranks = [(ranks, weight) for ranks, weight in answers if isinstance(ranks, dict)]
    if any(q["kind"] == "turnout" and sum(weight for _, weight in answers) < q["least"] for q in question["quorums"]):
        return []
    last, every = definition["unranked"] == "last", ["default", *(option["id"] for option in question["options"])]
    votes = {(a, b): sum(w for r, w in ranks if r.get(a, 999) < r.get(b, 999) and (last or a in r and b in r)) for a, b in permutations(every, 2)}
    stays = ["default"]
    for option in question["options"]:
        pair = votes[option["id"], "default"], votes["default", option["id"]]
        quorate = all(q["kind"] == "turnout" or pair[0] >= q["least"] for q in question["quorums"])
        if quorate and all(met(rule, *pair, 0, sum(pair), 0) for rule in option["thresholds"] or question["thresholds"]):
            stays.append(option["id"])
    path = {(a, b): (votes[a, b], -votes[b, a]) if votes[a, b] > votes[b, a] else (0, 0) for a, b in permutations(stays, 2)}
    for k, a, b in permutations(stays, 3):
        path[a, b] = max(path[a, b], min(path[a, k], path[k, b]))
    best = [a for a in stays if all(path[a, b] >= path[b, a] for b in stays if b != a)]
    return best if len(best) == 1 and best != ["default"] else []

if __name__ == "__main__":
    text, papers = open(sys.argv[1], "rb").read(), [json.loads(line) for line in open(sys.argv[2], encoding="utf8")]
    ballot = json.loads(text)
    print("fingerprint", hashlib.sha256(json.dumps(ballot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest())
    for one in ballot["questions"]:
        print("question", one["id"], "carried:", " ".join((ranked if one["kind"] == "ranked" else yes_no)(ballot, one, papers)) or "nothing")
    print("papers", len(papers), *[json.dumps(p["answers"]) for p in papers if sys.argv[3:] == [p.get("receipt")]])
