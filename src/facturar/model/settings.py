"""The settings of a book: the business and how it bills, numbers, reminds and looks (`facturar.yaml`)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from facturar.model.client import CreditPolicy, ReceiptChoice
from facturar.model.dated import DatedPercent, Price
from facturar.model.holidays import Holidays
from facturar.model.interest import LateInterest
from facturar.model.ladder import BookReminders, Ladder, Reminders
from facturar.model.mail_address import mailbox
from facturar.model.numbering import NumberPattern, follows
from facturar.model.paper import Margins, Typeface, on_all_sides
from facturar.model.party import Address, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Id, Language, Text, fault
from facturar.model.season import SeasonalMessage
from facturar.model.terms import PaymentTerms, Shift, read_terms
from facturar.problems import Code

_LAST_PORT = 65535
PASSWORD = "FACTURAR_SMTP_PASSWORD"
"""The variable of the environment that tells the mail server's password."""


class Business(Entry):
    """The freelancer, as documents name them; `signature` is a picture in the book's folder."""

    name: Text
    trade_name: Text | None = None
    tax_id: Text | None = None
    address: Address
    email: Text | None = None
    phone: Text | None = None
    signature: Text | None = None


class OwnTaxCode(Entry):
    """A tax code of the book's own, beside the regime's."""

    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    percent: DatedPercent = ()
    label: Text
    mention: Text | None = None

    @model_validator(mode="after")
    def _rate_fits_kind(self) -> OwnTaxCode:
        if self.kind == "exempt" and any(rate.percent for rate in self.percent):
            hint = "take percent: out, or write kind: vat"
            raise fault(Code.bad_value, "an exempt code charges nothing, and this one has a percent", hint)
        if self.kind != "exempt" and not self.percent:
            hint = "add percent: 21, or a dated one: [{since: 2026-01-01, percent: 21}]; for 0% write it too"
            raise fault(Code.missing_key, f"a {self.kind} code needs its percent", hint)
        return self


class Numbering(Entry):
    """How each series is numbered, and where a book begun mid-year starts."""

    invoice: NumberPattern = "F-{year}-{seq:04d}"
    simplified: NumberPattern = "S-{year}-{seq:04d}"
    credit_note: NumberPattern = "R-{year}-{seq:04d}"
    debit_note: NumberPattern = "ND-{year}-{seq:04d}"
    quote: NumberPattern = "P-{year}-{seq:04d}"
    pro_forma: NumberPattern = "PF-{year}-{seq:04d}"
    start: dict[Literal["invoice", "simplified", "credit_note", "debit_note", "quote", "pro_forma"], Text] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _starts_follow(self) -> Numbering:
        for kind, number in self.start.items():
            if not follows(pattern := getattr(self, kind), number):
                message = f"start: '{number}' is not a number of {kind}: {pattern}"
                raise fault(Code.bad_pattern, message, "write the whole number that comes first, like F-2026-0037")
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> Numbering:
        for kind, pattern in (("quote", self.quote), ("pro_forma", self.pro_forma)):
            if pattern in (self.invoice, self.simplified, self.credit_note, self.debit_note):
                message = f"{kind}: '{pattern}' numbers invoices too"
                raise fault(Code.bad_pattern, message, "give quotes and pro formas series of their own: P-…, PF-…")
        if self.debit_note in (self.invoice, self.simplified, self.credit_note):
            message = f"debit_note: '{self.debit_note}' numbers invoices too"
            raise fault(Code.bad_pattern, message, "give debit notes a series of their own: ND-…")
        return self


class Sender(Entry):
    """Whose voice a reminder speaks with: how it takes its leave (`closing`), and a picture of a signature.

    The formal letters keep a closing of their own. `signature` is a file in the book's folder.
    """

    name: Text
    role: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    signature: Text | None = None
    closing: Text | None = None


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text, re.ASCII):
        raise fault(Code.bad_value, f"'{text}' is not a colour", 'write it in quotes, like "#0b6e4f"')
    return text.lower()


