"""What must hold of a whole experiment whose server was ended again and again: what every participant
did and was told, compared with the exported tables. Each check gives sentences about what is wrong."""

import collections
import csv
import json
import pathlib
from decimal import Decimal

from person import earned


def read_tables(folder):
    tables = {}
    for path in pathlib.Path(folder).glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as lines:
            tables[path.stem] = list(csv.DictReader(lines))
    return tables


def place(row):
    """A row of `pages` as its address says it: app/Page/round-position."""
    return f"{row['app']}/{row['page']}/{row['round']}-{int(row['page_index']) - 1}"


def check_pages(tables, traces, apps):
    """Everyone passed each page once, in order, and the pages that he was shown are those that are stored."""
    problems = []
    for trace in traces:
        rows = [row for row in tables["pages"] if row["participant_code"] == trace.code]
        rows.sort(key=lambda row: (apps.index(row["app"]), int(row["round"]), int(row["page_index"])))
        stored = [place(row) for row in rows]
        if len(set(stored)) != len(stored):
            problems.append(f"{trace.code} has a page twice: {stored}")
        if not all(row["left_by"] for row in rows):
            problems.append(f"{trace.code} never left {[place(row) for row in rows if not row['left_by']]}")
        else:
            times = [float(row["left_epoch"]) for row in rows]
            if times != sorted(times):
                problems.append(f"{trace.code} did not leave the pages in their order")
        shown = [visit.place() for visit in trace.visits]
        if shown != [each for each in stored if each in shown]:
            problems.append(f"{trace.code} was shown {shown}; stored is {stored}")
    return problems


def check_values(tables, traces):
    """What was submitted is stored: of the submit that counted, or nothing of it where the time was up."""
    problems = []
    players = {(row["participant_code"], row["app"], row["round"]): row for row in tables["players"]}
    left_by = {(row["participant_code"], place(row)): row["left_by"] for row in tables["pages"]}
    for trace in traces:
        for visit in trace.visits:
            row = players[trace.code, visit.app, visit.instance.split("-")[0]]
            forms = [{name: text for name, text in post.items() if name in row} for post in visit.posts]
            stored = {name: row[name] for post in forms for name in post}
            counted = any(all(equal(row[name], text) for name, text in post.items()) for post in forms)
            if left_by.get((trace.code, visit.place())) == "submitted" and not counted:
                problems.append(f"{trace.code} submitted {forms} at {visit.place()}; stored is {stored}")
    return problems


def equal(stored, text):
    try:
        return Decimal(stored) == Decimal(text)
    except ArithmeticError:
        return stored == text


def check_sends(tables, traces):
    """Each send took effect at most once, each acknowledged one once; what was heard is stored, in its order."""
    problems = []
    taken = collections.Counter()
    said = collections.defaultdict(set)
    for row in tables["messages"]:
        if row["direction"] == "out":
            said[row["app"]].add((int(row["record"]), row["data"]))
        elif row["kind"] == "live":
            taken[row["participant_code"], row["data"]] += 1
    for trace in traces:
        for load in trace.loads:
            problems += check_load(trace, load, taken, said[load.visit.app])
    return problems


def check_load(trace, load, taken, said):
    problems = []
    for number, data in load.sends.items():
        count = taken[trace.code, compact(data)]
        if "token" in compact(data) and count not in ([1] if number in load.acknowledged else [0, 1]):
            problems.append(f"{trace.code}: {data}, acknowledged: {number in load.acknowledged}, "
                            f"took effect {count} times")
        if load.refused.get(number) in ("app_error", "handler_crashed", "number_gap"):
            problems.append(f"{trace.code}: {data} was refused: {load.refused[number]}")
    heard = [(record, compact(data)) for record, data in load.client.heard]
    if any(each not in said for each in heard) or heard != sorted(heard, key=lambda each: each[0]):
        problems.append(f"{trace.code} heard at {load.visit.place()} what is not stored, or not in this "
                        f"order: {heard}")
    return problems


def compact(data):
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def check_whole(tables, traces):
    """The sums and counters of the config `whole`."""
    problems = []
    players = collections.defaultdict(list)  # (app, group, round)
    for row in tables["players"]:
        players[row["app"], row["group"], row["round"]].append(row)
    groups = {(row["app"], row["group"], row["round"]): row for row in tables["groups"]}
    visited = collections.Counter((row["participant_code"], row["app"], row["round"], row["page"])
                                  for row in tables["pages"] if row["left_by"])
    seated = collections.Counter()
    for (app, group, round_number), row in groups.items():
        members = players[app, group, round_number]
        if app == "gathering":
            seated.update((one["participant_code"], round_number) for one in members)
            check_group_of_three(problems, group, round_number, row, members)
        if app == "sharing" and visited[members[0]["participant_code"], app, round_number, "Wait"]:
            if row["settled"] != "1" or sum(Decimal(one["payoff"]) for one in members) != 20:
                problems.append(f"pair {group} round {round_number}: settled {row['settled']} times, "
                                f"payoffs {[one['payoff'] for one in members]}")
    for trace in traces:
        alone = visited[trace.code, "gathering", "1", "Alone"]
        left_early = not visited[trace.code, "gathering", "1", "Room"]
        for round_number in ("1", "2"):
            expected = 0 if alone or left_early else 1
            if seated[trace.code, round_number] != expected:
                problems.append(f"{trace.code} is in {seated[trace.code, round_number]} groups "
                                f"of round {round_number}")
    check_closed(problems, tables)
    check_steps(problems, tables, traces)
    return problems


