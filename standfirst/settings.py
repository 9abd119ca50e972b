"""`mkdocs.yml`'s values → settings and problems.

One file configures both `build.py` and MkDocs; keys that are not ours are left to MkDocs.
"""

import re
from collections.abc import Mapping

from standfirst.model import FURTHER, Settings
from standfirst.problem import Places, Problem

_OURS = ("site_name", "site_url", "repo_url", "edit_uri", "site_dir")
_PLUGIN = "standfirst"
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "search": ("index", "pagefind", "off"),
    "pictures": ("true", "few", "false"),
}
"""The plugin's options that the engine reads: what each may say, its default first."""
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_BRANCH = re.compile(r"(?:edit|blob|tree)/([^/]+(?:/[^/]+)*?)/?$")


def settings(tree: object, places: Places) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in the configuration; a wrong one is a problem and stays at its default."""
    if not isinstance(tree, dict):
        problem = Problem(
            "bad-setting",
            "the configuration is no mapping of keys to values",
            places.value(),
            "write: site_name: …",
        )
        return Settings(), (problem,)
    texts = {key: tree[key] for key in _OURS if isinstance(tree.get(key), str) and tree[key]}
    problems = tuple(
        Problem("bad-setting", f"{key} is no web address", places.value((key,)), hint)
        for key, hint in _wrong_addresses(texts)
    )
    for problem_key, _ in _wrong_addresses(texts):
        del texts[problem_key]
    problems += _site_dir_problems(texts, places)
    options, found = _options(tree, places)
    leave_out, unknown = _leave_out(tree, places)
    edit_uri = texts.get("edit_uri", "edit/main/")
    branch = _BRANCH.match(edit_uri)
    return (
        Settings(
            site_name=texts.get("site_name", "Standfirst"),
            site_url=_closed(texts.get("site_url", "")),
            repo_url=texts.get("repo_url", "").rstrip("/"),
            branch=branch[1] if branch else "main",
            edit_uri=edit_uri,
            site_dir=texts.get("site_dir", "site"),
            search=options["search"],
            pictures=options["pictures"],
            leave_out=leave_out,
        ),
        problems + found + unknown,
    )


def _options(tree: object, places: Places) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """What is said under the plugin's name, where MkDocs reads it too; else each default."""
    path, said = _plugin(tree)
    options, problems = {}, []
    for name, choices in _CHOICES.items():
        chosen = said.get(name, choices[0])
        options[name] = str(chosen) if chosen in choices else choices[0]
        if chosen not in choices:
            message = f"{name} can be {', '.join(choices[:-1])} or {choices[-1]}"
            at = places.value((*path, name))
            problems.append(Problem("bad-setting", message, at, f"write: {name}: {choices[0]}"))
    return options, tuple(problems)


def _leave_out(tree: object, places: Places) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """What is not published of `FURTHER`; what is none of it is a problem at its place."""
    path, said = _plugin(tree)
    listed = said.get("leave_out", [])
    names = listed if isinstance(listed, list) else [listed]
    within = (*path, "leave_out")
    problems = tuple(
        Problem(
            "bad-setting",
            f"leave_out can list {', '.join(FURTHER[:-1])} and {FURTHER[-1]}",
            places.value((*within, at) if isinstance(listed, list) else within),
            "write: leave_out: [print, data]",
        )
        for at, name in enumerate(names)
        if name not in FURTHER or not isinstance(listed, list)
    )
    return tuple(name for name in FURTHER if not problems and name in names), problems


def _plugin(tree: object) -> tuple[tuple[str | int, ...], Mapping[str, object]]:
    """Where the plugin's options stand, in a list of plugins or a mapping of them, and they."""
    plugins = tree.get("plugins") if isinstance(tree, dict) else None
    listed = plugins if isinstance(plugins, list) else [plugins]
    for index, one in enumerate(listed):
        said = one.get(_PLUGIN) if isinstance(one, dict) else None
        if isinstance(said, dict):
            within = ("plugins", index) if isinstance(plugins, list) else ("plugins",)
            return (*within, _PLUGIN), said
    return ("plugins",), {}


def _wrong_addresses(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (key, "write it whole, such as https://name.github.io/repository/")
        for key in ("site_url", "repo_url")
        if key in texts and not _ADDRESS.fullmatch(texts[key])
    ]


def _site_dir_problems(texts: dict[str, str], places: Places) -> tuple[Problem, ...]:
    """The site may not be published over the project's own folders."""
    first = texts.get("site_dir", "site").strip("./").split("/")[0]
    if first and first not in ("content", "seeds", "templates", "docs", "standfirst", "tests"):
        return ()
    hint = "name a folder that holds nothing else, such as: site_dir: site"
    return (
        Problem(
            "bad-setting", "site_dir is a folder of the project", places.value(("site_dir",)), hint
        ),
    )


def _closed(address: str) -> str:
    return address if not address or address.endswith("/") else address + "/"
