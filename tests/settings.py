"""Settings of a test run: the project's own, in a throw-away data directory with fresh keys."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A process that a test starts may bring a data directory of its own; what we set ourselves is ours to move.
_OURS = "GONGKAI_TEST_DATA"


def _data_dir() -> str:
    """Choose a fresh directory for this process, or one below the controller's for a parallel worker."""
    ours, given = os.environ.get(_OURS), os.environ.get("DATA_DIR")
    if ours is None:
        root = tempfile.mkdtemp(prefix="gongkai-test-")
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        return root
    if given is not None and given != ours:
        return given
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return str(Path(ours) / worker) if worker and Path(ours).name != worker else ours


_given = os.environ.get("DATA_DIR") if _OURS in os.environ else None
_chosen = _data_dir()
if _chosen != _given:
    os.environ[_OURS] = _chosen
    for _name in ("KEY_DIR", "FILES_DIR", "MAIL_DIR", "FONTS_DIR", "SECRET_KEY", "DEMO_TODAY", "HTTPS"):
        os.environ.pop(_name, None)
os.environ["DATA_DIR"] = _chosen
Path(_chosen).mkdir(parents=True, exist_ok=True)

from config.settings import *  # noqa: E402, F403
from tests import migrated  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 takes 150 ms a time by design

DATABASE = DATABASES["default"]  # noqa: F405
DATABASE["CONN_MAX_AGE"] = 0
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, as in an installation: threads and processes then meet its real locks, which they would not
    # in a shared memory database. Nothing of it need survive a power cut.
    DATABASE["TEST"] = {"NAME": str(Path(_chosen) / "test.sqlite3")}
    DATABASE["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
elif migrated.NAME in os.environ:
    DATABASE["TEST"] = {"TEMPLATE": os.environ[migrated.NAME]}
