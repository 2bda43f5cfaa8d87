"""What keeps every e-mail from leaving, until a person does something about it."""

from __future__ import annotations

from facturar.problems import Exit, FacturarError


class MailError(FacturarError):
    """No e-mail can be delivered as things are."""

    exit_code = Exit.undelivered
