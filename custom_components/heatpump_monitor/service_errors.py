"""The errors of actions, with a text in the user's language."""

from functools import partial
from typing import Final

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .const import DOMAIN


def _error(
    kind: type[HomeAssistantError], key: str, **placeholders: str
) -> HomeAssistantError:
    return kind(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


failed: Final = partial(_error, HomeAssistantError)
refused: Final = partial(_error, ServiceValidationError)
