"""Write what a server demands as authorization."""

from base64 import b64encode


def basic(username: str, password: str) -> str | None:
    """Return the header of a user; None without a user name."""
    if not username:
        return None
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"


def bearer(token: str) -> str | None:
    """Return the header of a token; None without one."""
    return f"Bearer {token}" if token else None
