"""What is kept sealed: texts such as national IDs, encrypted with versioned keys, and found again by a keyed hash.

Keys lie in `$SAJJA_DATA/keys/vault-<version>.key`, each with a sealing key of its own and the one finding key that never
changes. The first is made on first use, whole and only once, however many ask at the same moment. Every version opens
what it sealed; the newest seals. Nothing here logs a key or a text.
"""

import hmac
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12
NAMES = re.compile(r"vault-(\d+)\.key")
SEALED = re.compile(r"v(\d+):([A-Za-z0-9_=-]+)")


class VaultError(RuntimeError):
    """A key is missing or wrong, or a sealed text was changed: nothing can be read, and nobody may go on as if it could."""


class Keys(NamedTuple):
    """The keys of one version."""

    sealing: bytes
    finding: bytes


def seal(text: str) -> str:
    """`text` encrypted under the newest key (AES-256-GCM, a fresh nonce each time): "v1:…"."""
    version, keys = _newest()
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = nonce + AESGCM(keys.sealing).encrypt(nonce, text.encode(), f"v{version}".encode())
    return f"v{version}:{urlsafe_b64encode(box).decode()}"


def open_(sealed: str) -> str:
    """The text that was sealed. VaultError where its key is missing or another's, or where a letter of it was changed."""
    parts = SEALED.fullmatch(sealed)
    if parts is None:
        raise VaultError("this is no sealed text")
    version = int(parts[1])
    file = _folder() / f"vault-{version}.key"
    if not file.exists():
        raise VaultError(f"the key vault-{version}.key is missing: bring it back from where the backup's keys are kept")
    try:
        box = urlsafe_b64decode(parts[2])
        if urlsafe_b64encode(box).decode() != parts[2]:
            raise ValueError("letters that say nothing were changed")
        return AESGCM(_read(file).sealing).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], f"v{version}".encode()).decode()
    except (InvalidTag, ValueError):
        raise VaultError(f"a text sealed with vault-{version}.key cannot be opened: wrong key, or the text was changed") from None


def found(text: str) -> str:
    """A keyed hash (HMAC-SHA256), the same for the same text under every version: to find a text without opening any."""
    return hmac.new(_newest()[1].finding, text.encode(), "sha256").hexdigest()


def new_key() -> int:
    """Make the next version, which seals from now on; its number. What was sealed before stays readable."""
    version, keys = _newest()
    if not _write(version + 1, Keys(secrets.token_bytes(KEY_BYTES), keys.finding)):
        raise VaultError("another new key was made at this moment")
    return version + 1


def versions() -> list[int]:
    """The versions there are keys of, oldest first."""
    return sorted(int(name[1]) for file in _folder().glob("*.key") if (name := NAMES.fullmatch(file.name)))


def _newest() -> tuple[int, Keys]:
    if not versions():
        _write(1, Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)))
    version = versions()[-1]
    return version, _read(_folder() / f"vault-{version}.key")


def _folder() -> Path:
    return Path(settings.SAJJA_DATA) / "keys"


@lru_cache(maxsize=64)
def _read(file: Path) -> Keys:
    try:
        sealing, finding = (bytes.fromhex(line) for line in file.read_text().split())
    except (OSError, ValueError):
        raise VaultError(f"the key {file.name} cannot be read") from None
    if {len(sealing), len(finding)} != {KEY_BYTES}:
        raise VaultError(f"the key {file.name} is cut short")
    return Keys(sealing, finding)


def _write(version: int, keys: Keys) -> bool:
    """Whether this call made the file: it appears whole, under a name that only one can take."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = folder / f".{secrets.token_hex(8)}"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as out:
            out.write(f"{keys.sealing.hex()}\n{keys.finding.hex()}\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(new, folder / f"vault-{version}.key")
    except FileExistsError:
        return False
    finally:
        new.unlink()
    return True