class Look(Entry):
    """The brand on the page."""

    accent: Annotated[str, AfterValidator(_colour)] = "#1f4e79"
    logo: Text | None = None
    paper: Literal["A4", "Letter"] = "A4"
    layout: Literal["classic", "modern", "compact"] = "classic"
    margins: Annotated[Margins, BeforeValidator(on_all_sides)] = Field(default_factory=Margins)
    typeface: Typeface | None = None


def _port(text: object) -> object:
    if isinstance(text, str) and re.fullmatch(r"\d{1,5}", text.strip(), re.ASCII):
        text = int(text)
    if not isinstance(text, int) or not 1 <= text <= _LAST_PORT:
        raise fault(Code.bad_number, f"'{text}' is not a port", "write 587 for starttls, 465 for tls, or leave it out")
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text, re.ASCII):
        hint = "write its name alone, like smtp.example.com; the port is a key of its own"
        raise fault(Code.bad_value, f"'{text}' is not the name of a mail server", hint)
    return text


def _sender(text: str) -> str:
    if mailbox(text) is None:
        hint = "write hola@estudioluna.example, or Estudio Luna <hola@estudioluna.example>"
        raise fault(Code.bad_value, f"'{text}' is not an e-mail address", hint)
    return text


def _written_down(value: object) -> object:
    hint = (
        "take the line out, and change the password if others can read this file; then ask for it by "
        "password_command: pass show smtp, keyring: true, or the environment's " + PASSWORD
    )
    raise fault(Code.password, "a password does not belong in a file that git keeps for ever", hint)


class Mail(Entry):
    """How e-mails leave; the password is asked of a command or the keyring, never written down.

    `port` follows from `security` if it is left out. `attach` is what else goes along: the invoices that a letter is
    about, the quote that an invoice is of.
    """

    host: Annotated[Text, AfterValidator(_host)]
    port: Annotated[int | None, BeforeValidator(_port)] = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Text | None = None
    password: Annotated[None, BeforeValidator(_written_down)] = None
    password_command: Text | None = None
    keyring: bool = False
    sender: Annotated[Text | None, AfterValidator(_sender)] = Field(None, alias="from")
    attach: tuple[Literal["invoices", "quote"], ...] = ()

    @property
    def door(self) -> int:
        """The port, or the usual one: 587 for starttls, 465 for tls, 25 for none (RFC 6409, RFC 8314)."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.security]


def _rising(edges: tuple[int, ...]) -> tuple[int, ...]:
    if not edges or list(edges) != sorted(set(edges)) or edges[0] < 1:
        raise fault(Code.bad_value, "the aging limits don't rise", "write days in rising order: [30, 60, 90]")
    return edges


class Settings(Entry):
    """All of `facturar.yaml`."""

    business: Business
    payment_methods: tuple[PaymentMethod, ...] = ()
    regime: Id = "generic"
    language: Language = "en"
    currency: Currency
    timezone: Text = "UTC"
    terms: PaymentTerms = Field(default_factory=lambda: read_terms("30 days"))
    shift: Shift = "none"
    holidays: Holidays | None = None
    taxes: tuple[str, ...] = ()
    tax_codes: dict[Id, OwnTaxCode] = Field(default_factory=dict)
    numbering: Numbering = Field(default_factory=Numbering)
    aging: Annotated[tuple[int, ...], AfterValidator(_rising)] = (30, 60, 90)
    invoice_per: Literal["job", "client"] = "job"
    billing_day: Annotated[int, Field(ge=1, le=31)] | None = None
    credit: CreditPolicy | None = None
    late_interest: LateInterest | None = None
    hour_cost: Price | None = None
    reminders: BookReminders = Field(default_factory=Reminders)
    ladders: dict[Id, Ladder] = Field(default_factory=dict)
    receipts: ReceiptChoice | None = None
    senders: dict[Id, Sender] = Field(default_factory=dict)
    payments_until: Day | None = None
    messages: tuple[SeasonalMessage, ...] = ()
    look: Look = Field(default_factory=Look)
    mail: Mail | None = None
