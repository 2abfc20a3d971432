"""Ask databases as Grafana does for a panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import json
import re
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from .filled import DEVICE, NOW, ZONE

type Series = dict[str, dict[datetime, float]]
"""Values by their times, by the legend."""

_UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def duration(text: str) -> timedelta:
    """Return what Grafana means by `30d`."""
    return int(text[:-1]) * _UNITS[text[-1]]


def fetch(url: str, data: bytes | None = None, **headers: str) -> bytes:
    """Return what a server answers; fail if it is an error."""
    with urlopen(Request(url, data, headers), timeout=30) as answer:
        return bytes(answer.read())


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A panel that is looked at, at `NOW`."""

    panel: Mapping[str, Any]
    home: str
    shown: timedelta = timedelta(days=7)

    @property
    def start(self) -> datetime:
        """Return from when on it shows values, in UTC."""
        since = self.panel.get("timeFrom")
        if since == "now/M":
            return NOW.replace(day=1, hour=0).astimezone(UTC)
        return NOW.astimezone(UTC) - (duration(since) if since else self.shown)

    @property
    def step(self) -> timedelta:
        """Return the step that Grafana chooses."""
        least = (NOW.astimezone(UTC) - self.start) / self.panel["maxDataPoints"]
        wanted = duration(self.panel["interval"])
        return max(wanted, timedelta(minutes=-(-least // timedelta(minutes=1))))

    def filled_in(self, query: str) -> str:
        """Return a query with its variables replaced."""
        step_s = int(self.step.total_seconds())
        range_s = int((NOW.astimezone(UTC) - self.start).total_seconds())
        values = {
            "$home": self.home,
            "$device": DEVICE,
            "$__interval": f"{step_s}s",
            "$__range": f"{range_s}s",
            "$timeFilter": f"time >= {_ms(self.start)}ms and time <= {_ms(NOW)}ms",
            "${__timezone}": ZONE.key,
            "now()": f"'{NOW.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'",
        }
        for name, value in values.items():
            query = query.replace(name, value)
        assert "$" not in query
        return query

    def aligned_start(self) -> datetime:
        """Return where Grafana lets a query begin: at a full step of local time."""
        offset = NOW.utcoffset()
        assert offset is not None
        local = self.start + offset
        return local - (local - datetime.min.replace(tzinfo=UTC)) % self.step - offset


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


@dataclass(frozen=True, kw_only=True, slots=True)
class VictoriaMetrics:
    """A single node."""

    url: str

    def write(self, lines: Sequence[str]) -> None:
        """Write lines, and make them visible."""
        fetch(f"{self.url}/write?precision=ms", "\n".join(lines).encode())
        fetch(f"{self.url}/internal/force_flush")

    def ask(
        self, asked: Asked, target: Mapping[str, Any], start: datetime | None = None
    ) -> Series:
        """Return what a target shows."""
        query = asked.filled_in(target["expr"])
        if target["instant"]:
            found = self.get("query", query=query, time=NOW.timestamp())
        else:
            start = start or asked.aligned_start()
            found = self.get(
                "query_range",
                query=query,
                start=start.timestamp(),
                end=NOW.timestamp(),
                step=asked.step.total_seconds(),
                nocache=1,
            )
        return {
            _legend(target["legendFormat"], "{{", "}}", each["metric"]): {
                datetime.fromtimestamp(float(at), UTC): float(value)
                for at, value in each.get("values") or [each["value"]]
            }
            for each in found["data"]["result"]
        }

    def get(self, path: str, **arguments: str | float) -> Any:
        """Return the JSON of an answer."""
        return json.loads(fetch(f"{self.url}/api/v1/{path}?{urlencode(arguments)}"))


@dataclass(frozen=True, kw_only=True, slots=True)
class InfluxDB:
    """InfluxDB 1 and one of its databases."""

    url: str
    database: str
    username: str
    password: str

    def write(self, lines: Sequence[str]) -> None:
        """Write lines, 5000 at once."""
        for first in range(0, len(lines), 5000):
            some = "\n".join(lines[first : first + 5000]).encode()
            fetch(self._url("write", precision="ms"), some)

    def run(self, statement: str) -> list[dict[str, Any]]:
        """Run statements, and return the series of the first."""
        body = urlencode({"q": statement}).encode()
        answer = fetch(self._url("query", epoch="ms"), body)
        results = json.loads(answer)["results"]
        assert not [each for each in results if "error" in each], results
        return list(results[0].get("series", []))

    def ask(self, asked: Asked, target: Mapping[str, Any]) -> Series:
        """Return what a target shows."""
        return {
            _legend(target["alias"], "$tag_", "", each.get("tags", {})): {
                datetime.fromtimestamp(row[0] / 1000, UTC): row[1]
                for row in each["values"]
                if row[1] is not None
            }
            for each in self.run(asked.filled_in(target["query"]))
        }

    def _url(self, path: str, **arguments: str) -> str:
        user = {"db": self.database, "u": self.username, "p": self.password}
        return f"{self.url}/{path}?{urlencode(user | arguments)}"


def _legend(pattern: str, start: str, end: str, labels: Mapping[str, str]) -> str:
    of_label = re.fullmatch(f"{re.escape(start)}(\\w+){re.escape(end)}", pattern)
    return labels[of_label[1]] if of_label else pattern
