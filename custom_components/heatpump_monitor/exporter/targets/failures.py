"""Say what an answer means that does not acknowledge what was sent."""

from http import HTTPStatus
import json
from typing import Final

from .base import (
    LinesRejected,
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)
from .errors import NotThatServer
from .http import Answer, Server

_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_LATER: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_REJECTED: Final = (
    # Of the services of InfluxDB 3, to lines of which only some were taken.
    HTTPStatus.CREATED,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
# What is answered with 400 and is no fault of the lines: plain HTTP, by servers
# written in Go; a wrong path or tenant, by VictoriaMetrics and vmauth.
_ELSEWHERE: Final = (
    "HTTP request to an HTTPS server",
    "unsupported path",
    "missing route",
    "auth error",
)
# What vmauth answers with 400 to a token that it does not know.
_TOKEN_UNKNOWN: Final = "cannot find the provided auth token"


def failure_of(
    server: Server, answer: Answer, missing: type[TargetError] = NotThatServer
) -> TargetError:
    """Return the error that an answer stands for; `missing` is that of a 404."""
    detail = server.shortened(f"{answer.status} {reason_of(answer)}")
    placeholders = server.placeholders(detail)
    kind: type[TargetError]
    match answer.status:
        case status if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return TargetUnavailable(
                detail,
                retry_after_s=answer.retry_after_s,
                placeholders=placeholders,
            )
        case status if status in _REFUSED or _TOKEN_UNKNOWN in answer.text:
            kind = TargetRefused
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            kind = LinesRejected
        case _ if answer.is_html or any(each in answer.text for each in _ELSEWHERE):
            kind = NotThatServer
        case status if status in _REJECTED and answer.text.strip():
            kind = LinesRejected
        case status if status in _REJECTED or status < HTTPStatus.MULTIPLE_CHOICES:
            kind = NotThatServer
        case HTTPStatus.NOT_FOUND:
            kind = missing
        case HTTPStatus.METHOD_NOT_ALLOWED:
            kind = NotThatServer
        case _:
            kind = TargetMisconfigured
    return kind(detail, placeholders=placeholders)


def reason_of(answer: Answer) -> str:
    """Return the reason that a server gives, of any of the databases."""
    if answer.location:
        return f"→ {answer.location}"
    if answer.is_html:
        return "HTML"
    try:
        content = json.loads(answer.text)
    except RecursionError, ValueError:
        return answer.text
    match content:
        case {"error": str(error), "data": [{"error_message": str(message)}, *_]}:
            return f"{error}: {message}"
        case {"error": str(reason)} | {"message": str(reason)}:
            return reason
    return answer.text
