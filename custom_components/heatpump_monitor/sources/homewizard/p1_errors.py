"""Why the P1 meter by HomeWizard gives no answer that can be used."""

from ..base import SourceAuthError, SourceError


class P1Error(SourceError):
    """The P1 meter reports an error of its own."""

    key = "p1_unavailable"


class P1Unreachable(P1Error):
    """Nothing answers at this address, or not in time."""

    key = "p1_unreachable"


class P1CertificateUntrusted(P1Error):
    """HomeWizard did not sign the certificate of what answers."""

    key = "p1_certificate_untrusted"


class P1CertificateExpired(P1Error):
    """The certificate is not valid at the time of this computer's clock."""

    key = "p1_certificate_expired"


class P1IsAnother(P1Error):
    """Another device by HomeWizard answers than the expected one."""

    key = "p1_is_another"


class NotAP1(P1Error):
    """Something answers, but it is no P1 meter."""

    key = "not_a_p1"


class P1Outdated(P1Error):
    """The firmware has version 1 of the local API only."""

    key = "p1_outdated"


class P1ApiVersion(P1Error):
    """The firmware does not have version 2 of the local API any more."""

    key = "p1_api_version"


class P1ApiDisabled(P1Error):
    """The local API is switched off."""

    key = "p1_api_disabled"


class P1Unauthorized(P1Error, SourceAuthError):
    """The token was revoked."""

    key = "p1_unauthorized"


class P1ButtonNotPressed(P1Error):
    """There is no token before somebody presses the button."""

    key = "p1_button_not_pressed"


class P1TooManyUsers(P1Error):
    """The device has no room for another token."""

    key = "p1_too_many_users"


class P1InvalidAnswer(P1Error):
    """The answer is not what the API describes."""

    key = "p1_invalid_answer"


class P1WithoutValues(P1Error):
    """The device has heard nothing of the meter lately."""

    key = "p1_without_values"
