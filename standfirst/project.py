"""A project's folder → the files the engine reads, and what the engine itself is made of.

The one place that reads a project from disk; writes nothing.
"""

import contextlib
import functools
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from standfirst.refused import Refused

FOLDERS = ("content", "seeds", "templates")
LARGEST_FILE = 64 * 1024 * 1024
_RENDERED_WITH = (
    *("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pydantic", "pydantic_core"),
    *("pyyaml", "resvg_py", "rustworkx", "sentencex"),
)
"""The packages whose versions can change a page or the ledger, as their folders of metadata spell
them."""


class ProjectRefused(Refused):
    """The project cannot be read as it stands; the message says what to do."""


def read_project(folder: Path) -> dict[str, bytes]:
    """Every file of the project by its path, with slashes, the default theme beneath its own.

    Raises `ProjectRefused` for what is no project or holds a file that may not be read.
    """
    if not (folder / "content").is_dir():
        raise ProjectRefused(
            f"{folder} holds no content/ folder; run this at the top of a briefing, "
            "or name it with --project DIR"
        )
    files = {
        f"templates/{path}": data for path, data in _files_under(default_theme(), default_theme())
    }
    for name in FOLDERS:
        files |= dict(_files_under(folder / name, folder))
    if (folder / "mkdocs.yml").is_file():
        files["mkdocs.yml"] = _read(folder / "mkdocs.yml", "mkdocs.yml", folder)
    return files


def read_file(folder: Path, path: str) -> bytes:
    """One of the files that `read_project` reads, by its path in the project, by the same rules."""
    top = folder / path.partition("/")[0] if "/" in path else folder
    return _read(folder / path, path, top)


def is_read(path: str) -> bool:
    """Whether a file at this path of the project is one of those that `read_project` reads."""
    first, *folders = path.split("/")
    if not folders:
        return path == "mkdocs.yml"
    name = folders.pop()
    return first in FOLDERS and _is_content(name) and all(map(_is_folder_of_content, folders))


def default_theme() -> Path:
    """The theme that ships with the engine: in the wheel, or beside the engine in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


@functools.cache
def engine_digest() -> str:
    """A digest of the engine and of what it renders with: its own files, Python, the versions."""
    total = hashlib.blake2b(sys.version.encode(), digest_size=16)
    here = Path(__file__).parent
    for path in sorted((*here.rglob("*.py"), *here.rglob("*.ttf"))):
        total.update(path.relative_to(here).as_posix().encode() + b"\0")
        total.update(path.read_bytes())
    for package, version in _versions().items():
        total.update(f"{package} {version}\n".encode())
    return total.hexdigest()


def _versions() -> Mapping[str, str]:
    """The packages' versions, from the names of the folders that Python looks through for them:
    reading what is in these would take longer than many a build."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):
                if name.endswith(".dist-info"):
                    package, _, version = name.removesuffix(".dist-info").partition("-")
                    found.setdefault(package.lower().replace(".", "_"), version)
    return {name: found.get(name) or _version(name) for name in _RENDERED_WITH}


def _version(package: str) -> str:
    """The version of a package that has been installed in some other way."""
    from importlib import metadata

    return metadata.version(package)


def _files_under(top: Path, root: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder by their path from the root; editors' own files are passed over."""
    if top != root and top.is_symlink():
        raise _leads_elsewhere(top.relative_to(root).as_posix())
    for folder, folders, names in os.walk(top):
        folders[:] = filter(_is_folder_of_content, folders)
        for name in folders:  # what a link leads to would be passed over without a word
            if Path(folder, name).is_symlink():
                raise _leads_elsewhere(Path(folder, name).relative_to(root).as_posix())
        inside = Path(folder).relative_to(root).as_posix()
        for name in filter(_is_content, names):
            shown = name if inside == "." else f"{inside}/{name}"
            with contextlib.suppress(FileNotFoundError):  # gone since the folder was listed
                yield shown, _read(os.path.join(folder, name), shown, top)


def _is_folder_of_content(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))


def _is_content(name: str) -> bool:
    """Whether a file is an author's, and none of those that editors keep for themselves."""
    return not name.startswith((".", "#")) and not name.endswith(("~", ".swp", ".tmp", ".pyc"))


def _read(path: str | Path, shown: str, top: Path) -> bytes:
    """The bytes of a file of bearable size. A link may not leave its own top folder: elsewhere in
    the project lie files that are nobody's to publish, such as `.git/config`."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(top)):
            raise _leads_elsewhere(shown)
        with contextlib.suppress(OSError):  # a link to nothing stays what it is
            status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise ProjectRefused(f"{shown} is no ordinary file; remove it")
    if status.st_size > LARGEST_FILE:
        raise ProjectRefused(f"{shown} is larger than 64 MB; remove it or split it")
    with open(path, "rb") as file:
        return file.read()


def _leads_elsewhere(shown: str) -> ProjectRefused:
    return ProjectRefused(
        f"{shown} is a link that leaves its folder; put what it leads to there instead"
    )


def site_dir(files: Mapping[str, bytes]) -> str:
    """The folder that the project's settings publish to, relative to the project."""
    from standfirst.load import load
    from standfirst.model import Settings

    records = load("mkdocs.yml", files.get("mkdocs.yml", b"site_dir: site")).records
    return next((r.site_dir for r, _ in records if isinstance(r, Settings)), "site")
