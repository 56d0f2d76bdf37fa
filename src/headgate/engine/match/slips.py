"""Which misspellings of a word are slips of whoever typed it, and no other word.

Two real words are often one letter apart ("casado", "cansado"; "abgeschlossen", "angeschlossen"; "pagado", "pasado"), and no
list holds those of all languages. So only changes count that writers make without noticing: a letter left out, two
letters in each other's place, a letter doubled, and letters that sound alike.
"""

from __future__ import annotations

SHORTEST_TYPO = 6
"""A word of fewer letters has too many neighbours that are words themselves."""
_LONG = 8
"""Letters from which one vowel in place of another makes no other word, as a rule."""
_VOWELS = frozenset("aeiouy")
_SOUND_ALIKE = tuple(map(frozenset, ("sz", "sc", "cz", "ck", "kq", "bv", "vw", "iy", "ij", "dt", "mn", "gj", "fv")))


def is_slip(typed: str, meant: str) -> bool:
    """Whether one word (as `fold` gives it) is another one with a slip inside: neither its first letter, which may negate,
    nor its last one alone, which makes other forms ("trainee", "trainer")."""
    return (
        min(len(typed), len(meant)) >= SHORTEST_TYPO
        and typed.isalpha()
        and meant.isalpha()
        and typed[0] == meant[0]
        and typed != meant
        and within_one_edit(typed, meant)
        and not _only_its_ending(typed, meant)
        and _goes_unnoticed(typed, meant)
    )


def within_one_edit(one: str, other: str) -> bool:
    """Whether two texts are equal but for one character more, less or another, or two neighbours in each other's place."""
    at = shared_beginning(one, other)
    if len(one) == len(other):
        return one[at + 1 :] == other[at + 1 :] or (
            one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        )
    shorter, longer = sorted((one, other), key=len)
    return longer[at + 1 :] == shorter[at:]


def shared_beginning(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning on."""
    at = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        at += 1
    return at


def _goes_unnoticed(typed: str, meant: str) -> bool:
    at = shared_beginning(typed, meant)
    if len(typed) < len(meant):
        return True
    if len(typed) > len(meant):
        # The last letter that both share may be the one that is doubled; "ae" is how "ä" is typed elsewhere.
        return typed[at] == typed[at - 1] or (typed[at] == "e" and typed[at - 1] in "aou")
    if typed[at + 1 :] != meant[at + 1 :]:
        return True
    pair = frozenset((typed[at], meant[at]))
    return pair in _SOUND_ALIKE or (pair <= _VOWELS and min(len(typed), len(meant)) >= _LONG)


def _only_its_ending(word: str, other: str) -> bool:
    """Whether two words differ in their last letters only: endings make other forms ("trainee", "suspensão"), unless
    it is a letter written once instead of twice ("unbekant")."""
    same, longer = shared_beginning(word, other), max(word, other, key=len)
    doubled = len(word) != len(other) and 0 < same < len(longer) - 1 and longer[same] == longer[same - 1]
    return same >= min(len(word), len(other)) - 1 and not doubled
