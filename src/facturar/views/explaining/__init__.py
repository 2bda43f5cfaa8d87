"""Every figure can be asked: why an invoice, a letter, a job or a client stands so, and where that is written."""

from facturar.views.explaining.activity import explained_activity
from facturar.views.explaining.clients import explained_client
from facturar.views.explaining.invoices import explained_invoice
from facturar.views.explaining.jobs import Coming, explained_job
from facturar.views.explaining.letters import explained_letter
from facturar.views.explaining.notices import explained_notice
from facturar.views.explaining.quotes import explained_quote
from facturar.views.explaining.reason import Reason
from facturar.views.explaining.receipts import explained_receipt
from facturar.views.explaining.statements import explained_statement

__all__ = [
    "Coming",
    "Reason",
    "explained_activity",
    "explained_client",
    "explained_invoice",
    "explained_job",
    "explained_letter",
    "explained_notice",
    "explained_quote",
    "explained_receipt",
    "explained_statement",
]
