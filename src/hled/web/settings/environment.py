"""Every environment variable that the platform reads, as one table.

`docs/reference/environment.md` shows the same rows and a test compares the two.
"""

import errno
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from hled.language import Bilingual, DialogueError


class EnvironmentVariableError(DialogueError):
    """An environment variable has a value that cannot be used."""

    code = "settings.environment"


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, the default as text, and what it is for."""

    name: str
    default: str
    meaning: Bilingual

    def read(self) -> str:
        """Return the value set, or the default."""
        return os.environ.get(self.name, self.default)


HOME: Final = Variable(
    "HLED_HOME",
    "var",
    Bilingual(
        en="Folder of the database, the answers, the attached texts and the collected assets.",
        es="Carpeta de la base de datos, las respuestas, los textos adjuntos y los archivos estáticos.",
    ),
)
DATABASE_URL: Final = Variable(
    "HLED_DATABASE_URL",
    "",
    Bilingual(
        en="`postgresql://user@host:port/name`; empty means SQLite inside HLED_HOME.",
        es="`postgresql://usuario@host:puerto/nombre`; vacía significa SQLite dentro de HLED_HOME.",
    ),
)
SECRET_KEY: Final = Variable(
    "HLED_SECRET_KEY",
    "",
    Bilingual(
        en="Signing key of the site; empty means a key made once and kept in HLED_HOME. "
        "Required in production.",
        es="Clave de firma del sitio; vacía significa una clave creada una vez y guardada en HLED_HOME. "
        "Obligatoria en producción.",
    ),
)
HOSTS: Final = Variable(
    "HLED_HOSTS",
    "127.0.0.1,localhost,[::1]",
    Bilingual(
        en="Host names under which the site answers, separated by commas.",
        es="Nombres de host en los que responde el sitio, separados por comas.",
    ),
)
PROXY: Final = Variable(
    "HLED_PROXY",
    "",
    Bilingual(
        en="`1` where every request comes through one proxy of yours: the last address in its "
        "`X-Forwarded-For` is then the asker's. Empty means that none is believed.",
        es="`1` si toda solicitud llega por un servidor intermediario propio: la última dirección de su "
        "`X-Forwarded-For` es entonces la de quien solicita. Vacía significa que no se cree ninguna.",
    ),
)
READ_ONLY: Final = Variable(
    "HLED_READ_ONLY",
    "",
    Bilingual(
        en="`1` for a mirror: the record of other nodes is taken and shown, and nothing of its own is "
        "recorded.",
        es="`1` para una copia espejo: se toma y se muestra el registro de otros nodos, y no se asienta nada "
        "propio.",
    ),
)
LOG_LEVEL: Final = Variable(
    "HLED_LOG_LEVEL",
    "INFO",
    Bilingual(
        en="Level of the JSON log on standard error.", es="Nivel de la bitácora JSON en la salida de errores."
    ),
)
CASES: Final = Variable(
    "HLED_CASES",
    "",
    Bilingual(
        en="Folder of outside data and conformance cases; only tests, benchmarks and derive scripts read it.",
        es="Carpeta de datos externos y casos de conformidad; solo la usan pruebas, mediciones y "
        "guiones de derivación.",
    ),
)

VARIABLES: Final = (HOME, DATABASE_URL, SECRET_KEY, HOSTS, PROXY, READ_ONLY, LOG_LEVEL, CASES)


def home() -> Path:
    """Return HLED_HOME as an absolute path, making it if it does not exist.

    Raises:
        EnvironmentVariableError: it is no folder, cannot be made, or nothing can be written in it.
    """
    path = Path(HOME.read()).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error.strerror) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise _unusable(path, os.strerror(errno.EACCES))
    return path


def secret_key() -> str:
    """Return HLED_SECRET_KEY, or a key made once and kept in HLED_HOME, readable by its owner only."""
    if SECRET_KEY.read():
        return SECRET_KEY.read()
    path = home() / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def is_behind_proxy() -> bool:
    """Say whether HLED_PROXY lets the proxy name the asker.

    Raises:
        EnvironmentVariableError: it is neither empty nor `1`; a guess would let strangers name themselves.
    """
    return _is_set(PROXY)


def is_read_only() -> bool:
    """Say whether HLED_READ_ONLY makes this node a mirror.

    Raises:
        EnvironmentVariableError: it is neither empty nor `1`.
    """
    return _is_set(READ_ONLY)


def database() -> dict[str, object]:
    """Return the Django database settings that HLED_DATABASE_URL asks for.

    Raises:
        EnvironmentVariableError: the address is neither empty nor a well-formed PostgreSQL one.
    """
    url = DATABASE_URL.read()
    if not url:
        return _sqlite(home() / "hled.sqlite3")
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:  # a port that is no number, a bracket without its other half
        raise _refused() from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise _refused()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "hled",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": f"test_{parts.path.lstrip('/') or 'hled'}"},
    }


def _is_set(variable: Variable) -> bool:
    if variable.read() not in {"", "1"}:
        raise EnvironmentVariableError(
            Bilingual(en="{name} must be empty or 1", es="{name} debe estar vacía o ser 1").format(
                name=variable.name
            )
        )
    return variable.read() == "1"


def _unusable(path: Path, why: str | None) -> EnvironmentVariableError:
    return EnvironmentVariableError(
        Bilingual(
            en="{path} cannot be the home of HLED ({why}). Set HLED_HOME to a folder in which you may write.",
            es="{path} no puede ser la carpeta de HLED ({why}). Indique en HLED_HOME una carpeta en la que "
            "pueda escribir.",
        ).format(path=path, why=why)
    )


def _refused() -> EnvironmentVariableError:
    """The address itself is never repeated: it may hold a password."""
    return EnvironmentVariableError(
        Bilingual(
            en="HLED_DATABASE_URL must be empty or an address like postgresql://user@host:port/name",
            es="HLED_DATABASE_URL debe estar vacía o ser una dirección como "
            "postgresql://usuario@host:puerto/nombre",
        )
    )


def _sqlite(path: Path) -> dict[str, object]:
    """WAL with synchronous=FULL: an acknowledged act survives a power cut. See docs/adr/0002.

    What is deleted is overwritten on its page, whichever connection deletes or moves it.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA mmap_size=134217728; PRAGMA secure_delete=ON;"
            ),
        },
    }
