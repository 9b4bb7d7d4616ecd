"""A file is replaced as one step or left as it is, and stays what it was in all but its content."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from flake8_leaks.files import Unwritable, read, replace

OLD, NEW = b"old\r\n", "größer\n".encode("latin-1")

posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions, and asks for rights to link")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "module.py"
    file.write_bytes(OLD)
    return file


def assert_untouched(file: Path) -> None:
    """The file is as it was, and nothing is left beside it."""
    assert file.read_bytes() == OLD
    assert os.listdir(file.parent) == [file.name]


def test_the_content_is_new_and_nothing_is_left_beside_it(file: Path) -> None:
    replace(str(file), OLD, NEW)
    assert read(str(file)) == NEW
    assert os.listdir(file.parent) == [file.name]


def test_a_name_without_a_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    replace(file.name, OLD, NEW)
    assert file.read_bytes() == NEW
    assert os.listdir(file.parent) == [file.name]


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    file = tmp_path / f"{'n' * 252}.py"
    file.write_bytes(OLD)
    replace(str(file), OLD, NEW)
    assert file.read_bytes() == NEW


# -- what stays --------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o755, 0o640, 0o600, 0o664])
def test_permissions_stay(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace(str(file), OLD, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_bytes() == NEW


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays_where_the_system_lets_us(file: Path) -> None:
    os.chown(file, 12345, 54321)
    file.chmod(0o644)
    replace(str(file), OLD, NEW)
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 54321, 0o644)


@posix
def test_a_file_of_somebody_else_is_replaced_where_its_folder_is_ours(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    replace(str(file), OLD, NEW)
    assert file.read_bytes() == NEW


@posix
@pytest.mark.parametrize("to", ["../module.py", "absolute", "next.py"], ids=["relative", "absolute", "chained"])
def test_a_link_stays_a_link_and_its_target_is_replaced(file: Path, to: str) -> None:
    folder = file.parent / "links"
    folder.mkdir()
    (folder / "next.py").symlink_to("../module.py")
    link = folder / "link.py"
    link.symlink_to(str(file) if to == "absolute" else to)
    before = os.readlink(link)
    replace(str(link), OLD, NEW)
    assert os.readlink(link) == before
    assert os.readlink(folder / "next.py") == "../module.py"
    assert not file.is_symlink()
    assert file.read_bytes() == NEW
    assert sorted(os.listdir(folder)) == ["link.py", "next.py"]
    assert sorted(os.listdir(file.parent)) == ["links", "module.py"]


# -- what is left alone ------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o444, 0o555, 0o400])
def test_a_file_that_is_write_protected(file: Path, mode: int) -> None:
    file.chmod(mode)  # root could write it all the same
    with pytest.raises(Unwritable, match=r"^is write-protected$"):
        replace(str(file), OLD, NEW)
    assert_untouched(file)
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_file_that_others_may_write_and_we_may_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (str(file), os.W_OK))
    with pytest.raises(Unwritable, match=r"^is write-protected$"):
        replace(str(file), OLD, NEW)
    assert_untouched(file)


def test_a_folder_that_takes_no_new_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(Unwritable, match=r"^cannot be written \(Permission denied\)$"):
        replace(str(file), OLD, NEW)
    assert_untouched(file)


@posix
def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"^is no regular file$"):
        replace(str(tmp_path), OLD, NEW)
    with pytest.raises(Unwritable, match=r"^cannot be written \(No such file or directory\)$"):
        replace(str(tmp_path / "none.py"), OLD, NEW)
    (tmp_path / "loop.py").symlink_to("loop.py")
    with pytest.raises(Unwritable, match=r"^cannot be written "):
        replace(str(tmp_path / "loop.py"), OLD, NEW)
    assert os.listdir(tmp_path) == ["loop.py"]


@pytest.mark.parametrize("now", [b"old\n", b"old  # noqa\r\n", b"", OLD * 2])
def test_a_file_that_is_not_what_was_read(file: Path, now: bytes) -> None:
    file.write_bytes(now)
    with pytest.raises(Unwritable, match=r"^was changed meanwhile; run again$"):
        replace(str(file), OLD, NEW)
    assert file.read_bytes() == now
    assert os.listdir(file.parent) == [file.name]


def test_a_file_that_changes_while_the_new_one_is_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = os.fsync

    def write_too(handle: int) -> None:
        file.write_bytes(b"theirs")
        synced(handle)

    monkeypatch.setattr(os, "fsync", write_too)
    with pytest.raises(Unwritable, match=r"^was changed meanwhile; run again$"):
        replace(str(file), OLD, NEW)
    assert file.read_bytes() == b"theirs"
    assert os.listdir(file.parent) == [file.name]


# -- one step ----------------------------------------------------------------------------------------------------


def _full(*_: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def _stopped(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["os.fsync", "shutil.copymode", "os.replace"])
@pytest.mark.parametrize(("fail", "raised"), [(_full, Unwritable), (_stopped, KeyboardInterrupt)])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    fail: Callable[..., NoReturn],
    raised: type[BaseException],
) -> None:
    monkeypatch.setattr(step, fail)
    with pytest.raises(raised):
        replace(str(file), OLD, NEW)
    assert_untouched(file)


def test_a_reader_sees_the_old_file_or_the_new_one(file: Path) -> None:
    one, two = b"1" * 100_000, b"2" * 200_000
    file.write_bytes(one)
    seen, done = set(), threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(file.read_bytes())

    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    reader = threading.Thread(target=watch)
    reader.start()
    try:
        for _ in range(50):
            replace(str(file), one, two)
            replace(str(file), two, one)
    finally:
        done.set()
        reader.join()
        sys.setswitchinterval(switch)
    assert seen
    assert seen <= {one, two}
