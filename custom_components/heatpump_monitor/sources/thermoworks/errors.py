"""What can go wrong with a ThermoWorks account."""

from datetime import datetime, timedelta

from ..base import SourceAuthError, SourceError


class ThermoWorksError(SourceError):
    """The cloud gave no answer that can be used."""

    key = "thermoworks_unavailable"


class ThermoWorksNotInstalled(SourceError):
    """The library for the cloud is missing, and cannot be installed now."""

    key = "thermoworks_not_installed"


class ThermoWorksUnreachable(ThermoWorksError):
    """The cloud does not answer, or not in time."""

    key = "thermoworks_unreachable"


class ThermoWorksInvalidAnswer(ThermoWorksError):
    """The answer is not what the cloud usually sends."""

    key = "thermoworks_invalid_answer"


class ThermoWorksBusy(ThermoWorksError):
    """The cloud asks to wait, after too many questions or sign-ins."""

    key = "thermoworks_busy"

    def __init__(self, wait: timedelta, until: datetime | None = None) -> None:
        """Store how long to wait, and from when on the answer is another."""
        placeholders = {} if until is None else {"until": until}
        super().__init__(retry_at=until, placeholders=placeholders)
        self.wait = wait


class ThermoWorksSignInOver(ThermoWorksError):
    """The access token is refused: it ran out, or was taken back."""


class ThermoWorksWrongPassword(SourceAuthError):
    """E-mail address and password do not belong together."""

    key = "thermoworks_wrong_password"


class ThermoWorksUnknownEmail(SourceAuthError):
    """There is no account with this e-mail address."""

    key = "thermoworks_unknown_email"


class ThermoWorksDisabled(SourceAuthError):
    """ThermoWorks has closed the account."""

    key = "thermoworks_disabled"
