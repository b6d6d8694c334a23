"""`make security`: sqlmap and wapiti against a demo of this machine, as one who has signed in.

Both come from PyPI into a folder of their own (build/security), never into the portal's
environment. Exit status 1 when either finds anything; docs/security-testing.md says what is
asked and what came out.
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = Path(os.environ.get("ATTACK_TOOLS", ROOT / "build" / "security"))
LIST = "/estados-de-cuenta/cuotas"
# Every kind of parameter of a search: text, choice, date, number, order, page.
SEARCHES = {
    f"{LIST}/": "contratante=a&num_doc=2&poliza=1&estado=VENCIDA&moneda=PEN&desde=2026-01-01"
    "&importe_min=1&orden=poliza&pagina=1",
    f"{LIST}.json": "contratante=a&orden=-fecha_pago&hasta=2026-12-31",
    "/estados-de-cuenta/comprobantes/": "contratante=a&numero=1&orden=importe",
    "/reportes/vida/liquidaciones-pendientes.csv": "corte=2026-11-24&contratante=a",
    "/gestion/auditoria/": "usuario=a&documento=1&objeto=a&orden=usuario",
}
# Without those that call a server outside (ssrf, xxe, log4shell …) and cookieflags: a demo
# speaks http, so its cookies cannot be Secure; tests/security/test_browser_rules.py holds them.
MODULES = (
    "sql,timesql,xss,permanentxss,exec,file,redirect,crlf,csrf,csp,http_headers,methods,htaccess,"
    "backup"
)
SECONDS = int(os.environ.get("ATTACK_SECONDS", "600"))  # for wapiti


def main() -> int:
    _install()
    with _demo() as address:
        cookie = _signed_in(address)
        findings = [*_sqlmap(address, cookie), *_wapiti(address, cookie)]
    for finding in findings:
        sys.stdout.write(f"FOUND {finding}\n")
    sys.stdout.write(f"{len(findings)} findings\n")
    return 1 if findings else 0


def _install() -> None:
    if not (TOOLS / "bin" / "wapiti").exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
        pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "sqlmap", "wapiti3"], check=True)


@contextmanager
def _demo() -> Iterator[str]:
    """A demo of its own: without Secure cookies, which the tools send over https only, and with
    brakes that let a thousand requests a minute through."""
    home = Path(tempfile.mkdtemp(prefix="corredores-attack-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"CORREDORES_HOME": str(home), "CORREDORES_SECURE_COOKIES": "false",
             "CORREDORES_SEARCHES_PER_MINUTE": "1000000",
             "CORREDORES_EXPORTS_PER_MINUTE": "1000000"}  # fmt: skip
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "corredores", "demo", "--installments", "4000",
             "--port", str(port)],
            cwd=ROOT, env={**os.environ, **given}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, home / "log")
        yield address
        errors = [it for it in (home / "log").read_text().splitlines() if '"error"' in it]
        sys.stdout.write("\n".join(["", f"{len(errors)} errors in the log", *errors[:5], ""]))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 400
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=5).close()  # noqa: S310 - loopback
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"the demo did not start:\n{log.read_text()[-2000:]}")


def _signed_in(address: str) -> str:
    """The Cookie header of the administrator of a brokerage."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/ingresar/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    fields = {"login": "corredor1", "password": "cuotas-al-dia", "csrfmiddlewaretoken": token[1]}
    browser.open(f"{address}/ingresar/", urllib.parse.urlencode(fields).encode())
    assert any(it.name == "sesion" for it in jar)
    return "; ".join(f"{it.name}={it.value}" for it in jar)


def _sqlmap(address: str, cookie: str) -> list[str]:
    found = []
    for path, query in SEARCHES.items():
        names = ",".join(urllib.parse.parse_qs(query))
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run(
                [str(TOOLS / "bin" / "sqlmap"), "-u", f"{address}{path}?{query}", "-p", names,
                 f"--cookie={cookie}", "--level=2", "--dbms=PostgreSQL", "--batch", "--threads=2",
                 "--ignore-code=400,422", "--disable-coloring", f"--output-dir={folder}"],
                capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        said = result.stdout
        tried = len(re.findall(r"does not seem to be injectable", said))
        sys.stdout.write(f"sqlmap {path}: {tried} of {len(names.split(','))} not injectable\n")
        sys.stdout.flush()
        if "do not appear to be injectable" not in said:
            found.append(f"sqlmap {path}: {said[-600:]}")
    return found


def _wapiti(address: str, cookie: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        result = subprocess.run(
            [str(TOOLS / "bin" / "wapiti"), "-u", f"{address}/", "--scope", "domain", "-m", MODULES,
             "-H", f"Cookie: {cookie}", "-x", f"{address}/salir/", "-x",
             f"{address}/cuenta/sesiones/cerrar/", "-d", "4", "--max-files-per-dir", "25",
             "--max-links-per-page", "40", "--max-scan-time", str(SECONDS),
             "--max-attack-time", str(SECONDS // 4), "--flush-session", "--no-bugreport",
             "--store-session", folder, "--store-config", folder, "-f", "json", "-o", str(report)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not report.exists():
            return [f"wapiti: {result.stdout[-600:]}{result.stderr[-300:]}"]
        read = json.loads(report.read_text())
    sys.stdout.write(f"wapiti: {read['infos'].get('crawled_pages_nbr')} pages\n")
    return [
        f"wapiti {kind}: {it['method']} {it['path']} {it['info']}"
        for group in ("vulnerabilities", "anomalies")
        for kind, items in read[group].items()
        for it in items
    ]


if __name__ == "__main__":
    sys.exit(main())
