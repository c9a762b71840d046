"""The help is open to everybody and says who can read what."""


def test_the_help_says_who_reads_what_to_everybody(visitor, cast):
    page = visitor.get("/help")
    assert page.status_code == 200
    assert "you and your peer, nobody else" in page.text
    assert "neither can sign in as somebody else" in page.text


def test_colleagues_see_whom_to_ask_and_visitors_do_not(as_, visitor):
    assert "olu.adeyemi@example.com" in as_("ana").get("/help").text
    assert "olu.adeyemi@example.com" not in visitor.get("/help").text


def test_the_keyboard_has_a_page_of_its_own(visitor, cast):
    assert "<kbd>Ctrl</kbd> + <kbd>Enter</kbd>" in visitor.get("/help/keyboard").text
