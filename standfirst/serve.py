"""Requests of a browser on this machine → the pages as they are being written.

The one place that opens a socket, on the loopback address only. All that touches the site runs on
one thread, so no page is ever half of one state and half of another.
"""

import asyncio
import gc
import html
import json
import re
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import uvicorn
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from standfirst.build import Site
from standfirst.ledger import LEDGER, read_ledger
from standfirst.live import Answer, Live, NotServed
from standfirst.project import ProjectRefused, engine_digest
from standfirst.watch import Watch

ADDRESS = "127.0.0.1"
_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
_SCRIPT = Path(__file__).with_name("reload.js")
RELOAD = "/.standfirst/reload.js"
_EVENTS = "/.standfirst/events"
_AGAIN = 500
"""After so many milliseconds a page asks again for a server that has gone."""
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
_TYPES: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
}
"""A file's type by its ending; the machine's own table differs from machine to machine."""
_IN_UTF8 = ("text/", "application/json", "application/xml", "application/atom", "image/svg")
_BARE = """<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; \
connect-src 'self'; base-uri 'none'; form-action 'none'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Problems</title>
</head>
<body>
<main>
<h1>Problems</h1>
<pre>{}</pre>
</main>
</body>
</html>
"""
"""The page that stands where there is none to serve."""


def serve(project: Path, port: int, say: Callable[[str], None]) -> None:
    """Serves a briefing until a signal comes, which is raised again once all is closed."""
    with _listening(port) as listener:
        # What the last build left spares looking at everything; later builds are not for us.
        ledger = read_ledger(project / LEDGER, apart=True)
        watch, live = Watch(project), Live(Site(engine_digest(), ledger))
        live.take(watch.files)
        gc.freeze()  # what stays need not be looked through in the midst of an edit
        say(f"serving http://{ADDRESS}:{listener.getsockname()[1]}/ until Ctrl-C")
        asyncio.run(_serve(_Service(live), watch, listener))


def _listening(port: int) -> socket.socket:
    try:
        listener = socket.create_server((ADDRESS, port))
        # An answer goes out at once: a kept connection waited 40 ms for the rest of it.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as fault:
        message = f"port {port} cannot be had ({fault.strerror}); name another: --port {port + 1}"
        raise NotServed(message) from None


async def _serve(service: "_Service", watch: Watch, listener: socket.socket) -> None:
    config = uvicorn.Config(
        service,
        interface="asgi3",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, service)
    following = asyncio.create_task(service.follow(watch))
    following.add_done_callback(server.end)
    try:
        await server.serve(sockets=[listener])
    finally:
        watch.stop()
        await following


class _Server(uvicorn.Server):
    """Uvicorn's server; when it ends, the streams that would never end by themselves do, too."""

    def __init__(self, config: uvicorn.Config, service: "_Service") -> None:
        super().__init__(config)
        self._service = service

    def end(self, _: object) -> None:
        """Lets the server come to its end."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the streams, then all the rest."""
        self._service.close()
        await super().shutdown(sockets)


class _Service:
    """Answers requests, and tells open pages of what has changed."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._news = asyncio.Event()
        self._is_closed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole of the web's side: one request, one answer."""
        try:
            response = self._response(Request(scope))
        except Exception as error:  # a bug: the server goes on, and says so where it is seen
            message = f"this is a bug, please report it: {type(error).__name__}: {error}"
            response = _plain(500, message)
        await response(scope, receive, send)

    async def follow(self, watch: Watch) -> None:
        """Takes in every change of the files, until the watch is stopped."""
        while True:
            try:
                files = await asyncio.to_thread(watch.changed)
            except ProjectRefused as fault:
                self._live.refuse(str(fault))
            except OSError as fault:
                self._live.refuse(f"{fault.filename}: {fault.strerror}")
            else:
                if files is None:
                    return
                self._live.take(files)
            self._tell()

    def close(self) -> None:
        """Ends every stream."""
        self._is_closed = True
        self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()

    def _response(self, request: Request) -> Response:
        if refusal := _refusal(request):
            return refusal
        path: str = request.scope["path"]
        if path == RELOAD:
            return Response(_SCRIPT.read_bytes(), 200, _headers(path))
        if path == _EVENTS:
            page = unquote(request.query_params.get("page", "/"))
            headers = {**_HEADERS, "content-type": "text/event-stream"}
            return StreamingResponse(self._stream(page), 200, headers)
        answer = self._live.answer(path)
        headers = _headers(answer.path or "problems.html")
        if answer.to:
            headers["location"] = "?".join(filter(None, (quote(answer.to), request.url.query)))
            return Response(b"", answer.status, headers)
        return Response(_shown(answer), answer.status, headers)

    async def _stream(self, page: str) -> AsyncIterator[str]:
        """What an open page is told, now and after each change: its digest, and the problems."""
        yield f"retry: {_AGAIN}\n"
        while not self._is_closed:
            news, answer = self._news, self._live.answer(page)
            problems = self._live.problems if answer.path else ""
            yield f"data: {json.dumps({'page': answer.digest, 'problems': problems})}\n\n"
            await news.wait()


def _refusal(request: Request) -> Response | None:
    """The answer to what is no request of this machine's own browser for a page.

    A name that leads here by somebody's DNS, and a page of another site, are foreign.
    """
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    if not _HOST.fullmatch(host):
        return _plain(403, "only 127.0.0.1, localhost and [::1] are served")
    if origin is not None and origin != f"http://{host}":
        return _plain(403, "a page of another site may not ask here")
    if request.method not in ("GET", "HEAD"):
        return _plain(405, "pages can be read, and nothing else")
    return None


def _headers(path: str) -> dict[str, str]:
    """What is said of a file by its ending; nothing may be kept, as everything may change."""
    type_ = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    charset = "; charset=utf-8" if type_.startswith(_IN_UTF8) else ""
    return {**_HEADERS, "content-type": type_ + charset}


def _plain(status: int, message: str) -> Response:
    allow = {"allow": "GET, HEAD"} if status == 405 else {}
    return Response(f"{message}\n", status, {**_headers("refused.txt"), **allow})


def _shown(answer: Answer) -> bytes:
    """The bytes of a page with the script that keeps it fresh; of any other file as they are."""
    if answer.path and not answer.path.endswith(".html"):
        return answer.data
    data = answer.data if answer.path else _BARE.format(html.escape(answer.data.decode())).encode()
    tag = f'<script src="{RELOAD}" data-page="{answer.digest}" defer></script>'.encode()
    before, end, after = data.partition(b"</head>")
    return before + tag + end + after
