"""Published files → a server that gives them as a static host does: compressed, and from its top.

Nothing is kept by the browser, so that every page is asked for whole.
"""

import functools
import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOUNT = "/sub/path/"
_SORTS = {".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}
_PACKED = ("text/", "image/svg", "application/json", "application/xml", "application/manifest")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@functools.lru_cache(maxsize=4096)
def packed(data: bytes) -> bytes:
    """The bytes as a host sends them, compressed as most hosts do."""
    return gzip.compress(data, 6, mtime=0)


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """A server on a free port with these files under a path of it; the address of its top."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, files))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{MOUNT}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Host(BaseHTTPRequestHandler):
    """Answers with a file, with `index.html` for a folder, else with 404."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each small answer waits for the last one's receipt

    def __init__(self, files: Mapping[str, bytes], *args: object) -> None:
        self._files = files
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        inside = path.removeprefix(MOUNT) if path.startswith(MOUNT) else "/"
        name = inside + "index.html" if not inside or inside.endswith("/") else inside
        data = self._files.get(name)
        self.send_response(404 if data is None else 200)
        data = data or b""
        sort = _SORTS.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
        if sort.startswith(_PACKED):
            sort = sort if sort.startswith("image/") else f"{sort}; charset=utf-8"
            data = packed(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", sort)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""
