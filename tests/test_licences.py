"""What the product is made of may be used as it is: every installed part of the lock has a licence of this list."""

import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
# Licences that ask for no more than their notice, or (MPL) that changes to their own files stay open: we change none.
ALLOWED = {
    "MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0", "Python-2.0", "MPL-2.0",
    "Zlib", "CC0-1.0", "Unlicense", "HPND", "OFL-1.1",
}  # fmt: skip
# How older packages say the same.
SAID = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "Apache": "Apache-2.0", "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "The Unlicense (Unlicense)": "Unlicense",
}  # fmt: skip
# Packages whose metadata say something else, with the reason why they stay; tools of the checks only, never shipped.
KNOWN = {
    "axe-playwright-python": "tests only: its metadata name none, its LICENSE file is MIT; axe-core in it is MPL-2.0",
    "text-unidecode": "tests only (frictionless needs it): Artistic or GPL, used unchanged and not passed on",
}


def licences(name):
    """Return the licences of an installed package as its metadata name them; [] where they name none."""
    about: Any = metadata.distribution(name).metadata  # an e-mail's headers, whatever its type says
    if expression := about.get("License-Expression"):
        return re.split(r" AND | OR |[()]", expression)
    classified = [text.split(" :: ")[-1] for text in about.get_all("Classifier") or [] if text.startswith("License ::")]
    stated = [text for text in classified if text != "OSI Approved"] or [(about.get("License") or "").splitlines()[0:1]]
    return [one for text in stated for one in ([text] if isinstance(text, str) else text)]


def packages(lock):
    """Return the packages a lock names that are installed here; others belong to other systems."""
    installed = {re.sub(r"[-_.]+", "-", found.name).lower() for found in metadata.distributions()}
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in NAMED.findall((ROOT / lock).read_text(encoding="utf-8"))}
    return sorted(names & installed)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_part_may_be_used(lock):
    found = {
        name: [SAID.get(part.strip(), part.strip()) for part in licences(name) if part.strip()]
        for name in packages(lock)
    }
    assert len(found) > 40
    others = {name: said for name, said in found.items() if not said or not set(said) <= ALLOWED}
    assert {name: said for name, said in others.items() if name not in KNOWN} == {}


def test_what_readers_run_has_no_exceptions():
    assert not set(KNOWN) & set(packages("requirements.txt"))


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_part_is_locked_by_its_hash(lock):
    """A package that was changed on its way is not installed: `make` gives pip --require-hashes."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / lock).read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " ", "-"))]
    assert len(lines) > 40
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")
