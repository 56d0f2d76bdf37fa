"""Records are to all who use them what the standard library's dataclasses are; each case is tried with both."""

from __future__ import annotations

import dataclasses
import inspect
import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from headgate import records

Decorator = Callable[..., Any]


class Kinds:
    """One of each kind of class that there is, made by one decorator."""

    def __init__(self, dataclass: Decorator) -> None:
        @dataclass(frozen=True)
        class Frozen:
            """Two values, one of which is not compared and one not shown."""

            name: str
            size: int = field(default=0, compare=False)
            secret: str = field(default="", repr=False)

        @dataclass(frozen=True)
        class One:
            """A single value."""

            value: Any

        @dataclass(frozen=True)
        class Nothing:
            """No value."""

        @dataclass
        class Open:
            """What may be changed."""

            values: list[Any] = field(default_factory=list)

        @dataclass(frozen=True, eq=False)
        class Itself:
            """Equal to nothing else."""

            name: str

        @dataclass(frozen=True, slots=True)
        class Slotted:
            """Without a dictionary."""

            name: str
            size: int

        @dataclass(frozen=True, kw_only=True)
        class Named:
            """Made by names."""

            size: int = 0
            name: str

        @dataclass(frozen=True)
        class Heir(Frozen):
            """More than its base."""

            extra: int = 1

        @dataclass(frozen=True)
        class Own:
            """With methods of its own."""

            name: str

            def __eq__(self, other: object) -> bool:
                return isinstance(other, Own)

            def __hash__(self) -> int:
                return 7

            def __repr__(self) -> str:
                return "own"

        @dataclass(frozen=True)
        class OwnEqual:
            """With an equality of its own, to which the hash is left."""

            name: str

            def __eq__(self, other: object) -> bool:
                return isinstance(other, OwnEqual)

        @dataclass(frozen=True)
        class Checked(Frozen):
            """With parameters of every kind, and what is done when an object is made."""

            sizes: list[int] = field(default_factory=list)
            made: list[str] = field(default_factory=list, init=False)
            kind: str = field(default="checked", init=False)
            label: str = field(default="none", kw_only=True)

            def __post_init__(self) -> None:
                self.made.append(self.name)

        class OfItsOwn(Frozen):
            """No record itself, made in a way of its own."""

            def __init__(self, name: str) -> None:
                super().__init__(name.upper(), size=len(name))

        self.checked, self.of_its_own = Checked, OfItsOwn
        self.frozen, self.one, self.nothing, self.open, self.itself = Frozen, One, Nothing, Open, Itself
        self.slotted, self.named, self.heir, self.own, self.own_equal = Slotted, Named, Heir, Own, OwnEqual


@pytest.fixture(params=[dataclasses.dataclass, records.dataclass], ids=["standard library", "headgate"])
def kinds(request: pytest.FixtureRequest) -> Kinds:
    return Kinds(request.param)


def test_what_is_compared_makes_objects_equal_and_their_hashes(kinds: Kinds) -> None:
    one, other = kinds.frozen("a", 1), kinds.frozen("a", 2)
    assert one == other
    assert hash(one) == hash(other)
    assert one != kinds.frozen("b", 1)
    assert {one: "found"}[other] == "found"


def test_objects_of_another_class_are_never_equal(kinds: Kinds) -> None:
    assert kinds.heir("a") != kinds.frozen("a")
    assert kinds.one("a") != ("a",)
    assert kinds.frozen("a").__eq__("a") is NotImplemented


def test_a_value_is_equal_to_itself_even_when_it_says_otherwise(kinds: Kinds) -> None:
    nan = float("nan")
    assert kinds.one(nan) == kinds.one(nan)
    assert kinds.open([nan]) == kinds.open([nan])


def test_objects_without_values_are_all_equal(kinds: Kinds) -> None:
    assert kinds.nothing() == kinds.nothing()
    assert hash(kinds.nothing()) == hash(kinds.nothing())
    assert repr(kinds.nothing()).endswith("Nothing()")


def test_what_may_be_changed_has_no_hash(kinds: Kinds) -> None:
    assert kinds.open([1]) == kinds.open([1])
    with pytest.raises(TypeError, match="unhashable"):
        hash(kinds.open())


def test_a_value_that_cannot_be_hashed_makes_an_object_that_cannot(kinds: Kinds) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(kinds.one([]))


def test_without_equality_an_object_is_equal_to_itself_alone(kinds: Kinds) -> None:
    one = kinds.itself("a")
    assert one == one
    assert one != kinds.itself("a")
    assert len({one, kinds.itself("a")}) == 2


