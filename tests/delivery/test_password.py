"""Where the password comes from, in which order, and what is said when it comes from nowhere."""

from __future__ import annotations

import sys
from types import ModuleType
from unittest.mock import patch

import pytest

from facturar.delivery.failing import MailError
from facturar.delivery.password import password_of
from facturar.model.settings import PASSWORD, Mail


def mail(**facts: object) -> Mail:
    return Mail.model_validate({"host": "smtp.luna.example", "user": "luna", **facts})


class KeyringError(Exception):
    """As the package names it."""


def keyring(found: str | None, *, locked: bool = False) -> ModuleType:
    """The package, as if it were there."""
    package, errors = ModuleType("keyring"), ModuleType("keyring.errors")

    def get_password(service: str, user: str) -> str | None:
        assert (service, user) == ("smtp.luna.example", "luna")
        if locked:
            raise KeyringError("the keyring is locked")
        return found

    vars(package).update(get_password=get_password, errors=errors)
    vars(errors).update(KeyringError=KeyringError)
    return package


COMMAND = {"password_command": "echo of-command; echo more"}


@pytest.mark.parametrize(
    ("facts", "environment", "password"),
    [
        pytest.param(COMMAND, {}, "of-command", id="the first line of a command"),
        pytest.param({**COMMAND, "keyring": True}, {}, "of-command", id="a command before the keyring"),
        pytest.param({"keyring": True}, {}, "of-keyring", id="the keyring"),
        pytest.param(
            {**COMMAND, "keyring": True}, {PASSWORD: "of-environment"}, "of-environment", id="the environment"
        ),
        pytest.param({}, {PASSWORD: "of-environment"}, "of-environment", id="nothing but the environment"),
    ],
)
def test_the_password_is_found(facts: dict[str, object], environment: dict[str, str], password: str) -> None:
    with patch.dict(sys.modules, {"keyring": keyring("of-keyring")}):
        assert password_of(mail(**facts), environment) == password


@pytest.mark.parametrize(
    ("facts", "package", "message", "hint"),
    [
        pytest.param({}, None, "nothing tells the password of 'luna'", "add password_command:", id="nothing"),
        pytest.param({"password_command": "exit 3"}, None, "ended with 3", "run it by hand", id="a command that fails"),
        pytest.param({"password_command": "true"}, None, "printed nothing", "run it by hand", id="a silent command"),
        pytest.param({"keyring": True}, None, "is not installed", "pip install 'facturar[keyring]'", id="no keyring"),
        pytest.param(
            {"keyring": True},
            keyring(None),
            "the keyring has no password of 'luna' at smtp.luna.example",
            "keyring set smtp.luna.example luna",
            id="not in the keyring",
        ),
        pytest.param({"keyring": True}, keyring("x", locked=True), "the keyring is locked", "unlock it", id="locked"),
    ],
)
def test_what_is_missing_is_told(facts: dict[str, object], package: ModuleType | None, message: str, hint: str) -> None:
    with patch.dict(sys.modules, {"keyring": package}), pytest.raises(MailError, match=message) as told:
        password_of(mail(**facts), {})
    assert hint in told.value.hint
