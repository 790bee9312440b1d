"""The yearly total and the 80 % interval: how far off, and how often held.

`report` takes cuts of ranking.py with their shares and prints the errors of the yearly total and, by band of
the expectation, how surely the interval holds what came: with the shipped constants, and with those of a
grid that hold best on the other repositories.
"""
import numpy as np
from scipy.stats import nbinom

BANDS = np.array([0, 0.03, 0.1, 0.3, 1, 3, 10, np.inf])
SHIPPED = (0.18, 3.0)
GRID = [(floor, few) for floor in (0.1, 0.12, 0.15, 0.18, 0.21, 0.25, 0.3) for few in (0, 1, 2, 3, 4, 6)]


def rate(ages, half_life):
    return np.log(2) * 365 / half_life * np.sum(2.0 ** (-ages / half_life))


def yearly_total(ages, weight=3.0, half_life=730.0):
    """Incidents to expect in a year; ages in days of those that take part."""
    recent = 0.5 * np.sum(ages < 365) + 0.5 * rate(ages, 90)
    years = half_life / np.log(2) / 365 * (1 - 2.0 ** (-max(ages, default=0) / half_life))
    longer = np.sum(2.0 ** (-ages / half_life)) / max(years, 0.5)
    return (recent * recent + weight * longer) / (recent + weight)


def held(mean, shape, came):
    """The part of each count's step of the distribution function that lies between .1 and .9."""
    count, success = np.floor(came + 0.5), shape / (shape + mean)
    above = nbinom.cdf(count, shape, success)
    below = np.where(count > 0, nbinom.cdf(count - 1, shape, success), 0)
    step = above - below
    part = (np.minimum(above, 0.9) - np.maximum(below, 0.1)) / np.where(step > 0, step, 1)
    return np.where(step > 0, np.clip(part, 0, 1), 0)


def units(cut, share, level):
    """Shares and counts of files, folders or areas."""
    if level == "files":
        return share, cut.came
    groups = cut.folders if level == "folders" else cut.areas
    return np.bincount(groups, share), np.bincount(groups, cut.came)


def sums(cuts, shares, level, constants):
    """Per repository and band: units, and how many of them were held; what was expected and what came."""
    floor, few = constants
    out = {}
    for cut, share in zip(cuts, shares):
        share, came = units(cut, share, level)
        total = yearly_total(cut.ages)
        mean = np.maximum(total * share, 1e-12)
        shape = 1 / (1 / (1 + (20 + cut.w.sum()) * share) + floor + few / (total + 1))
        band = np.digitize(mean, BANDS) - 1
        rows = out.setdefault(cut.repository, np.zeros((4, len(BANDS) - 1)))
        for row, values in zip(rows, (np.ones(len(mean)), held(mean, shape, came), mean, came)):
            np.add.at(row, band, values)
    return out


def distance(tables, without):
    """Squared distance from .80 over the bands with 100 units or more."""
    total = 0
    for table in tables:
        count, inside = sum(rows for name, rows in table.items() if name != without)[:2]
        enough = count >= 100
        total += np.sum((inside[enough] / count[enough] - 0.8) ** 2)
    return total


def report(cuts, shares):
    errors = {"last year": [], "total": []}
    for cut in cuts:
        if cut.coming >= 6:
            errors["last year"].append(abs(np.sum(cut.ages < 365) - cut.coming) / cut.coming)
            errors["total"].append(abs(yearly_total(cut.ages) - cut.coming) / cut.coming)
    print(*(f"error of {name}: median {np.median(it):.3f}, mean {np.mean(it):.3f};" for name, it in errors.items()))
    levels = ("areas", "folders", "files")
    tables = {pair: [sums(cuts, shares, level, pair) for level in levels[:2]] for pair in GRID}
    best = {name: min(GRID, key=lambda pair: distance(tables[pair], name)) for name in tables[GRID[0]][0]}
    print("constants left out:", *sorted(best.values()))
    print(" " * 22, *(f"{low:>6g}-" for low in BANDS[:-1]))
    for level in levels:
        shipped = sum(sums(cuts, shares, level, SHIPPED).values())
        print(f"{level:22}", *(f"{count:7.0f}" for count in shipped[0]))
        print("  shipped constants   ", *(f"{inside / max(count, 1):7.3f}" for count, inside in shipped[:2].T))
        print("  came / expected     ", *(f"{came / max(mean, 1e-9):7.2f}" for mean, came in shipped[2:].T))
        if level != "files":
            place = levels.index(level)
            left_out = sum(tables[pair][place][name] for name, pair in best.items())
            print("  constants left out  ", *(f"{inside / max(count, 1):7.3f}" for count, inside in left_out[:2].T))
