"""`letter`: any template as a letter to one client, some or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from facturar.cli.carry_out import carry_out, press_for
from facturar.cli.completion import client_ids
from facturar.cli.output import Format, FormatOption, say
from facturar.cli.session import Opened, day, session_of
from facturar.cli.words import known, percent_of
from facturar.documents.press import Press
from facturar.documents.template_check import name_of, values_used
from facturar.documents.template_kinds import FRAMES, TemplateKind, kind_of
from facturar.documents.templates import SUFFIX
from facturar.model.book import Book
from facturar.model.notice import Notice
from facturar.model.party import Transfer
from facturar.plan.actions import Plan
from facturar.plan.notices import plan_notices
from facturar.problems import UsageError, did_you_mean
from facturar.rules.customs import language_of, steps_of_ladders
from facturar.rules.noticing import NOTICES, Wish
from facturar.rules.price_changes import Priced, unwritten

_OPTIONS = {
    "--from": frozenset({"rate-change", "new-account"}),
    "--by": frozenset({"rate-change"}),
    "--until": frozenset({"offer"}),
    "--item": frozenset({"offer"}),
    "--discount": frozenset({"offer"}),
}
"""The shipped letters that an option is for; a template of one's own takes any."""


class By(StrEnum):
    """How a letter goes out."""

    email = "email"
    letter = "letter"
    registered = "registered"


@dataclass(frozen=True)
class _Whom:
    """The clients that were asked for: named one by one, or all, or those of a batch, but for some."""

    clients: Sequence[str]
    everyone: bool
    batch: str | None
    without: Sequence[str]

    def of(self, book: Book) -> list[str]:
        """Their ids, each once, in the order in which they were named, else in that of the book."""
        if bool(self.clients) + self.everyone + (self.batch is not None) != 1:
            raise UsageError("to whom?", "name clients, or say --all or --batch NAME: one of the three")
        if self.batch is not None:
            known(self.batch, sorted({c.batch for c in book.clients.values() if c.batch}), "batch")
        for client in (*self.clients, *self.without):
            known(client, book.clients, "client")
        asked = self.clients or [name for name, c in book.clients.items() if self.batch in (None, c.batch)]
        return [name for name in dict.fromkeys(asked) if name not in self.without]


