"""What of our own stylesheets and scripts does a browser not need? Comments, and how we set our lines.

They are written for whoever reads them here, a line at a time: no string and no template of ours goes over two lines
(tests/house/test_static.py holds that). What is served one file at a time stays as it was written. Of a page that is
kept only the indents go, and none of what somebody typed.
"""

import re

_STYLE_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(rb"\s+")
_AROUND = re.compile(rb" ?([{};]) ?|([:,]) ")
_OWN_LINE = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
AFTER_CODE = re.compile(rb"(?<=[;{}(),]) +// .*$", re.MULTILINE)
_INDENT = re.compile(rb"^[ \t]+|[ \t]+$", re.MULTILINE)
_EMPTY = re.compile(rb"\n{2,}")

_AS_TYPED_OR_INDENT = re.compile(r"(<(pre|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)


def style(text: bytes) -> bytes:
    """A stylesheet on one line."""
    return _AROUND.sub(rb"\1\2", _SPACE.sub(b" ", _STYLE_COMMENT.sub(b"", text))).replace(b";}", b"}").strip()


def page(html: str) -> str:
    """A page or a part of one without indents, but for what stands there as it was typed."""
    return _AS_TYPED_OR_INDENT.sub(lambda found: found[1] or "\n", html)


def script(text: bytes) -> bytes:
    """A script without comments and indents; its line ends stay, for they may end a statement."""
    return _EMPTY.sub(b"\n", _INDENT.sub(b"", AFTER_CODE.sub(b"", _OWN_LINE.sub(b"", text))))
