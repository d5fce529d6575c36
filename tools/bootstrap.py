"""Make the project's environment with Python 3.11 or newer and its standard library alone.

    python3 tools/bootstrap.py .venv requirements/run.txt

Debian's and Ubuntu's bare ``python3`` has neither pip nor ensurepip, so pip comes from the wheel beside this file
(docs/decisions/0001). Everything else comes from the locked, hashed list; a package with another hash is refused.
Safe to call again: it stops at once when the list has not changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def bundled_pip() -> Path:
    """The pip wheel beside this file, after checking its hash."""
    wheel = next((ROOT / "tools").glob("pip-*.whl"))
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != PIP_SHA256:
        sys.exit(f"{wheel.name}: not the file that belongs to this version of the project. Check out tools/ again.")
    return wheel


def run(python: Path, *arguments: str) -> None:
    """One step in the new environment; its failure stops everything with its own message."""
    # Compiled bytecode makes every start two to three times faster, so it is wanted here whatever the shell says.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([str(python), *arguments], env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main(folder: str, requirements: str) -> None:
    """Make ``folder`` (a virtual environment) hold exactly what ``requirements`` lists, and the project itself."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")
    target, wanted = Path(folder).resolve(), Path(requirements).resolve()
    stamp = target / "requirements.sha256"
    mark = hashlib.sha256(wanted.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and mark in stamp.read_text("ascii").split():
        return
    python = target / "bin" / "python"
    if not python.exists():
        print(f"Making the environment in {target} …", flush=True)
        venv.create(target, with_pip=False, symlinks=True)
        wheel = bundled_pip()
        run(python, f"{wheel}/pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", str(wheel))
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    print(f"Installing what {wanted.relative_to(ROOT)} lists (half a minute on a fresh machine) …", flush=True)
    run(python, *pip, "--require-hashes", "--only-binary", ":all:", "-r", str(wanted))
    run(python, *pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    # The development list contains the running one, so having it satisfies both.
    marks = {mark}
    if wanted.name == "dev.txt":
        run_list = wanted.with_name("run.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
        marks.add(hashlib.sha256(run_list).hexdigest())
    stamp.write_text("\n".join(sorted(marks)), "ascii")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
