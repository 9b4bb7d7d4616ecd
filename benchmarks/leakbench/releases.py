"""Released sources from the package index, unpacked without building or running anything.

`release(name, version)` returns the folder that holds the unpacked files of that release. Wheels are
preferred over source archives; nothing is installed. `archive(name, version)` returns that of the whole source
archive, with its tests. Folders are kept under LEAKBENCH_CACHE (default ~/.cache/leakbench) and reused. Threads and
processes may ask for releases side by side.
"""

from __future__ import annotations

import os
import re
import shutil
import ssl
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from pip._internal.models.index import PyPI

CACHE = Path(os.environ.get("LEAKBENCH_CACHE", Path.home() / ".cache" / "leakbench"))
INDEX = os.environ.get("LEAKBENCH_INDEX", PyPI.simple_url)
PACKAGES = Path(__file__).with_name("packages.txt")


class Missing(LookupError):
    """The index does not have that release (any more)."""


def packages(path: Path = PACKAGES) -> list[tuple[str, str]]:
    """Name and version of each release that packages.txt pins."""
    name_and_version = [line.partition("==")[::2] for line in path.read_text().split()]
    return [(name, version) for name, version in name_and_version]


class _Links(HTMLParser):
    """The links of a simple-index page (PEP 503): file name -> address."""

    def __init__(self, page: str, base: str) -> None:
        super().__init__()
        self.base = base
        self.files: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href")
        if tag == "a" and href:
            address = urljoin(self.base, href).partition("#")[0]
            self.files[address.rpartition("/")[2]] = address


def _get(url: str) -> bytes:
    cafile = os.environ.get("PIP_CERT") or None
    with urllib.request.urlopen(url, context=ssl.create_default_context(cafile=cafile), timeout=180) as reply:
        return reply.read()


def _keep(data: bytes, path: Path) -> None:
    """Write as one step: whoever else runs sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with open(handle, "wb") as f:
        f.write(data)
    os.replace(part, path)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _files(name: str, fresh: bool = False) -> dict[str, str]:
    """File name -> address of everything released under that name."""
    page = CACHE / "index" / f"{_normal(name)}.html"
    address = f"{INDEX.rstrip('/')}/{_normal(name)}/"
    if fresh or not page.exists():
        _keep(_get(address), page)
    return _Links(page.read_text(encoding="utf-8"), address).files


def _pick(name: str, version: str, files: dict[str, str], wheel: bool) -> tuple[str, str] | None:
    """A wheel of that version, if wanted (pure Python first), else its source archive: (file name, address)."""
    wheels, archives = [], []
    for filename, address in files.items():
        if filename.endswith(".whl"):
            if filename.split("-")[1] == version and wheel:
                wheels.append((not filename.endswith("-none-any.whl"), filename, address))
        else:
            for end in (".tar.gz", ".zip", ".tar.bz2", ".tgz"):
                stem, _, number = filename[: -len(end)].rpartition("-")
                if filename.endswith(end) and number == version and _normal(stem) == _normal(name):
                    archives.append((False, filename, address))
    return min(wheels or archives)[1:] if wheels or archives else None


def _download(name: str, version: str, wheel: bool) -> tuple[str, bytes]:
    """File name and content of the release; an old page of the index gets a second chance."""
    try:
        picked = _pick(name, version, _files(name), wheel) or _pick(name, version, _files(name, fresh=True), wheel)
        if picked is None:
            raise Missing(f"{name} {version}: no {'wheel and no ' if wheel else ''}source archive on the index")
        return picked[0], _get(picked[1])
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            raise Missing(f"{name} {version}: the index answers {error.code}") from error
        raise


def release(name: str, version: str) -> Path:
    """The folder with the unpacked Python files of one release; downloaded on first use."""
    return _unpacked(CACHE / "src" / f"{_normal(name)}-{version}", name, version, whole=False)


def archive(name: str, version: str) -> Path:
    """The top folder of the source archive of one release, with all that is in it; downloaded on first use."""
    (top,) = _unpacked(CACHE / "archives" / f"{_normal(name)}-{version}", name, version, whole=True).iterdir()
    return top


def _unpacked(folder: Path, name: str, version: str, whole: bool) -> Path:
    if folder.exists():
        return folder
    filename, data = _download(name, version, wheel=not whole)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, suffix=".part"))
    try:
        packed = part / filename
        packed.write_bytes(data)
        if packed.suffix in (".whl", ".zip"):
            with zipfile.ZipFile(packed) as z:
                z.extractall(part, [n for n in z.namelist() if whole or n.endswith(".py")])
        else:
            with tarfile.open(packed) as t:
                members = [m for m in t.getmembers() if whole or (m.isfile() and m.name.endswith(".py"))]
                t.extractall(part, members, filter="data")
        packed.unlink()
        part.chmod(0o755)
        try:
            part.rename(folder)
        except OSError:  # somebody else was faster
            if not folder.exists():
                raise
        return folder
    finally:
        shutil.rmtree(part, ignore_errors=True)


def source(name: str, version: str, path: str) -> Path:
    """The released file whose path ends like `path` (longest common tail wins)."""
    folder, parts = release(name, version), Path(path).parts
    best: tuple[int, int, Path] | None = None
    for candidate in folder.rglob(parts[-1]):
        tail = 0
        for mine, theirs in zip(reversed(parts), reversed(candidate.parts), strict=False):
            if mine != theirs:
                break
            tail += 1
        key = (tail, -len(candidate.parts), candidate)
        if best is None or key[:2] > best[:2]:
            best = key
    if best is None:
        raise LookupError(f"{name} {version}: no file like {path}")
    return best[2]
