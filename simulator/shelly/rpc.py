"""What a method call carries and how it is refused."""

from collections.abc import Mapping

type Result = dict[str, object]
type Params = Mapping[str, object]


class RpcError(Exception):
    """A method call that the device refuses."""

    def __init__(self, code: int, message: str) -> None:
        """Refuse with the device's own error code."""
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def http_status(self) -> int:
        """Return the status of the answer to a GET."""
        return 404 if self.code == 404 else 500


def integer(params: Params, name: str, default: int | None = None) -> int:
    """Return a whole number among the parameters.

    Raises:
        RpcError: It is missing and has no default, or is no number.
    """
    value = params.get(name, default)
    if value is None:
        raise RpcError(-103, f"Missing required argument '{name}'!")
    try:
        return int(str(value))
    except ValueError as error:
        raise RpcError(-103, f"Invalid value '{value}' for '{name}'!") from error


def optional_integer(params: Params, name: str) -> int | None:
    """Return a whole number among the parameters, None where it is not given."""
    return integer(params, name) if name in params else None
