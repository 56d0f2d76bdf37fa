"""What a step of scrolling costs: our grid and Glide Data Grid (canvas), on the same rows, in the same browser, in one run.

    cd ui && npm run build:bench && cd .. && python -m benchmarks.ui.scroll

A step is one wheel event or one jump of the scroll bar, drawn to its end. CPU is what the page's main thread worked for it, and
what all processes of the browser did together; long tasks are those of more than 200 ms.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import CDPSession, Page, sync_playwright

BUILD = Path(__file__).parents[2] / "ui/node_modules/.bench"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH, HEIGHT = 1440, 820
LONG_TASK_MS = 200

WATCH_LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(({duration}) => duration)))
    .observe({type: "longtask", buffered: true});
"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
SCROLLER = {
    "ours": "document.querySelector('[role=grid] > div')",
    "glide": "document.querySelector('.dvn-scroller')",
}
JUMP = (
    "([selector, share]) => { const it = eval(selector); it.scrollTop = share * (it.scrollHeight - it.clientHeight); }"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the built page and says nothing."""

    def log_message(self, *args: Any, **kwargs: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Meter:
    """CPU time of the page and of the browser, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        # CPU time of the thread, not time on the clock: other programs of the machine do not count.
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.browser = next(
            child
            for child in psutil.Process().children(recursive=True)
            if "--remote-debugging" in " ".join(child.cmdline())
        )

    def main_thread(self) -> float:
        """Milliseconds that the main thread has worked for tasks."""
        metrics = {each["name"]: each["value"] for each in self.session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    def heap_mb(self) -> float:
        """The page's own objects, after a collection."""
        self.session.send("HeapProfiler.collectGarbage")
        return float(self.session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    def all_processes(self) -> float:
        """Milliseconds of CPU of the browser and its children."""
        total = 0.0
        for process in (self.browser, *self.browser.children(recursive=True)):
            times = process.cpu_times()
            total += times.user + times.system
        return total * 1000

    def measure(self, steps: int, step: Any) -> dict[str, float]:
        """CPU per step of `step(number)`."""
        self.page.evaluate("longTasks.length = 0")
        before = self.main_thread(), self.all_processes()
        for number in range(steps):
            step(number)
            self.page.evaluate(TWO_FRAMES)
        after = self.main_thread(), self.all_processes()
        long_tasks = [each for each in self.page.evaluate("longTasks") if each > LONG_TASK_MS]
        return {
            "main_ms": round((after[0] - before[0]) / steps, 2),
            "all_ms": round((after[1] - before[1]) / steps, 2),
            "long_tasks": len(long_tasks),
        }


def jump_top(page: Page, grid: str) -> None:
    """Back to the first row, until it is drawn."""
    page.evaluate(JUMP, [SCROLLER[grid], 0])
    page.wait_for_timeout(300)


def measure_grid(page: Page, base: str, grid: str, steps: int, rows: int) -> dict[str, Any]:
    """All numbers of one grid."""
    page.add_init_script(WATCH_LONG_TASKS)
    page.goto(f"{base}/grid-bench.html?grid={grid}&rows={rows}")
    page.wait_for_function(f"() => {{ const it = {SCROLLER[grid]}; return it && it.scrollHeight > 100_000; }}")
    page.wait_for_timeout(500)
    meter = Meter(page)
    page.mouse.move(WIDTH / 2, HEIGHT / 2)
    wheel = page.mouse.wheel
    jump = [(number * 7919 % steps + 0.5) / steps for number in range(steps)]
    result: dict[str, Any] = {"heap_before_mb": round(meter.heap_mb(), 1)}
    result["wheel 3 rows"] = meter.measure(steps, lambda _: wheel(0, 102))
    result["wheel 20 rows"] = meter.measure(steps, lambda _: wheel(0, 680))
    result["sideways"] = meter.measure(steps, lambda number: wheel(120 if number % 40 < 20 else -120, 0))
    result["jump"] = meter.measure(steps, lambda number: page.evaluate(JUMP, [SCROLLER[grid], jump[number]]))
    # A cell is chosen, and a text typed into its editor: a step is a key.
    jump_top(page, grid)
    page.mouse.click(WIDTH / 2, HEIGHT / 2)
    result["type"] = meter.measure(steps, lambda number: page.keyboard.press("abcdefghij"[number % 10]))
    page.keyboard.press("Escape")
    result["arrow keys"] = meter.measure(steps, lambda _: page.keyboard.press("ArrowDown"))
    result["idle"] = meter.measure(steps, lambda _: None)
    result["heap_after_mb"] = round(meter.heap_mb(), 1)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--grids", nargs="*", default=["ours", "glide"])
    arguments = parser.parse_args()
    results: dict[str, Any] = {}
    with served(BUILD) as base, sync_playwright() as playwright:
        for grid in arguments.grids:
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.on("pageerror", lambda error: print("error:", error))
            results[grid] = measure_grid(page, base, grid, arguments.steps, arguments.rows)
            browser.close()
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
