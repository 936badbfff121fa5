"""What channels.toml may say, and what is wrong with it in plain words."""

from pathlib import Path

import pytest

from bot.app.channels import channels_of
from bot.config import settings_for
from bot.core.channels import Channel
from bot.errors import SettingsError


def _channels(folder: Path, text: str | None, channels: str = "@kabar_contoh") -> tuple[Channel, ...]:
    file = folder / "channels.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    return channels_of(settings_for({"channels_file": file, "channels": channels}))


def test_without_a_file_the_short_form_says_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert channels_of(settings_for({"channels": "@kabar_contoh"})) == (Channel("@kabar_contoh", "id"),)


def test_a_file_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"CHANNELS_FILE: there is no .*channels\.toml"):
        _channels(tmp_path, None)


def test_a_channel_is_as_the_file_describes_it(tmp_path: Path) -> None:
    text = """
        [[channel]]
        chat = "@kabar_contoh"
        sections = ["kolom"]
        kinds = ["breaking"]
        language = "en"
        template = "push"
        photo = true
        topics = true

        [[channel]]
        chat = "-1001234567890"
    """
    assert _channels(tmp_path, text, "@kabar_contoh,@kabar_lain") == (
        Channel("@kabar_contoh", "en", ("kolom",), True, "push", photo=True, topics=True),
        Channel("-1001234567890", "id"),
        Channel("@kabar_lain", "id"),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[channel]\n", "cannot be read"),
        ("[channels]\n", r"tables called \[\[channel\]\]"),
        ("channel = 3\n", r"tables called \[\[channel\]\]"),
        ("channel = [3]\n", "neither @name"),
        ('[[channel]]\nchat = "kabar"\n', "'kabar' is neither @name"),
        (
            '[[channel]]\nchat = "@kabar"\ncolour = 1\n',
            "@kabar: there is no 'colour'; there are: chat, kinds",
        ),
        ('[[channel]]\nchat = "@kabar"\nsections = "kolom"\n', "sections is a list of texts"),
        ('[[channel]]\nchat = "@kabar"\nkinds = ["digest"]\n', "kinds are"),
        ('[[channel]]\nchat = "@kabar"\nlanguage = "xx"\n', "language 'xx' is none of id, en"),
        ('[[channel]]\nchat = "@kabar"\ntemplate = "settings"\n', "template 'settings' is none of push"),
        ('[[channel]]\nchat = "@kabar"\nphoto = "yes"\n', "true or false"),
        ('[[channel]]\nchat = "@kabar"\ntopics = true\n', "topics need the sections"),
        ('[[channel]]\nchat = "@kabar"\n[[channel]]\nchat = "@kabar"\n', "described twice"),
    ],
)
def test_a_fault_names_the_file_the_channel_and_what_is_wrong(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(SettingsError, match=fault) as caught:
        _channels(tmp_path, text)
    assert "channels.toml" in str(caught.value)
