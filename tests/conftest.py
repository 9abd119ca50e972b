"""What tests share: golden texts, rewritten by `make test REFRESH=1` and then read as a diff."""

import os
from pathlib import Path

REFRESH = bool(os.environ.get("REFRESH"))


def golden(path: Path, text: str) -> str:
    """The text that a file says is right; with REFRESH=1 the file is made to say this one."""
    if REFRESH and (not path.exists() or path.read_bytes() != text.encode()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode() if path.exists() else ""
