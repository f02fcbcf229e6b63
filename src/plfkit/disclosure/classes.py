"""Classes: a count of people is told as the class of a fixed grid that it lies in.

The grid depends on head counts alone. Every class holds so many counts that nothing follows for fewer
than k people; the first and the last do too, and that is why nearest rounding would not do: a cell that
rounds to 0 would say "none of these four".
"""

from __future__ import annotations

Span = tuple[int, int]
"""From how many to how many; the ends included."""


def find_class(count: int, span: Span, width: int) -> Span:
    """Return the class of a count, of a grid over all counts that are possible.

    All classes have nearly the same size, and at least `width`. Where two such do not fit there is one,
    and nothing is told.

    Examples:
        Of 20 people 21 counts are possible; three classes of seven fit.

        >>> [find_class(count, (0, 20), 7) for count in (0, 6, 7, 20)]
        [(0, 6), (0, 6), (7, 13), (14, 20)]
    """
    least, most = span
    counts = most - least + 1
    classes = max(counts // width, 1)
    # 20 counts in three classes: these begin at 0/3, 20/3 and 40/3, rounded up to 0, 7 and 14.
    number = (count - least) * classes // counts
    begin, end = (-(-place * counts // classes) for place in (number, number + 1))
    return least + begin, least + end - 1


def find_total_class(count: int, span: Span, *, size: int, k: int) -> Span:
    """Return what is told of a total: itself, but near the ends of what is possible a class.

    Args:
        count: The total.
        span: Between what it must lie, by what is told of its parts.
        size: How many people it is of.
        k: The threshold.

    Examples:
        Of 100 people, of whom at least 20 have it by what is told of their schools:

        >>> [find_total_class(count, (20, 90), size=100, k=5) for count in (22, 25, 60, 97)]
        [(20, 24), (25, 25), (60, 60), (86, 90)]
    """
    least, most = span
    # Within k of what the parts allow the total would settle them.
    fewest, largest = find_total_limits(size, k)
    first, last = max(least + k, fewest), min(most - k, largest)
    if first > last:
        return find_class(min(max(count, least), most), span, k + 2)
    if count < first:
        return least, first - 1
    if count > last:
        return last + 1, most
    return count, count


def find_total_limits(size: int, k: int) -> Span:
    """Return between what a total must lie to be told itself, whatever is told of its parts.

    Near nobody and near everybody less than 2k − 2 would tell of all but three.

    Examples:
        >>> find_total_limits(100, k=5)
        (8, 92)
    """
    return 2 * k - 2, size - 2 * k + 2
