"""Why a database cannot be written to, as precisely as it is known."""

from .base import TargetMisconfigured, TargetUnavailable


class HostUnknown(TargetUnavailable):
    """The name of the host has no address."""

    key = "export_host_unknown"


class ConnectionRefused(TargetUnavailable):
    """No server listens at the address."""

    key = "export_connection_refused"


class TlsFailed(TargetUnavailable):
    """The certificate is not valid, or the server does not speak TLS."""

    key = "export_tls"


class TimedOut(TargetUnavailable):
    """The server did not answer in time."""

    key = "export_timeout"


class UrlInvalid(TargetMisconfigured):
    """The URL is none, or contains what does not belong there."""

    key = "export_url"


class HttpsNeeded(TargetMisconfigured):
    """The host is not on the local network, where plain HTTP is not allowed."""

    key = "export_https_needed"


class NotThatServer(TargetMisconfigured):
    """Another server answers than the database."""

    key = "export_not_that_server"


class DatabaseUnknown(TargetMisconfigured):
    """The server has no database of that name."""

    key = "export_database_unknown"


class BucketUnknown(TargetMisconfigured):
    """The server has no bucket or no organisation of that name."""

    key = "export_bucket_unknown"
