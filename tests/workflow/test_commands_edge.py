"""`fee`, `remedy` and `workdays` through `manage.py` and through `call_command`: what needs Django's own edge."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command


def test_a_machine_of_another_language_is_answered_in_chinese(tmp_path):
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [
            sys.executable, str(Path(__file__).parents[2] / "manage.py"), "remedy",
            "--outcome", "refuse_state_secret", "--office-kind", "county_department",
        ],
        cwd=tmp_path, env={**bare, "PYTHONCOERCECLOCALE": "0"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.decode("utf-8").startswith("类别　A")) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize("line,told", [
    (("fee", "items", "--count", "45"), "5500"), (("fee", "pages", "--count", "150", "--json"), '"total": 1700'),
    (("workdays", "add", "2026-02-06", "20"), "2026-03-12"), (("workdays", "--json", "add", "2026-02-06", "20"), "2026-03-12"),
])  # fmt: skip
def test_a_command_is_called_from_within_as_from_without(line, told):
    out = io.StringIO()
    call_command(*line, stdout=out, stderr=io.StringIO())
    assert told in out.getvalue()


def test_a_refusal_from_within_ends_with_the_code_of_the_command_line():
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("fee", "items", "--count", "-1", stdout=io.StringIO(), stderr=err)
    assert (ended.value.code, "count" in err.getvalue()) == (2, True)