def check_group_of_three(problems, group, round_number, row, members):
    where = f"group {group} round {round_number}"
    if len(members) != 3:
        problems.append(f"{where} has {len(members)} players")
    if row["settled"] != "1":
        problems.append(f"{where} was settled {row['settled']} times")
    if row["timeouts"] not in ("0", "1"):
        problems.append(f"{where} had its timeout {row['timeouts']} times")
    for column in ("payoff", "balance"):
        if sum(Decimal(one[column]) for one in members) != 30:
            problems.append(f"{where}: {column} {[one[column] for one in members]}")


def check_closed(problems, tables):
    for round_number in ("1", "2"):
        rows = [row for row in tables["gathering"] if row["subsession.round_number"] == round_number]
        closed = {(row["subsession.closed"], Decimal(row["subsession.total"])) for row in rows}
        total = sum(Decimal(row["player.payoff"]) for row in rows)
        if closed != {("1", total)}:
            problems.append(f"round {round_number} was closed as {closed}, all have {total}")


def check_steps(problems, tables, traces):
    """Each page with a before_next_page that was left ran it once; the earnings of all apps are what is
    paid and what the last page said."""
    wide = {row["participant.code"]: row for row in tables["all_apps_wide"]}
    paid = {row["participant_code"]: row for row in tables["payments"]}
    counting = ("Consent", "Quiz", "Think", "Results", "Alone", "Give", "Talk", "Bye")
    for trace in traces:
        row = wide[trace.code]
        steps = sum(1 for each in tables["pages"] if each["participant_code"] == trace.code and
                    each["page"] in counting and each["left_by"] in ("submitted", "timeout"))
        counted = sum(int(text or 0) for name, text in row.items() if name.endswith(".player.left"))
        if not steps == counted == int(row["participant.steps"] or 0):
            problems.append(f"{trace.code} left {steps} pages, counted {counted} and {row['participant.steps']}")
        payoff = sum(Decimal(text or 0) for name, text in row.items() if name.endswith(".player.payoff"))
        payment = paid[trace.code]
        if payment["finished"] != "1" or Decimal(payment["payoff"]) != payoff or \
                Decimal(payment["total"]) != payoff / 2 + 5:
            problems.append(f"{trace.code} earned {payoff} and is paid {payment}")
        told = earned(trace.last_page)
        if told is None or Decimal(told[0]) != payoff or told[1] != steps - 1:
            problems.append(f"{trace.code} was told {told} and earned {payoff} in {steps} steps")


def check_market(tables, traces):
    """In each round all have traded once, and what the sellers and buyers of a group gain is the gains
    from trade."""
    problems = []
    rounds = collections.defaultdict(list)
    for row in tables["players"]:
        if row["app"] == "market":
            rounds[row["group"], row["round"]].append(row)
    if len(rounds) != 20:
        problems.append(f"there are {len(rounds)} groups and rounds, not 20")
    trades = collections.Counter((row["group"], row["round"]) for row in tables["market_trades"])
    for where, members in rounds.items():
        sells = [one for one in members if one["id_in_group"] in ("1", "3")]
        buys = [one for one in members if one["id_in_group"] in ("2", "4")]
        gains = sum(Decimal(one["unit"]) for one in buys) - sum(Decimal(one["unit"]) for one in sells)
        if len(members) != 4 or trades[where] != 2 or sum(Decimal(one["payoff"]) for one in members) != gains:
            problems.append(f"group {where}: {len(members)} players, {trades[where]} trades, gains {gains}, "
                            f"payoffs {[one['payoff'] for one in members]}")
    paid = {row["participant_code"]: row for row in tables["payments"]}
    for trace in traces:
        payoff = sum(Decimal(row["payoff"]) for row in tables["players"] if row["participant_code"] == trace.code)
        if paid[trace.code]["finished"] != "1" or Decimal(paid[trace.code]["payoff"]) != payoff:
            problems.append(f"{trace.code} earned {payoff} and is paid {paid[trace.code]}")
    return problems


SUMS = {"whole": check_whole, "market_study": check_market}
APPS = {"whole": ["entry", "gathering", "sharing", "leaving"], "market_study": ["survey", "market"]}


def check(config, folder, traces):
    tables = read_tables(folder)
    problems = [problem for trace in traces for problem in trace.problems]
    problems += check_pages(tables, traces, APPS[config])
    problems += check_values(tables, traces)
    problems += check_sends(tables, traces)
    return problems + SUMS[config](tables, traces)