def letter(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="welcome, rate-change, offer … or a template of yours.")],
    clients: Annotated[
        list[str] | None, typer.Argument(metavar="[CLIENT...]", help="To these clients.", autocompletion=client_ids)
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="To every client with a job that runs or money open.")
    ] = False,
    batch: Annotated[str | None, typer.Option(help="To those of them who are in this batch.")] = None,
    without: Annotated[list[str] | None, typer.Option("--except", help="Not to this client; may be repeated.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="The day from which it holds.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day of an offer.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="New prices: so much more than now, like 5%.")] = None,
    item: Annotated[list[str] | None, typer.Option(help="Offer this item of the catalogue; may be repeated.")] = None,
    discount: Annotated[str | None, typer.Option(help="Offered at so much less, like 10%.")] = None,
    message: Annotated[str | None, typer.Option(help="A paragraph of your own.")] = None,
    values: Annotated[list[str] | None, typer.Option("--set", help="key=value for a template of yours.")] = None,
    channel: Annotated[By, typer.Option(help="How it goes out.")] = By.email,
    sender: Annotated[str | None, typer.Option(help="Who signs, of the book's senders; else you.")] = None,
    dated: Annotated[str | None, typer.Option("--date", help="The day of the letter; else today.")] = None,
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Any template as a letter: a welcome, new prices, thanks."""
    given = {"--from": since, "--until": until, "--by": by, "--item": item, "--discount": discount}
    wish = Wish(
        name=name.removeprefix("letters/"),
        channel=channel.value,
        sender=sender,
        since=day(since, "--from") if since else None,
        until=day(until, "--until") if until else None,
        percent=percent_of(by, "--by") if by else None,
        items=tuple(dict.fromkeys(item or ())),
        discount=percent_of(discount, "--discount") if discount else None,
        message=message,
        values=dict(_pairs(values or ())),
    )
    _fitting(wish, {option for option, value in given.items() if value})
    whom = _Whom(clients or (), everyone, batch, without or ())
    session, hints = session_of(ctx), list[str]()

    def planned(found: Opened) -> Plan:
        on = _day(dated, found.today)
        press = press_for(found)
        _check_name(wish, found.book, press)
        asked = whom.of(found.book)
        _check(wish, asked, found, press, on)
        plan = plan_notices(found.book, on, wish, asked, named=bool(clients))
        if len(asked) == 1 and clients and plan.skipped:
            raise UsageError(f"{asked[0]}: {plan.skipped[0].reason}", _what_then(plan.skipped[0].reason))
        hints.extend(_to_write(plan, found.book, on))
        return plan

    carry_out(session, planned, form, dry_run=dry_run, commit=commit, skipped=True)
    for hint in dict.fromkeys(hints):
        say(hint, quiet=session.quiet)


def _pairs(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for pair in values:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip().isidentifier():
            raise UsageError(f"--set: '{pair}' is no key=value", "write it like --set price='60 €'")
        yield key.strip(), value.strip()


def _fitting(wish: Wish, given: set[str]) -> None:
    """That the options given belong to the letter, and to each other."""
    for option in sorted(given):
        if wish.name in NOTICES and wish.name not in (fits := _OPTIONS[option]):
            raise UsageError(f"{option} has no place in '{wish.name}'", f"it is for {', '.join(sorted(fits))}")
    if wish.percent is not None and not wish.since:
        raise UsageError("--by needs the day on which prices change", "add --from 2027-01-01")
    if wish.percent is not None and not -100 < wish.percent < 1000:
        raise UsageError(f"--by {wish.percent}% is no change of a price", "write it like 5%")
    if wish.discount is not None and not 0 < wish.discount < 100:
        raise UsageError(f"--discount {wish.discount}% is none", "write it like 10%")
    if wish.discount is not None and not wish.items:
        raise UsageError("--discount of what?", "name items of the catalogue: --item mesa")
    if wish.name == "offer" and not (wish.items or wish.message):
        raise UsageError("an offer of what?", "name items of the catalogue with --item, or say it with --message")


def _day(dated: str | None, today: date) -> date:
    on = day(dated, "--date") if dated else today
    if on > today:
        raise UsageError(f"--date {on} is after today, {today}", "write it on its day, or use --today")
    return on


def _check(wish: Wish, clients: Sequence[str], found: Opened, press: Press, on: date) -> None:
    """That there is such a letter in every language that it is for, and that it is given what it needs."""
    book = found.book
    languages = sorted({language_of(book.clients[client], book) for client in clients})
    for language in languages or [book.settings.language]:
        _check_template(wish, language, book, press)
    for item in wish.items:
        known(item, book.catalog, "item")
    if wish.sender is not None:
        known(wish.sender, book.settings.senders, "sender")
    for option, last in (("--from", wish.since), ("--until", wish.until)):
        if last and last < on:
            raise UsageError(f"{option} {last} is before the letter, {on}", "name a day that is to come")
    methods = book.settings.payment_methods
    if wish.name == "new-account" and not any(isinstance(method, Transfer) for method in methods):
        raise UsageError("the book has no account to tell of", "write it under payment_methods: in facturar.yaml first")


def _check_name(wish: Wish, book: Book, press: Press) -> None:
    """That there is such a letter at all, in any language: whoever mistyped its name is told that first."""
    steps, used = steps_of_ladders(book), {path.partition("/")[0] for path in press.templates.paths}
    if f"letters/{wish.name}" not in map(name_of, press.templates.paths):
        names = {name for language in used for name in _letters(language, steps, press)}
        hint = did_you_mean(wish.name, sorted(names))
        path = f"templates/{book.settings.language}/letters/{wish.name}{SUFFIX}"
        raise UsageError(f"there is no letter '{wish.name}'", hint or f"write {path}")


def _check_template(wish: Wish, language: str, book: Book, press: Press) -> None:
    steps, path = steps_of_ladders(book), f"{language}/letters/{wish.name}{SUFFIX}"
    if wish.name in steps:
        hint = "facturar remind writes it on its day; see it: facturar preview " + wish.name
        raise UsageError(f"'{wish.name}' is a step of a ladder of reminders", hint)
    if f"letters/{wish.name}" in FRAMES:
        raise UsageError(
            f"'{wish.name}' is the frame that letters extend", "see which there are: facturar templates list"
        )
    if path not in press.templates.paths:
        raise UsageError(f"there is no letter '{wish.name}' in '{language}'", f"write templates/{path}")
    used = values_used(path, press.templates)
    for key in wish.values:
        if key not in used:
            hint = did_you_mean(key, used) or ("it takes none" if not used else f"it has {', '.join(sorted(used))}")
            raise UsageError(f"--set {key}: '{wish.name}' has no such value in '{language}'", hint)


def _letters(language: str, steps: frozenset[str], press: Press) -> Iterator[str]:
    """The names of the letters that can be written in a language."""
    for path in press.templates.paths:
        name = name_of(path)
        if path.startswith(f"{language}/") and name not in FRAMES and kind_of(name, steps) is TemplateKind.notice:
            yield name.removeprefix("letters/")


def _what_then(reason: str) -> str:
    if reason.startswith("no price of theirs"):
        return "date the new price in the job (rate: [{since: …, amount: …}]), or say --from DATE --by 5%"
    if reason.startswith("no new account"):
        return "write the new one under payment_methods: in facturar.yaml first"
    return "see what was written: facturar list letters"


def _to_write(plan: Plan, book: Book, on: date) -> Iterator[str]:
    """What the book lacks of the prices that a plan announces: until it is written, the old ones are billed."""
    for record in plan.records:
        if isinstance(record, Notice):
            for priced, change in unwritten(record.changes, record.client, book, on):
                yield f"write it into the book too: {_spot(priced)}: {_dated(priced, change.since, change.after)}"


def _spot(priced: Priced) -> str:
    *path, key = (str(step) for step in priced.path)
    return f"{'.'.join(path)}: {key}"


def _dated(priced: Priced, since: date, amount: Decimal) -> str:
    """The dated price as YAML takes it."""
    entries = [*((entry.since, entry.amount) for entry in priced.prices if entry.since < since), (since, amount)]
    shown = (
        f"{{amount: {price:f}}}" if from_ == date.min else f"{{since: {from_}, amount: {price:f}}}"
        for from_, price in entries
    )
    return f"[{', '.join(shown)}]"
