"""What profile.toml may say of targets: every slip is told at once, with its path and its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plfkit import Profile, load_profile
from plfkit.errors import DocumentError

WRONG = """schema_version = 1
id = "x"
label = { da = "X-by", en = "X-town" }

[indicators.a]
label = { da = "Med i fællesskab", en = "In a community" }
measure = "membership_coverage"
direction = "up"
target = { value = 0.9, source = "decided", by = "2027/28", each = "schol", needs = 1.5 }
baseline = { value = 0.6, period = "2028/29" }

[indicators.a.steps]
"2025/26" = 0.8
"2026/27" = 0.7
"2027/28" = 0.85
"2029/30" = 0.95
"26/28" = 0.6

[indicators.b]
label = { da = "Tæthed", en = "Density" }
measure = "density"
direction = "down"
target = { value = 0.2, source = "proposed", by = "2027", needs = 0.5 }

[indicators.c]
label = { da = "Gengældt", en = "Returned" }
measure = "reciprocity"
arguments = { by = "level" }
direction = "down"
target = { value = 0.2, source = "proposed", each = "school" }
steps = { "2025/26" = 0.4 }
"""


def find_problems(text: str, folder: Path) -> dict[str, int | None]:
    """Write a profile and load it: what is refused, with the lines."""
    file = folder / "profile.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_profile(str(file))
    return {
        f"{'.'.join(problem.path)}: {problem.message}": problem.line
        for problem in caught.value.problems
    }


def test_every_slip_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    """Years that are none, come too late or go back, parts there are not, shares there cannot be."""
    told = find_problems(WRONG, tmp_path)
    expected = {
        "a.target.each: there is no 'schol' here, did you mean": 9,
        'a.target.needs: it is "all", or a share above 0 and up to 1, not 1.5': 9,
        "a.baseline.period: 2028/29 is not before 2027/28": 10,
        "a.steps.2026/27: the step 0.7 does not lie above that of 2025/26, 0.8": 14,
        "a.steps.2027/28: 2027/28 is not before 2027/28": 15,
        "a.steps.2029/30: 2029/30 is not before 2027/28": 16,
        "a.steps.2029/30: the step 0.95 goes further than the target, 0.9": 16,
        "a.steps.26/28: '26/28' is no school year": 17,
        "b.target.by: '2027' is no school year": 23,
        "b.target.needs: it says of how many parts": 23,
        "c.target.each: the figure is computed by 'level' already": 30,
        "c.steps: steps lead to a target with a year": 31,
    }
    for start, line in expected.items():
        (found,) = [text for text in told if text.startswith(f"indicators.{start}")]
        assert told[found] == line, found
    assert len(told) == len(expected)


@pytest.mark.parametrize(
    ("direction", "steps", "path"),
    [
        ("up", {"2024/25": 0.6, "2025/26": 0.6}, "2025/26"),
        ("down", {"2024/25": 0.95, "2025/26": 0.97}, "2025/26"),
        ("down", {"2025/26": 0.97, "2024/25": 0.95}, "2025/26"),
        ("up", {"2024/25": 0.6, "24/25": 0.7}, "24/25"),
        ("down", {"2024/25": 0.8}, "2024/25"),
    ],
)
def test_steps_lead_towards_the_target(
    manifest: dict[str, Any], direction: str, steps: dict[str, float], path: str
) -> None:
    """Upwards each lies above the one before, downwards below it, and none beyond the target."""
    manifest["indicators"]["coverage"] |= {
        "direction": direction,
        "target": {"value": 0.9, "source": "decided", "by": "2027/28"},
        "steps": steps,
    }
    with pytest.raises(DocumentError) as caught:
        Profile.from_document(manifest)
    assert [p.path for p in caught.value.problems] == [("indicators", "coverage", "steps", path)]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_what_fits_loads_and_comes_back(manifest: dict[str, Any], direction: str) -> None:
    """A dated target for each school with baseline and steps is the same after a round trip."""
    up = direction == "up"
    manifest["indicators"]["coverage"] |= {
        "direction": direction,
        "target": {
            "value": 0.9 if up else 0.1,
            "source": "decided",
            "by": "2027/28",
            "each": "school",
            "needs": 0.8,
        },
        "baseline": {"value": 0.5, "period": "2024/25"},
        "steps": {"2026/27": 0.8 if up else 0.2, "2025/26": 0.7 if up else 0.3},
    }
    profile = Profile.from_document(manifest)
    assert profile.indicators["coverage"].each == "school"
    assert Profile.from_document(profile.to_document()) == profile


@pytest.mark.parametrize(
    ("needs", "message"), [("most", 'expected "all" or a number'), (True, "finite number")]
)
def test_needs_is_all_or_a_number(manifest: dict[str, Any], needs: Any, message: str) -> None:
    """Another word, or a yes, is refused where it stands."""
    target = {"value": 0.9, "source": "decided", "each": "school", "needs": needs}
    manifest["indicators"]["coverage"]["target"] = target
    with pytest.raises(DocumentError, match=message) as caught:
        Profile.from_document(manifest)
    assert caught.value.problems[0].path == ("indicators", "coverage", "target", "needs")
