"""Keys: whoever else could read one, or find it beside the data, is kept from it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from plfkit.errors import ProtectionError
from plfkit.protection import read_key

MODES = pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
KEY = bytes(range(32))


def save_key(path: Path, key: bytes = KEY, mode: int = 0o600) -> Path:
    """Write a key's file."""
    path.write_bytes(key)
    path.chmod(mode)
    return path


def test_a_key_is_read_byte_for_byte(tmp_path: Path) -> None:
    """A newline at its end is part of it."""
    assert read_key(save_key(tmp_path / "key", KEY + b"\n")) == KEY + b"\n"


@MODES
@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_what_only_its_owner_reads_is_taken(tmp_path: Path, mode: int) -> None:
    """A file that its owner alone may read, or read and write."""
    assert read_key(save_key(tmp_path / "key", mode=mode)) == KEY


@MODES
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o602, 0o700])
def test_what_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    """The message says what mends it, in both languages, and the mode there is."""
    path = save_key(tmp_path / "key", mode=mode)
    with pytest.raises(ProtectionError, match=f"mode {mode:04o}.*chmod 600 {path}") as caught:
        read_key(path)
    assert f"chmod 600 {path}" in caught.value.say(language="da", audience="command_line")


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    """Nothing there, a folder, too short, and far too long."""
    with pytest.raises(ProtectionError, match="cannot be read"):
        read_key(tmp_path / "nowhere")
    with pytest.raises(ProtectionError, match="cannot be read"):
        read_key(tmp_path)
    with pytest.raises(ProtectionError, match="cannot be read"):
        read_key("a\0b", apart_from=[tmp_path])
    with pytest.raises(ProtectionError, match="31 bytes and must have 32"):
        read_key(save_key(tmp_path / "short", KEY[1:]))
    with pytest.raises(ProtectionError, match="hardly a key"):
        read_key(save_key(tmp_path / "long", KEY * 200))


@MODES
def test_a_device_is_no_key() -> None:
    """A device that gives bytes for ever is not read."""
    with pytest.raises(ProtectionError, match="ordinary file"):
        read_key(os.devnull)


@pytest.mark.parametrize("name", ["key", "deep/er/key"])
def test_a_key_beside_the_data_is_refused(tmp_path: Path, name: str) -> None:
    """Inside the folder of data, however deep, and by whichever path it is named."""
    data = tmp_path / "data"
    (data / name).parent.mkdir(parents=True)
    path = save_key(data / name)
    for said in (path, data / ".." / "data" / name):
        with pytest.raises(ProtectionError, match="move it elsewhere"):
            read_key(said, apart_from=[data])
    with pytest.raises(ProtectionError, match="move it elsewhere"):
        read_key(path, apart_from=[tmp_path / "other", data])
    assert read_key(save_key(tmp_path / "key"), apart_from=[data]) == KEY


def test_a_link_to_a_key_beside_the_data_is_refused(tmp_path: Path) -> None:
    """What counts is where the key itself lies."""
    (tmp_path / "data").mkdir()
    key = save_key(tmp_path / "data" / "key")
    (tmp_path / "link").symlink_to(key)
    with pytest.raises(ProtectionError, match="move it elsewhere"):
        read_key(tmp_path / "link", apart_from=[tmp_path / "data"])


def test_a_key_beside_a_workbook_is_refused(tmp_path: Path) -> None:
    """A workbook's folder is where it would be sent from; a folder of another is none of it."""
    (tmp_path / "keys").mkdir()
    book = tmp_path / "book.xlsx"
    with pytest.raises(ProtectionError, match="move it elsewhere"):
        read_key(save_key(tmp_path / "key"), apart_from=[book])
    assert read_key(save_key(tmp_path / "keys" / "key"), apart_from=[book]) == KEY
