"""What can go wrong with a database, each switched by an attribute."""

from dataclasses import dataclass


@dataclass(kw_only=True, slots=True)
class DatabaseFaults:
    """The faults of a database and of what is in front of it."""

    status: int = 0
    """Every request is answered with it, and with what the real server says then."""
    retry_after: str = ""
    """Seconds or a date, sent with the status."""
    slow_s: float = 0.0
    """Every answer takes so long, by the real clock."""
    half_open: bool = False
    """Requests are taken and never answered."""
    cut: bool = False
    """Connections are cut before anything is stored."""
    lost_answer: bool = False
    """Points are stored, and the connection is cut before the answer."""
    most_bytes: int = 0
    """A larger body, unpacked, is answered with 413; 0 takes any."""
    redirect: str = ""
    """Where every request is redirected to."""
    page: bool = False
    """200 with an HTML page, as of a hotel's sign-in."""
