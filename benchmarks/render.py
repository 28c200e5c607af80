"""The measured rows as text, as Markdown between markers, and as an SVG chart."""

import math
import re
from html import escape

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def number(value):
    if value is None:
        return "—"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _target(figure, name):
    wanted = figure[name]
    return "—" if wanted is None else f"{wanted:g}"


def figure_line(figure):
    span = f"{number(figure['low'])} – {number(figure['high'])}"
    return [figure["title"], f"{number(figure['median'])} {figure['unit']}", span, _target(figure, "reach"),
            _target(figure, "aim"), figure["verdict"]]


HEADINGS = ["what", "median", "min – max", "reach at least", "aim for", "verdict"]


def console_table(results):
    lines = [HEADINGS] + [figure_line(figure) for result in results for figure in result["figures"]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def console_sides(result):
    parts = [f"{name} {number(side['median'])}" for name, side in result["sides"].items()]
    return f"{', '.join(parts)} {result['unit']}"


def _markdown_table(headings, lines):
    rows = [headings, ["---"] * len(headings)] + lines
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def markdown(results, conditions):
    figures = [figure_line(figure) for result in results for figure in result["figures"]]
    sides = [
        [result["key"], name, number(side["median"]), f"{number(side['low'])} – {number(side['high'])}", result["unit"],
         str(result["rounds"]), f"{result['others']:.0%}"]
        for result in results for name, side in result["sides"].items()
    ]
    return "\n\n".join([
        conditions,
        _markdown_table(HEADINGS, figures),
        "The values behind the ratios:",
        _markdown_table(["row", "side", "median", "min – max", "unit", "rounds", "CPU taken by others"], sides),
    ])


def put_between_markers(page, text):
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    if not pattern.search(page):
        raise ValueError(f"the page has no {BEGIN} ... {END}")
    return pattern.sub(lambda _: f"{BEGIN}\n\n{text}\n\n{END}", page)


# The chart: two panels of bars, both on a logarithmic axis.

WIDTH, LABEL, RIGHT, BAR, GAP, TOP = 860, 250, 90, 16, 8, 58
OURS, PEER, INK, GRID, MUTED = "#2563c9", "#a3adba", "#1f2733", "#e2e6eb", "#5b6675"


def _value(results, key, side):
    return next((r["sides"][side]["median"] for r in results if r["key"] == key and side in r["sides"]), None)


def _isolation_bars(results):
    wanted = [
        ("cordon, 2 jobs", "fork-j2", "cordon", OURS), ("bare fork+wait, 2 in flight", "fork-j2", "bare loop", PEER),
        ("cordon, 1 job", "fork-j1", "cordon", OURS), ("bare fork+wait, 1 in flight", "fork-j1", "bare loop", PEER),
        ("CppUTest -p", "forking-peers", "CppUTest", PEER), ("Check, CK_FORK", "forking-peers", "Check", PEER),
        ("ctest -j2 over doctest", "ctest", "ctest", PEER), ("Criterion -j2", "criterion", "Criterion", PEER),
    ]
    return [(label, value, colour) for label, key, side, colour in wanted
            if (value := _value(results, key, side)) is not None]


def _doctest_bars(results):
    wanted = [
        ("100,000 tests, shard", "shard"), ("one test, whole process", "one-test"), ("including the header", "header"),
        ("250 tests, 2,000 checks: compile", "test-file"), ("engine's file: compile", "engine-file"),
        ("one passing CHECK", "check-cost"),
    ]
    bars = []
    for label, key in wanted:
        ours, theirs = _value(results, key, "cordon"), _value(results, key, "doctest")
        if ours is not None and theirs is not None:
            bars.append((label, ours / theirs, OURS))
    return bars


def _text(x, y, content, size=12, anchor="start", weight="normal", fill=INK):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
            f'fill="{fill}">{escape(content)}</text>')


def _ticks(low, high):
    steps = [base * 10**power for power in range(-4, 6) for base in (1, 2, 5)]
    ticks = [step for step in steps if low <= step <= high]
    return ticks if len(ticks) <= 9 else [tick for tick in ticks if math.log10(tick).is_integer()]


def _panel(title, note, bars, top, mark=None):
    """One panel as SVG parts, with the height it takes. `mark` draws a heavier line at that value."""
    values = [value for _, value, _ in bars] + ([mark] if mark else [])
    low, high = min(values) / 1.6, max(values) * 1.15
    span = WIDTH - LABEL - RIGHT
    place = lambda value: LABEL + span * (math.log(value) - math.log(low)) / (math.log(high) - math.log(low))
    bottom = top + TOP + len(bars) * (BAR + GAP)
    parts = [_text(20, top + 22, title, 15, weight="600"), _text(20, top + 40, note, 12, fill=MUTED)]
    for tick in _ticks(low, high):
        parts.append(f'<line x1="{place(tick):.1f}" y1="{top + TOP - 6}" x2="{place(tick):.1f}" y2="{bottom}" '
                     f'stroke="{GRID}"/>')
        parts.append(_text(place(tick), bottom + 14, f"{tick:g}", 11, "middle", fill=MUTED))
    for index, (label, value, colour) in enumerate(bars):
        y = top + TOP + index * (BAR + GAP)
        parts.append(_text(LABEL - 10, y + 12, label, 12, "end"))
        left, right = sorted((place(mark) if mark else LABEL, place(value)))
        parts.append(f'<rect x="{left:.1f}" y="{y}" width="{max(right - left, 1):.1f}" height="{BAR}" rx="2" '
                     f'fill="{colour}"/>')
        parts.append(_text(max(right, place(value)) + 6, y + 12, number(value), 12, weight="600"))
    if mark:
        parts.append(f'<line x1="{place(mark):.1f}" y1="{top + TOP - 6}" x2="{place(mark):.1f}" y2="{bottom}" '
                     f'stroke="{INK}" stroke-width="1.5"/>')
    return parts, bottom + 30 - top


def chart(results):
    """The SVG text, or None when the rows measured so far fill no panel."""
    panels = [
        ("A process per trivial test", "microseconds a test, whole run, logarithmic; shorter is better",
         _isolation_bars(results), None),
        ("Against doctest in one process", "cordon's cost divided by doctest's, logarithmic; left of the line is cheaper",
         _doctest_bars(results), 1.0),
    ]
    parts, height = [], 10
    for title, note, bars, mark in panels:
        if bars:
            drawn, taken = _panel(title, note, bars, height, mark)
            parts += drawn
            height += taken + 10
    if not parts:
        return None
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="system-ui, -apple-system, Segoe UI, Roboto, sans-serif" role="img" '
        'aria-label="Benchmarks of cordon against its peers">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>', *parts, "</svg>", ""])