def test_an_object_shows_what_may_be_shown(kinds: Kinds) -> None:
    assert repr(kinds.frozen("a", 1, "hidden")).endswith("Frozen(name='a', size=1)")
    assert repr(kinds.heir("a", 1, "hidden")).endswith("Heir(name='a', size=1, extra=1)")


def test_an_object_that_holds_itself_can_be_shown(kinds: Kinds) -> None:
    one = kinds.open()
    one.values.append(one)
    assert repr(one).endswith("Open(values=[...])")


def test_what_a_class_says_itself_stays(kinds: Kinds) -> None:
    assert (repr(kinds.own("a")), hash(kinds.own("a"))) == ("own", 7)
    assert kinds.own("a") == kinds.own("b")
    assert kinds.own_equal("a") == kinds.own_equal("b")
    assert hash(kinds.own_equal("a")) == hash(kinds.own_equal("a"))


def test_slots_names_replacements_and_dictionaries_work(kinds: Kinds) -> None:
    slotted = kinds.slotted("a", 1)
    assert not hasattr(slotted, "__dict__")
    assert slotted == kinds.slotted("a", 1) != kinds.slotted("a", 2)
    assert hash(slotted) == hash(kinds.slotted("a", 1))
    assert dataclasses.asdict(dataclasses.replace(slotted, size=5)) == {"name": "a", "size": 5}
    assert dataclasses.astuple(kinds.named(name="a")) == (0, "a")
    with pytest.raises(TypeError):
        kinds.named("a")


def test_objects_are_made_of_values_defaults_and_what_the_class_adds(kinds: Kinds) -> None:
    one, other = kinds.checked("a", sizes=[1], label="x"), kinds.checked("b")
    assert dataclasses.astuple(one) == ("a", 0, "", [1], ["a"], "checked", "x")
    assert dataclasses.astuple(other) == ("b", 0, "", [], ["b"], "checked", "none")
    assert dataclasses.replace(one, label="y") == kinds.checked("a", sizes=[1], label="y")
    with pytest.raises(TypeError, match=r"Checked\.__init__\(\) missing 1 required positional argument: 'name'"):
        kinds.checked()
    with pytest.raises(TypeError, match="unexpected keyword argument 'kind'"):
        kinds.checked("a", kind="other")


def test_a_class_that_is_asked_before_it_is_used_says_what_it_has(kinds: Kinds) -> None:
    names = ["name", "size", "secret", "sizes", "made", "kind", "label"]
    assert [one.name for one in dataclasses.fields(kinds.checked)] == names
    assert dataclasses.is_dataclass(kinds.nothing)
    assert [*inspect.signature(kinds.frozen).parameters] == ["name", "size", "secret"]
    assert inspect.signature(kinds.named).parameters["name"].kind is inspect.Parameter.KEYWORD_ONLY
    assert kinds.heir.__match_args__ == ("name", "size", "secret", "extra")
    assert kinds.named.__match_args__ == ()
    assert kinds.open.__hash__ is None


def test_a_class_below_a_record_makes_it_in_its_own_way(kinds: Kinds) -> None:
    assert kinds.of_its_own("a").name == "A"
    match kinds.of_its_own("abc"):
        case kinds.frozen(name, size):
            assert (name, size) == ("ABC", 3)


def test_an_object_that_no_class_has_made_can_be_compared_and_shown(kinds: Kinds) -> None:
    one, other = object.__new__(kinds.frozen), object.__new__(kinds.frozen)
    for copy in (one, other):
        copy.__dict__.update(name="a", size=1, secret="s")
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one).endswith("Frozen(name='a', size=1)")


@pytest.mark.parametrize("number", range(20))
def test_threads_that_use_a_class_at_once_find_it_whole(number: int) -> None:
    kinds, found, together = Kinds(records.dataclass), [], threading.Barrier(8)

    def use() -> None:
        together.wait()
        found.append(kinds.checked("a", sizes=[number]))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [kinds.checked("a", sizes=[number])] * 8


@records.dataclass(frozen=True, slots=True)
class Sent:
    """What goes to another process."""

    name: str
    parts: tuple[int, ...] = ()


def test_a_record_can_be_sent_to_another_process() -> None:
    sent = Sent("a", (1, 2))
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own bytes


def test_headgate_makes_no_class_by_code_of_the_standard_library_while_it_starts() -> None:
    """Each class that does costs a start 0.3 ms, or 0.1 if it is not used."""
    code = """
import dataclasses, json, sys
made, make = [], dataclasses._process_class
def noted(cls, init, repr, eq, *others):
    if init or repr or eq:
        made.append(f"{cls.__module__}.{cls.__qualname__}")
    return make(cls, init, repr, eq, *others)
dataclasses._process_class = noted
import headgate.api, headgate.server.run, headgate.imports.worker
print(json.dumps([name for name in made if name.startswith("headgate.")]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
