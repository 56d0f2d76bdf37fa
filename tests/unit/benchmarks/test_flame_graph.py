"""The flame graph shows what can be read, and nothing of the machine that drew it."""

from __future__ import annotations

from xml.etree import ElementTree as XmlTree

from benchmarks.flame_graph import DEEPEST, readable


def drawing(*frames: tuple[str, str, int]) -> str:
    drawn = "".join(
        f'<g><title>{name} ({share})</title><rect y="{100 + 16 * depth}"/></g>' for name, share, depth in frames
    )
    parts = "".join(f'<text id="{name}"/>' for name in ("details", "unzoom", "search", "matched"))
    return (
        '<?xml version="1.0" standalone="no"?><svg width="1200" height="3000" viewBox="0 0 1200 3000" onload="init(evt)" '
        'xmlns="http://www.w3.org/2000/svg"><script>init = 1</script>'
        f'<text id="title">py-spy record -- /home/somebody/python</text>{parts}'
        f'<svg id="frames">{drawn}</svg></svg>'
    )


def test_only_frames_that_can_be_read_are_kept_and_the_picture_ends_below_them() -> None:
    made = readable(
        drawing(
            ("all", "1,387 samples, 100%", 0),
            ("read", "50 samples, 3.60%", 1),
            ("narrow", "1 sample, 0.07%", 2),
            ("deep", "50 samples, 3.60%", DEEPEST + 1),
        ),
        "A title",
    )
    root = XmlTree.fromstring(made)  # noqa: S314 — made above
    assert [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")] == [
        "all (1,387 samples, 100%)",
        "read (50 samples, 3.60%)",
    ]
    assert root.get("viewBox") == "0 0 1200 180"
    assert "A title" in made
    assert "somebody" not in made
    assert "init" not in made
