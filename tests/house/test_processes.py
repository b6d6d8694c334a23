"""Other programs are started by a list of words, never by a shell, and never by a door."""

import ast

from .sources import modules, name_of, room_of

# Doors that people and programs reach by network start nothing: rooms do, with words of their own.
REACHED = ("web", "api", "backoffice")
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}


def test_no_shell_ever_reads_a_command() -> None:
    found = []
    for path in modules():
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            shell = [it for it in call.keywords if it.arg == "shell"]
            joined = name in ("run", "Popen") and isinstance(call.args[0], ast.JoinedStr)
            if name in SHELLS or shell or joined:
                found.append(f"{name_of(path)}:{call.lineno}")
    assert found == []


def test_what_is_reached_by_network_starts_no_program() -> None:
    found = [
        name_of(path)
        for path in modules()
        if room_of(path) in REACHED and "subprocess" in path.read_text()
    ]
    assert found == []
