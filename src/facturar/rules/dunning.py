"""Which reminder comes next: the ladder is climbed by a client in one currency, one step and one letter at a time.

The client stands at the highest step of the letters that list an instalment still open. The next letter is of the
step after it, once the oldest overdue instalment is late enough, the gap since the last letter has passed and its
pay-by day is over. A notice that new work waits for money is no step, but it asks to be paid: so it keeps the gap
too. Disputed and promised invoices are out of all of it while that lasts. A letter that would fall on
a day without letters waits for the next one that has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from facturar.model.ladder import Ladder, LadderStep
from facturar.model.letter import Letter
from facturar.model.money import ZERO
from facturar.rules.aging import lateness
from facturar.rules.climbing import comes_before_due, comes_on, day_of, from_due
from facturar.rules.diary import Situation
from facturar.rules.letter_days import Pause
from facturar.rules.settlement import Account, Instalment


@dataclass(frozen=True)
class Reminder:
    """A letter to write: its step, the instalments it lists, the days of the earlier letters about them.

    `ripe` are those of the instalments that are late enough for the step by themselves: what it charges is for them.
    `missed` is the day to pay that the letters before gave, and `since` the day of the last of them, if there is one.
    """

    account: Account
    step: LadderStep
    instalments: tuple[Instalment, ...]
    earlier: tuple[date, ...] = ()
    ripe: tuple[Instalment, ...] = ()
    missed: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class Silence:
    """No letter to a client with something overdue or near, and why. `held`: a person has to decide or do something."""

    account: Account
    reason: str
    held: bool = False


@dataclass(frozen=True)
class Case:
    """All that decides about the next letter to a client in one currency.

    `letters` are those written to the client before, by date, in any currency; `told` is the day on which they were
    last told that they are on hold; `pause` says why nobody gets a letter today.
    """

    account: Account
    ladder: Ladder
    letters: Sequence[Letter]
    situation: Situation
    day: date
    pause: Pause | None = None
    told: date | None = None

    @cached_property
    def chased(self) -> list[Instalment]:
        """Open instalments that letters may speak of."""
        out = self.situation.disputed | self.situation.promised
        return [instalment for instalment in self.account.open if instalment.number not in out]

    @property
    def left_out(self) -> list[str]:
        """What is late and no letter may speak of, in words, an invoice each."""
        late = [i.number for i in self.account.open if i.days_late(self.day) > 0]
        disputed, promised = self.situation.disputed, self.situation.promised
        words = {
            **{number: f"{number} is promised" for number in late if number in promised},
            **{number: f"{number} is in dispute" for number in late if number in disputed},
        }
        return [words[number] for number in dict.fromkeys(late) if number in words]

    @property
    def overdue(self) -> list[Instalment]:
        """Those of them that are late."""
        return [instalment for instalment in self.chased if instalment.days_late(self.day) > 0]

    @cached_property
    def about(self) -> list[Letter]:
        """The letters that list an instalment that is still open, by date."""
        parts = {(instalment.number, instalment.due) for instalment in self.chased}
        own = (letter for letter in self.letters if letter.currency == self.account.currency)
        return [letter for letter in own if any((listed.number, listed.due) in parts for listed in letter.invoices)]

    @cached_property
    def stands(self) -> tuple[int, date | None]:
        """The index of the step at which the client stands, -1 for none, and the day of its letter."""
        names = [step.name for step in self.ladder.steps]
        reached = [(names.index(letter.step), letter.date) for letter in self.about if letter.step in names]
        return max(reached, default=(-1, None))

    @property
    def last_written(self) -> date | None:
        """The day of the last letter that asked them for money, a notice that they are on hold among them."""
        days = [letter.date for letter in self.letters[-1:]]
        return max([*days, *([self.told] if self.told else [])], default=None)

    @property
    def left(self) -> range:
        """The indexes of the steps above the one at which the client stands."""
        return range(self.stands[0] + 1, len(self.ladder.steps))

    def comes_on(self, index: int, due: date) -> date:
        """The day on which a step comes to this client, for what was due on a day."""
        return comes_on(self.ladder, index, due, *self.stands)


def _settled_with(case: Case) -> str | None:
    """What was settled with the client or with others, so that no letter is due and nothing is to be decided."""
    if case.situation.handed_to:
        return f"handed over to {case.situation.handed_to}"
    return f"promised to pay by {case.situation.promised_until}" if case.situation.promised_until else None


def _time_left(case: Case) -> str | None:
    pay_by = case.about[-1].pay_by if case.about else None
    return f"the last letter gives time until {pay_by}" if pay_by and case.day <= pay_by else None


def blocked(case: Case) -> str | None:
    """Why nothing that asks for money may be written to the client today, whatever is open."""
    if reason := _settled_with(case):
        return reason
    if last := case.last_written:
        allowed = last + timedelta(days=max(case.ladder.gap, 1))
        if case.day < allowed:
            return f"last letter on {last}, the next not before {allowed}"
    return _time_left(case)


def _too_little(case: Case, listed: Sequence[Instalment]) -> str | None:
    total, minimum = sum((instalment.open for instalment in listed), ZERO), case.ladder.minimum
    return f"{total} {case.account.currency} is below the minimum of {minimum}" if total < minimum else None


def _step_when_overdue(case: Case, due: date) -> int | None:
    """The next step of those after the due date; with `catch_up: highest` the highest one reached."""
    steps = [index for index in case.left if not comes_before_due(case.ladder, index)]
    reached = [index for index in steps if case.comes_on(index, due) <= case.day]
    return reached[-1] if reached and case.ladder.catch_up == "highest" else next(iter(steps), None)


def _written_when_late(case: Case) -> list[Letter]:
    """The letters about what was overdue then, which a new one may call to mind; a call is no letter."""
    about = (letter for letter in case.about if letter.channel != "phone")
    return [letter for letter in about if any(listed.days_late > 0 for listed in letter.invoices)]


def _ripe(case: Case, index: int, overdue: list[Instalment]) -> tuple[Instalment, ...]:
    when = from_due(case.ladder, index)
    return tuple(instalment for instalment in overdue if day_of(when, instalment.due) <= case.day)


def _too_early(case: Case, index: int, due: date, days_late: int) -> str | None:
    step, comes = case.ladder.steps[index], case.comes_on(index, due)
    if comes <= case.day:
        return None
    when = f"at {step.when.days}" if step.when.after == "due" else f"on {comes}"
    return f"{lateness(days_late)}; '{step.name}' comes {when}"


def _missed(case: Case) -> date | None:
    """The day to pay that the last written letter gave, or a call since then: it is over, or nothing would be due."""
    for letter in reversed(case.about):
        if letter.pay_by or letter.channel != "phone":
            return letter.pay_by
    return None


def _when_overdue(case: Case, overdue: list[Instalment]) -> Reminder | Silence:
    oldest = min(instalment.due for instalment in overdue)
    late = (case.day - oldest).days
    index = _step_when_overdue(case, oldest)
    if index is None:
        if reason := _settled_with(case) or _time_left(case):
            return Silence(case.account, reason)
        return Silence(case.account, f"{lateness(late)} and every letter is written: decide what to do", held=True)
    if reason := blocked(case) or _too_early(case, index, oldest, late) or _too_little(case, overdue):
        return Silence(case.account, reason)
    earlier = tuple(letter.date for letter in _written_when_late(case))
    return Reminder(
        case.account,
        case.ladder.steps[index],
        tuple(overdue),
        earlier,
        ripe=_ripe(case, index, overdue),
        missed=_missed(case),
        since=case.about[-1].date if case.about else None,
    )


def _before_due(case: Case) -> Reminder | None:
    """The step before the due date, until that date is past.

    An instalment issued on the step's day or later is left out: the invoice itself has just said it.
    """
    for index in (index for index in case.left if comes_before_due(case.ladder, index)):
        step = case.ladder.steps[index]
        days = ((instalment, day_of(step.when, instalment.due)) for instalment in case.chased)
        listed = tuple(
            instalment for instalment, first in days if instalment.issued < first <= case.day <= instalment.due
        )
        if listed and not blocked(case) and not _too_little(case, listed):
            return Reminder(case.account, step, listed)
    return None


def _due(case: Case) -> Reminder | Silence | None:
    """What would go out if letters went out today."""
    if overdue := case.overdue:
        return _when_overdue(case, overdue)
    if left_out := case.left_out:
        return Silence(case.account, f"{', '.join(left_out)}: nothing else is overdue")
    return _before_due(case)


def next_reminder(case: Case) -> Reminder | Silence | None:
    """The letter that is due to a client on a day, or why there is none; None when nothing is overdue or near."""
    found = _due(case)
    if case.pause and isinstance(found, Reminder):
        return Silence(case.account, case.pause.reason, held=case.pause.held)
    return found
