"""A plan on the screen: what it does, and what it leaves out and why."""

from __future__ import annotations

import sys

from facturar.cli.output import Column, Format, Table, print_json, print_table
from facturar.plan.actions import Plan

_ACTIONS = [
    Column("Kind", "kind"),
    Column("Document", "document"),
    Column("Client", "client"),
    Column("Job", "job"),
    Column("Amount", "amount", right=True),
    Column("", "currency"),
    Column("Why", "reason"),
]
_SKIPPED = [Column("Skipped", "kind"), Column("Client", "client"), Column("Job", "job"), Column("Why", "reason")]
_CSV = [Column("", "what"), *_ACTIONS]


def action_table(plan: Plan) -> Table:
    """What a plan does, a row a document."""
    rows = [(a.kind, a.document, a.client, a.job, a.amount, a.currency, a.reason) for a in plan.actions]
    return Table(_ACTIONS, rows)


def skipped_table(plan: Plan) -> Table:
    """What a plan leaves out."""
    return Table(_SKIPPED, [(s.kind, s.client, s.job, s.reason) for s in plan.skipped])


def plan_facts(plan: Plan) -> dict[str, object]:
    """A plan as `--format json` gives it."""
    action_keys = [column.key for column in _ACTIONS]
    skipped_keys = [column.key for column in _SKIPPED]
    return {
        "today": plan.today,
        "actions": [dict(zip(action_keys, row, strict=True)) for row in action_table(plan).rows],
        "skipped": [dict(zip(skipped_keys, row, strict=True)) for row in skipped_table(plan).rows],
    }


def print_plan(plan: Plan, form: Format, language: str, *, skipped: bool = True) -> None:
    """The plan on stdout; for people `skipped` says whether what is left out is told as well."""
    if form is Format.json:
        print_json(plan_facts(plan))
        return
    if form is Format.csv:
        rows = [("do", *row) for row in action_table(plan).rows]
        rows += [("skip", s.kind, None, s.client, s.job, None, None, s.reason) for s in plan.skipped]
        print_table(Table(_CSV, rows), form)
        return
    if plan.actions:
        print_table(action_table(plan), form, language)
    if skipped and plan.skipped:
        if plan.actions:
            sys.stdout.write("\n")
        print_table(skipped_table(plan), form, language)
