"""Where the password of the mail server comes from: the environment, a command or the keyring; never the book."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from importlib import import_module

from facturar.delivery.failing import MailError
from facturar.model.settings import PASSWORD, Mail

_PATIENCE = 120  # seconds: a person may have to unlock a key


def password_of(mail: Mail, environment: Mapping[str, str]) -> str:
    """The password of the settings' user: the environment's before any other. Raises MailError when there is none."""
    if given := environment.get(PASSWORD):
        return given
    if mail.password_command:
        return _by_command(mail.password_command)
    if mail.keyring:
        return _from_keyring(mail)
    hint = f"add password_command: or keyring: true to mail in facturar.yaml, or set {PASSWORD}"
    raise MailError(f"nothing tells the password of '{mail.user}'", hint)


def _by_command(command: str) -> str:
    """The first line that a command of the shell prints; it may ask on the terminal."""
    hint = "run it by hand in this folder: it has to print the password on its first line"
    try:
        done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise MailError(f"password_command did not end within {_PATIENCE} seconds", hint) from None
    if done.returncode:
        raise MailError(f"password_command ended with {done.returncode}", hint)
    if not (lines := done.stdout.splitlines()) or not lines[0]:
        raise MailError("password_command printed nothing", hint)
    return lines[0]


def _from_keyring(mail: Mail) -> str:
    try:
        keyring = import_module("keyring")
    except ImportError:
        hint = "pip install 'facturar[keyring]', or use password_command"
        raise MailError("the keyring is reached by the package 'keyring', which is not installed", hint) from None
    save = f"save it once: keyring set {mail.host} {mail.user}"
    try:
        found = keyring.get_password(mail.host, mail.user)
    except keyring.errors.KeyringError as error:
        raise MailError(f"the keyring cannot be read: {error}", "unlock it, or use password_command") from None
    if not found:
        raise MailError(f"the keyring has no password of '{mail.user}' at {mail.host}", save)
    return str(found)
