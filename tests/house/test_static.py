"""Do the static files travel as promised: few, small, unmodified where they are other people's, and never stale?"""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from peerapp import assets, tightening
from tests.clients import PeerClient

PACKAGE = Path(assets.__file__).parent
STATIC = PACKAGE / "static"
FIRST_VIEW = ("app.css", "app.js", "icons.svg", "favicon.svg")
OF_OUR_OWN = sorted([*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")])


@pytest.fixture(scope="module")
def served() -> assets.Assets:
    return assets.load(STATIC)


def vendored_files() -> dict[str, str]:
    rows = re.findall(
        r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", (STATIC / "vendor/VENDORED.md").read_text(), re.MULTILINE
    )
    return dict(rows)


def test_vendored_files_are_the_ones_that_were_published() -> None:
    there = {
        path.relative_to(STATIC / "vendor").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    assert there == vendored_files()


def test_a_changed_file_changes_every_address(tmp_path: Path, served: assets.Assets) -> None:
    for path in STATIC.rglob("*.*"):
        copy = tmp_path / path.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert assets.load(tmp_path).tree == served.tree
    (tmp_path / "favicon.svg").write_text("<svg/>")
    assert assets.load(tmp_path).tree != served.tree


@pytest.mark.parametrize("name", FIRST_VIEW)
def test_a_browser_keeps_a_file_for_a_year(visitor: PeerClient, served: assets.Assets, name: str) -> None:
    answer = visitor.get(f"/static/{served.tree}/{name}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["Content-Encoding"], answer.mimetype) == (
        "gzip",
        assets.TYPES[Path(name).suffix].split(";")[0],
    )
    assert gzip.decompress(answer.data) == served.files[name].body
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]  # a browser would ask again after each sign-in


def test_who_cannot_unpack_gets_the_plain_file(visitor: PeerClient, served: assets.Assets) -> None:
    answer = visitor.get(f"/static/{served.tree}/app.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == served.files["app.css"].body
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_asking_again_for_an_unchanged_file_costs_no_bytes(visitor: PeerClient, served: assets.Assets) -> None:
    address = f"/static/{served.tree}/app.js"
    again = visitor.get(address, headers={"If-None-Match": visitor.get(address).headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_from_before_an_upgrade_still_works_and_is_not_kept(
    visitor: PeerClient, served: assets.Assets
) -> None:
    answer = visitor.get("/static/0000000000000000/app.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.data == served.files["app.css"].body


@pytest.mark.parametrize("name", ["nothing.css", "vendor/VENDORED.md", "../assets.py", "%2e%2e/assets.py", "css"])
def test_what_is_not_a_static_file_is_not_there(visitor: PeerClient, served: assets.Assets, name: str) -> None:
    assert visitor.get(f"/static/{served.tree}/{name}").status_code == 404


def test_a_first_view_leaves_half_of_its_60_kilobytes_to_the_page(served: assets.Assets) -> None:
    assert sum(len(served.files[name].zipped) for name in FIRST_VIEW) < 34_000


def test_no_file_of_our_own_is_left_out() -> None:
    assert {path.stem for path in STATIC.glob("css/*.css")} == set(assets.STYLES)
    assert set(assets.SHELL) <= {path.stem for path in STATIC.glob("js/*.js")}


@pytest.mark.parametrize("path", OF_OUR_OWN, ids=lambda path: path.name)
def test_our_own_files_stay_readable(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 200
    assert lines[0].startswith(("/*", "//"))  # begins with what it is for


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_every_rule_lies_in_a_layer_and_every_colour_in_the_tokens(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.match(r"\s*@layer (\w+ \{|reset, tokens, base, layout, components, utilities;)", text)
    assert text.count("@layer") == 1
    if path.stem != "tokens":
        assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;, )])|\brgb|\bhsl", text)


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/**/*.js")), ids=lambda path: path.name)
def test_no_string_is_taken_for_a_comment_and_no_template_goes_over_a_line(path: Path) -> None:
    """What peerapp/tightening.py relies on."""
    for line in path.read_bytes().splitlines():
        code = tightening.AFTER_CODE.sub(b"", line)
        assert line.lstrip().startswith(b"//") or all(code.count(quote) % 2 == 0 for quote in (b'"', b"`")), line


def test_what_travels_together_has_no_comments_and_says_the_same() -> None:
    text = b'// why\nconst a = "http://x"; // so\n\n  if (a) {\n    go(); // there\n  }\n'
    assert tightening.script(text) == b'const a = "http://x";\nif (a) {\ngo();\n}\n'
    typed = "<pre>\n  a\n</pre><textarea>\n  b\n\n c</textarea>"
    assert tightening.page(f"<p>\n    {typed}\n   </p>") == f"<p>\n{typed}\n</p>"
    assert tightening.style(b"/* why */ .a { & b { color: red; } }\n.b { x: y }") == b".a{& b{color:red}}.b{x:y}"


@pytest.mark.parametrize("name", assets.SHELL)
def test_a_script_of_the_shell_stands_alone(name: str) -> None:
    text = (STATIC / f"js/{name}.js").read_text("utf-8")
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|\.style\b|document\.write", text)


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    named = {
        name
        for path in (PACKAGE / "templates").rglob("*.html")
        for name in re.findall(r'icon(?:_name=|\()"([a-z]+)"', path.read_text("utf-8"))
    }
    assert named <= drawn


def test_templates_carry_no_style_and_no_script_of_their_own() -> None:
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|\shx-on|javascript:|\|\s*safe\b", re.IGNORECASE
    )
    found = [path.name for path in (PACKAGE / "templates").rglob("*.html") if inline.search(path.read_text("utf-8"))]
    assert found == []
