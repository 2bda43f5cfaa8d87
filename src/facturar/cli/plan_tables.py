"""A plan on the screen: what it does, and what it leaves out and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from facturar.cli.output import Column, Customs, Format, Table, print_json, print_table, say
from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.statement import Statement
from facturar.plan.actions import Action, Plan

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
_NEAR = 31
_CSV = [Column("", "what"), *_ACTIONS]


_FOR_PEOPLE = [
    Column("Document", "document", whole=True),
    Column("Client", "client", whole=True),
    Column("Job", "job"),
    Column("Amount", "amount", right=True, optional=True),
    Column("", "currency"),
    Column("Why", "reason"),
]


def action_table(plan: Plan) -> Table:
    """What a plan does, a row a document."""
    rows = [(a.kind, a.document, a.client, a.job, a.amount, a.currency, a.reason) for a in plan.actions]
    return Table(_ACTIONS, rows)


def _name(action: Action) -> str:
    """What people call a document: an invoice by its number, a letter by its step, a report by its day."""
    if isinstance(action.record, Letter):
        return f"{action.record.step} letter"
    if isinstance(action.record, Notice):
        return f"{action.record.name} letter"
    if isinstance(action.record, Activity):
        return f"activity {action.record.period.last}"
    if isinstance(action.record, Receipt | Statement):
        return f"{action.kind} {action.record.date}"
    return action.document if isinstance(action.record, Invoice | Quote) else f"{action.kind} {action.document}"


def _read_table(plan: Plan) -> Table:
    """What a plan does, for people: narrow enough for a terminal of 80 columns."""
    rows = [(_name(a), a.client, a.job, a.amount, a.currency, a.reason) for a in plan.actions]
    return Table(_FOR_PEOPLE, rows)


def skipped_table(plan: Plan) -> Table:
    """What a plan leaves out."""
    return Table(_SKIPPED, [(s.kind, s.client, s.job, s.reason) for s in plan.skipped])


def plan_facts(plan: Plan, reasons: Sequence[object] = ()) -> dict[str, object]:
    """A plan as `--format json` gives it, with the reasons of each action, if they are given."""
    action_keys = [column.key for column in _ACTIONS]
    skipped_keys = [column.key for column in _SKIPPED]
    actions = [dict(zip(action_keys, row, strict=True)) for row in action_table(plan).rows]
    if reasons:
        actions = [{**action, "reasons": tree} for action, tree in zip(actions, reasons, strict=True)]
    return {
        "today": plan.today,
        "actions": actions,
        "skipped": [dict(zip(skipped_keys, row, strict=True)) for row in skipped_table(plan).rows],
    }


def _near(plan: Plan) -> Plan:
    """The plan without what waits for a day that is far off."""
    far = plan.today + timedelta(days=_NEAR)
    return replace(plan, skipped=tuple(s for s in plan.skipped if s.held or s.since is None or s.since <= far))


def print_plan(plan: Plan, form: Format, customs: Customs, *, skipped: bool = True, everything: bool = False) -> None:
    """The plan on stdout; for people `skipped` says whether what is left out is told as well.

    Of what waits for a day more than a month off people see only how much it is, unless they ask for everything.
    """
    if form is Format.json:
        print_json(plan_facts(plan))
        return
    if form is Format.csv:
        rows = [("do", *row) for row in action_table(plan).rows]
        rows += [("skip", s.kind, None, s.client, s.job, None, None, s.reason) for s in plan.skipped]
        print_table(Table(_CSV, rows), form)
        return
    if plan.actions:
        print_table(_read_table(plan), form, customs)
    if skipped and plan.skipped:
        print_skipped(plan, form, customs, everything=everything)


def print_skipped(plan: Plan, form: Format, customs: Customs, *, everything: bool) -> None:
    """What a plan leaves out, for people; without everything, what waits for a day that is far off is only counted."""
    shown = plan if everything else _near(plan)
    if plan.actions and shown.skipped:
        sys.stdout.write("\n")
    if shown.skipped:
        print_table(skipped_table(shown), form, customs)
    if later := len(plan.skipped) - len(shown.skipped):
        say(f"{later} more wait{'s' * (later == 1)} for a day after the next {_NEAR}: plan --all")
