"""Where words stand in a long text: an index finds what reading it from its start finds."""

import random

import pytest

from standfirst.occurrences import Occurrences

WORDS = ["kite", "kites", "kited", "the", "then", "of", "off", "roof", "a", "valley", "yacht"]


def read_through(text: str, words: str, first: int, last: int) -> list[int]:
    """The places that a search from one to the next comes to."""
    return [at for at in range(first, last) if text.startswith(words, at)]


@pytest.mark.parametrize("seed", range(5))
def test_every_place_is_found_whether_words_are_whole_or_cut(seed: int) -> None:
    chance = random.Random(seed)
    rare = [f"n{number}{end}" for number in range(30) for end in ("", "x", "xy")]
    text = " ".join(chance.choice(rare if chance.random() < 0.1 else WORDS) for _ in range(900))
    known = Occurrences(text)
    for _ in range(400):
        start = chance.randrange(len(text) - 40)
        words = text[start : start + chance.randrange(1, 40)]
        first = chance.randrange(start + 1)
        last = chance.randrange(start, len(text))
        read = read_through(text, words, first, last)
        assert list(known.between(words, first, last)) == read
        assert known.has(words, first, last) == bool(read)


def test_words_that_stand_nowhere_are_found_nowhere() -> None:
    text = "the kite of the valley " * 50
    known = Occurrences(text)
    assert list(known.between("of the alley", 0, len(text))) == []
    assert list(known.between("no kite of", 0, len(text))) == []


def test_the_part_with_the_fewest_places_is_told() -> None:
    known = Occurrences("the kite the kites the kite")
    into, places = known.fewest("kite the kites the") or (0, ())
    assert (into, list(places)) == (9, [13])
    assert known.fewest("kites") is None
    assert known.fewest("the yacht the") == (4, ())


@pytest.mark.parametrize("words", ["Acme flies of", "kite of Acme"])
def test_where_all_between_are_common_the_ends_tell_more(words: str) -> None:
    """A first word may be the end of a longer one, a last one the beginning."""
    text = "“Acme flies of kite of Acme’s kite. " + "A kite of a kite flies of kites. " * 50
    found = Occurrences(text).fewest(words)
    assert found
    into, known = found
    assert [at - into for at in known] == [text.index(words)]


@pytest.mark.parametrize("after", [0, 40, 400])
def test_words_are_had_however_many_like_them_stand_before(after: int) -> None:
    """Where the first looks find nothing, all of the stretch is looked at, and no more."""
    many = "the kite of the roof " * after
    text = f"{many}the kite of the valley {many}"
    at = len(many)
    known = Occurrences(text)
    assert known.has("kite of the val", 0, len(text))
    assert known.has("kite of the val", at + 4, at + 5)
    assert not known.has("kite of the val", 0, at + 4)
    assert not known.has("kite of the val", at + 5, len(text))
