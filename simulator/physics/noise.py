"""Noise that depends on seed and time alone, never on who asked before."""

from hashlib import blake2b
from math import floor


def noise_at(seed: int, stream: str, index: int) -> float:
    """Return a number evenly spread over -1..1, the same for the same arguments."""
    digest = blake2b(f"{seed}/{stream}/{index}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**63 - 1.0


def smooth_noise(seed: int, stream: str, epoch_s: float, period_s: float) -> float:
    """Return noise of -1..1 that wanders smoothly from one period to the next."""
    position = epoch_s / period_s
    index = floor(position)
    part = position - index
    weight = part * part * (3.0 - 2.0 * part)
    before = noise_at(seed, stream, index)
    after = noise_at(seed, stream, index + 1)
    return before + weight * (after - before)
