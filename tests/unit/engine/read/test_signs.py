"""Signs in a text: none is missed, wherever the file is cut while it is looked through."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.read import signs as module
from headgate.engine.read.signs import ENCODED_TWICE, TextSigns, signs_of


@pytest.fixture(scope="module", autouse=True, params=[0, 1 << 12], ids=["as long", "short"])
def _length(request: pytest.FixtureRequest) -> Iterator[None]:
    """Short texts are looked at otherwise than long ones, and everything here holds for both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW_BYTES", request.param)
        yield


_PARTS = st.sampled_from(
    [
        *(b"a", b"\n", b"\r", b"\r\n", b"E", b"+", b"E+", b",", b"\0", b"0123456789"),
        *("ü".encode(), "Ã¼".encode(), "ÃŸ".encode(), "Ã€".encode(), "€".encode(), "😀".encode(), "ﾟ".encode()),
        *(codecs.BOM_UTF8, b"\xff", b"\x80", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"),
    ]
)
_LONE_CR = re.compile(rb"\r(?!\n)")


def _decodes(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("block", [8, 13, 4096])
@settings(max_examples=150)
@given(parts=st.lists(_PARTS, max_size=60))
def test_the_signs_of_a_file_are_those_of_its_text_wherever_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, block: int, parts: list[bytes]
) -> None:
    text = b"".join(parts)
    path = tmp_path_factory.getbasetemp() / "signs.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        signs = signs_of(path, 3)
    assert signs.valid == _decodes(text)
    if signs.valid:
        assert signs.ascii_only == text.isascii()
        assert signs.nuls == (b"\0" in text)
        assert signs.inner_boms == (codecs.BOM_UTF8 in text)
        assert signs.exponents == (b"E+" in text)
        assert signs.encoded_twice == (ENCODED_TWICE.search(text) is not None)
        assert signs.lone_crs or _LONE_CR.search(text) is None


@given(st.lists(_PARTS, max_size=40))
def test_line_ends_of_two_characters_are_no_sign_in_whole_lines(parts: list[bytes]) -> None:
    lines = b"".join(parts).replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"
    signs = TextSigns()
    signs.look(lines)
    signs.look(lines)
    assert not signs.lone_crs


def test_an_empty_file_has_no_signs(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    signs = signs_of(path)
    assert signs.plain
    assert signs.ascii_only
