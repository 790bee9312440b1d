#!/usr/bin/env python3
"""Fits the constants of the ranking, every repository left out in turn.

    python3 xtask/experiments/recipe/ranking.py LIST.csv --debtscan target/release/debtscan --cache DIR

LIST.csv has the columns name, repository (path of a clone) and incidents (path of a CSV file). The
script runs `debtscan changes` once per repository and `debtscan --rev CUT --group file` once per
1 January, so that line counts, renames, file classes and complexity are the product's own. It needs
numpy and scipy. It prints the constants, the macro means, and differences with 95 % intervals
(repositories drawn anew, then cuts within); then the errors of the yearly total and how often the 80 %
interval holds. What it does is described in docs/ranking-evidence.md.
"""
import argparse, collections, csv, datetime, io, os, re, subprocess
import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

import interval as of_counts

DAY, YEAR = 86400, 365 * 86400
SOURCE = set("c h cc cpp cxx hh hpp java scala py rb js ts go rs pl kt groovy".split())
TEST = re.compile(r"(^|/)(tests?|testing|__tests__|spec|specs|test_data|testdata)(/|$)|[-_]tests?(/|\.)"
                  r"|Tests?\.(java|scala|py)$|TestCase\.java$|IT\.java$|(^|/)test_", re.I)
OTHER = re.compile(r"(^|/)(bench|benches|benchmarks?|jmh-benchmarks|fixtures|examples?|samples?|demos?|docs?"
                   r"|documentation|man|website|vendor|third_party)(/|$)", re.I)
FACTORS = ("work", "complexity", "growth", "tests", "folder", "companions")
METRICS = ("c10", "c20", "popt", "top10")


def first_of_january(year):
    return int(datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc).timestamp())


def seconds(text):
    if not text.strip():
        return None
    moment = datetime.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp())


class Repository:
    """The history and the yearly trees of one repository, as debtscan reads them."""

    def __init__(self, path, debtscan, cache):
        self.path, self.debtscan, self.cache = path, debtscan, cache
        log = self.run("git", "-C", path, "log", "HEAD", "--format=%H %ct")
        self.time = {line.split()[0]: int(line.split()[1]) for line in log.splitlines()}
        rows = csv.DictReader(io.StringIO(self.run(debtscan, "changes", path, "--format", "csv", "-q",
                                                   "--cache-dir", cache)))
        rows = sorted(rows, key=lambda row: self.time.get(row["commit"], 0))
        self.end = max(self.time.values())
        first = datetime.datetime.fromtimestamp(min(self.time.values())).year + 1
        years = range(first, datetime.datetime.fromtimestamp(self.end).year + 1)
        self.trees = {year: self.tree(year) for year in years}
        self.trees = {year: tree for year, tree in self.trees.items() if tree}
        self.follow(rows)

    @staticmethod
    def run(*command):
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              encoding="utf8", errors="replace").stdout

    def tree(self, year):
        """Source files on 1 January: path -> (lines, cognitive or None, indentation, area)."""
        commit = self.run("git", "-C", self.path, "rev-list", "--first-parent", "-1",
                          f"--before={year}-01-01T00:00:00Z", "HEAD").strip()
        if not commit:
            return None
        text = self.run(self.debtscan, self.path, "--rev", commit, "--group", "file", "--format", "csv", "-q",
                        "--top", "1000000", "--cache-dir", self.cache)
        number = lambda text: float(text or 0)
        return {row["path"]: (number(row["source_lines"]),
                              number(row["cognitive"]) if row["complexity_measure"] == "syntax-tree" else None,
                              number(row["indentation"]), row["area_id"])
                for row in csv.DictReader(io.StringIO(text))
                if row["class"] == "source" and row["present"] == "true" and number(row["source_lines"]) > 0}

    def follow(self, rows):
        """Numbers files across renames; remembers the numbers by path at every cut."""
        known = set().union(*self.trees.values()) if self.trees else set()
        is_source = lambda p: p in known or (p.rsplit(".", 1)[-1] in SOURCE and not OTHER.search(p)
                                             and not TEST.search(p))
        numbers, self.numbers, self.commits, self.of_commit = {}, {}, [], collections.defaultdict(list)
        count, years, start = 0, sorted(self.trees), 0
        while start < len(rows):
            commit = rows[start]["commit"]
            end = start
            while end < len(rows) and rows[end]["commit"] == commit:
                end += 1
            time = self.time.get(commit, 0)
            while years and first_of_january(years[0]) < time:
                self.numbers[years.pop(0)] = dict(numbers)
            new, touched, has_test = {}, {}, False
            for row in rows[start:end]:
                path = row["path"]
                number = numbers.get(row["old_path"] if row["kind"] == "renamed" else path)
                if number is None:
                    number, count = count, count + 1
                new[path] = number
                has_test |= bool(TEST.search(path)) and not is_source(path)
                if is_source(path):
                    added, deleted = touched.get(number, (0, 0))
                    touched[number] = (added + int(row["added"] or 0), deleted + int(row["deleted"] or 0))
            numbers.update(new)
            self.commits.append((time, touched, has_test))
            self.of_commit[commit].append(touched)
            start = end
        for year in years:
            self.numbers[year] = dict(numbers)

    def incidents(self, path):
        """(opened, known, {file: share}) of the incidents whose fix is in the history."""
        out = []
        for row in csv.DictReader(open(path, encoding="utf8")):
            fixes = [commit for commit in row["fix_commits"].split() if commit in self.time]
            if not fixes:
                continue
            times = [self.time[commit] for commit in fixes]
            told = seconds(row["opened_at"])
            lines = collections.Counter()
            for commit in fixes:
                for touched in self.of_commit[commit]:
                    for file, (added, deleted) in touched.items():
                        lines[file] += added + deleted
            total = sum(lines.values())
            if len(lines) <= 40 and total:
                opened = min(times) if told is None else told
                shares = {file: count / total for file, count in lines.items() if count}
                out.append((opened, max(times + [opened]), shares))
        return out


class Cut:
    """What is known of one repository and feed on one 1 January, and what came after."""

    def __init__(self, repository, year, incidents):
        tree, numbers = repository.trees[year], repository.numbers[year]
        now = first_of_january(year)
        paths = {}
        for path in sorted(tree):
            if path in numbers:
                paths.setdefault(numbers[path], path)
        ids = list(paths)
        self.paths = [paths[number] for number in ids]
        self.position = {number: position for position, number in enumerate(ids)}
        self.lines = np.array([tree[path][0] for path in self.paths])
        cognitive = [tree[path][1] for path in self.paths]
        self.indentation = np.array([tree[path][2] for path in self.paths])
        count = len(ids)
        work, tests, net, self.revisions = (np.zeros(count) for _ in range(4))
        self.recent = np.zeros(count)
        columns, rows, weights = [], [], []
        for number, (time, touched, has_test) in enumerate(repository.commits):
            age = (now - time) / DAY
            if age < 0:
                continue
            ranked = [self.position[file] for file in touched if file in self.position]
            if age < 365:
                for file, (added, deleted) in touched.items():
                    if file in self.position:
                        net[self.position[file]] += added - deleted
            if not touched or len(touched) > 50:
                continue
            work[ranked] += 2 ** (-age / 365) / len(touched)
            self.recent[ranked] += 2 ** (-age / 180)
            self.revisions[ranked] += age < 365
            if has_test:
                tests[ranked] += 2 ** (-age / 1460)
            if 1 < len(touched) <= 20:
                columns += [number] * len(ranked)
                rows += ranked
                weights += [(2 ** (-age / 730) / (len(touched) - 1)) ** 0.5] * len(ranked)
        together = sparse.csr_matrix((weights, (rows, columns)), shape=(count, len(repository.commits)))
        self.shared = (together @ together.T).tolil()
        self.shared.setdiag(0)
        self.shared = self.shared.tocsr()
        self.w, self.came = np.zeros(count), np.zeros(count)
        self.known = self.coming = 0
        self.ages, self.last = [], max((opened for opened, _, _ in incidents), default=0)
        for opened, known, shares in incidents:
            if known <= now and opened <= now:
                self.known += 1
                if any(file in self.position for file in shares):
                    self.ages.append((now - opened) / DAY)
                self.add(self.w, shares, 2 ** (-(now - known) / DAY / 1460))
            elif now < opened <= now + YEAR and known > now:
                self.coming += 1
                self.add(self.came, shares, 1.0)
        self.ages = np.array(self.ages)
        self.goes_on = self.last > now + YEAR
        self.areas = np.unique([tree[path][3] for path in self.paths], return_inverse=True)[1]
        relative = lambda values: values / self.lines / (values.sum() / self.lines.sum() or 1)
        read = np.array([value is not None for value in cognitive])
        cognitive = np.array([value or 0.0 for value in cognitive])
        mean = cognitive[read].sum() / (self.lines[read].sum() or 1)
        complexity = np.where(read & (mean > 0), cognitive / self.lines / (mean or 1), 1.0)
        growth = np.clip((self.lines + 10) / (np.maximum(self.lines - net, 0) + 10), 1 / 3, 3)
        self.trust = self.w.sum() / (self.w.sum() + 20)
        self.x = np.array([np.log(relative(work) + 0.05), np.log(complexity + 0.3), np.log(growth),
                           np.log(relative(tests) + 0.05), np.log(self.folder(work) + 0.05),
                           self.trust * np.log(self.companions() + 0.05)]).T
        self.folders = np.unique([path.rpartition("/")[0] for path in self.paths], return_inverse=True)[1]

    def add(self, to, shares, weight):
        for file, share in shares.items():
            if file in self.position:
                to[self.position[file]] += share * weight

    def folder(self, work):
        sums = collections.defaultdict(lambda: np.zeros(2))
        above = [["/".join(path.split("/")[:depth]) for depth in range(1, path.count("/") + 1)]
                 for path in self.paths]
        for position, folders in enumerate(above):
            for folder in folders:
                sums[folder] += work[position], self.lines[position]
        prior, mean, out = 0.03 * self.lines.sum(), work.sum() / self.lines.sum(), []
        for folders in above:
            rate = mean
            for folder in folders:
                rate = (sums[folder][0] + prior * rate) / (sums[folder][1] + prior)
            out.append(rate / (mean or 1))
        return np.array(out)

    def companions(self):
        if self.w.sum() == 0:
            return np.ones(len(self.w))
        mean = self.w.sum() / (self.lines + 50).sum()
        shared = np.asarray(self.shared.sum(1)).ravel()
        return (self.shared @ (self.w / (self.lines + 50)) + 0.5 * mean) / (shared + 0.5) / mean

    def weight(self):
        came = self.came.sum()
        return came / (1 + came / 20)


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def parts(b, cut):
    """b: log odds of the own part, six powers, power of the lines of the own part."""
    code = softmax(np.log(cut.lines) + cut.x @ b[1:7])
    own = cut.w * cut.lines ** b[7]
    own = own / own.sum() if own.sum() > 0 else code
    return cut.trust / (1 + np.exp(-b[0])), code, own


def predict(b, cut):
    omega, code, own = parts(b, cut)
    return (1 - omega) * code + omega * own


def fit(cuts, ridge=0.005):
    """Largest likelihood of where the incidents came, feeds weighing alike."""
    per_feed = collections.Counter(cut.feed for cut in cuts)
    weights = np.array([cut.weight() / per_feed[cut.feed] for cut in cuts])
    weights /= weights.sum()

    def loss(b):
        total, slope = 0.5 * ridge * b[1:] @ b[1:], np.r_[0, ridge * b[1:]]
        for cut, weight in zip(cuts, weights):
            omega, code, own = parts(b, cut)
            size, came = cut.lines / cut.lines.sum(), cut.came / cut.came.sum()
            share = 0.995 * ((1 - omega) * code + omega * own) + 0.005 * size
            total -= weight * (came @ np.log(share / size))
            pull = weight * 0.995 * came / share
            slope[0] -= (pull @ (own - code)) * omega * (1 - omega / cut.trust)
            on_code, on_own = pull * (1 - omega) * code, pull * omega * own
            slope[1:7] -= cut.x.T @ on_code - (cut.x.T @ code) * on_code.sum()
            logs = np.log(cut.lines)
            slope[7] -= logs @ on_own - (logs @ own) * on_own.sum()
        return total, slope

    return minimize(loss, np.r_[-1.5, np.full(6, 0.2), 0], jac=True, method="L-BFGS-B").x


def four_share(cut):
    change = np.sqrt(cut.lines) * cut.recent
    base = 0.3 * cut.lines / cut.lines.sum() + 0.7 * change / (change.sum() or 1)
    if cut.w.sum() == 0:
        return base
    of_folder = np.bincount(cut.folders, cut.w)[cut.folders] * base / np.bincount(cut.folders, base)[cut.folders]
    omega = 0.55 * cut.trust
    return (1 - omega) * base + omega * 0.5 * (cut.w + of_folder) / cut.w.sum()


def curve(score, lines, came):
    order = np.argsort(-score, kind="stable")
    step = np.cumsum(np.r_[True, np.diff(score[order]) != 0]) - 1
    share = lambda values: np.r_[0, np.cumsum(np.bincount(step, values[order]))] / values.sum()
    return share(lines), share(came)


def measure(score, cut):
    x, y = curve(score / cut.lines, cut.lines, cut.came)
    area, best = np.trapezoid(y, x), np.trapezoid(*curve(cut.came / cut.lines, cut.lines, cut.came)[::-1])
    first = np.argsort(-score, kind="stable")[:10]
    return np.interp(0.1, x, y), np.interp(0.2, x, y), (area - 1 + best) / (2 * best - 1), \
        cut.came[first].sum() / cut.came.sum()


def macro(values, cuts):
    feeds = collections.defaultdict(list)
    for value, cut in zip(values, cuts):
        feeds[cut.feed].append(value)
    return np.mean([np.mean(value, axis=0) for value in feeds.values()], axis=0)


def interval(difference, cuts, draws=2000):
    rng, by = np.random.default_rng(1), collections.defaultdict(lambda: collections.defaultdict(list))
    for value, cut in zip(difference, cuts):
        by[cut.repository][cut.feed].append(value)
    means = []
    for _ in range(draws):
        drawn = [by[name] for name in rng.choice(sorted(by), len(by))]
        feeds = [np.array(values) for feeds in drawn for values in feeds.values()]
        means.append(np.mean([feed[rng.integers(len(feed), size=len(feed))].mean(0) for feed in feeds], axis=0))
    return np.quantile(means, [0.025, 0.975], axis=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list")
    parser.add_argument("--debtscan", default="target/release/debtscan")
    parser.add_argument("--cache", required=True)
    options = parser.parse_args()
    cuts, quiet, repositories = [], [], {}
    for row in csv.DictReader(open(options.list, encoding="utf8")):
        path = os.path.realpath(row["repository"])
        if path not in repositories:
            repositories[path] = Repository(path, options.debtscan, options.cache)
        repository = repositories[path]
        incidents = repository.incidents(row["incidents"])
        for year in repository.trees:
            if first_of_january(year) + YEAR <= repository.end:
                cut = Cut(repository, year, incidents)
                cut.feed, cut.repository = row["name"], path
                if cut.known >= 10 and cut.coming >= 6 and cut.came.sum() > 0:
                    cuts.append(cut)
                elif cut.known >= 10 and cut.coming < 6 and cut.goes_on:
                    quiet.append(cut)
        print(row["name"], sum(cut.feed == row["name"] for cut in cuts), "cuts", flush=True)
    scores, of_quiet = [None] * len(cuts), [None] * len(quiet)
    for path in repositories:
        b = fit([cut for cut in cuts if cut.repository != path])
        for those, shares in ((cuts, scores), (quiet, of_quiet)):
            for position, cut in enumerate(those):
                if cut.repository == path:
                    shares[position] = predict(b, cut)
    b = fit(cuts)
    print("shipped: own", round(1 / (1 + np.exp(-b[0])), 3),
          *(f"{name} {power:.2f}" for name, power in zip(FACTORS, b[1:7])), f"own lines {b[7]:.2f}")
    table = {"ranking, left out": scores, "four-share": [four_share(cut) for cut in cuts],
             "hotspot product": [cut.revisions * cut.indentation for cut in cuts]}
    measured = {name: np.array([measure(score, cut) for score, cut in zip(values, cuts)])
                for name, values in table.items()}
    for name, values in measured.items():
        print(f"{name:20}", *(f"{metric} {value:.3f}" for metric, value in zip(METRICS, macro(values, cuts))))
        if name != "ranking, left out":
            low, high = interval(measured["ranking, left out"] - values, cuts)
            print(" " * 12 + "gain by", *(f"{m} [{a:+.3f}, {b:+.3f}]" for m, a, b in zip(METRICS, low, high)))
    of_counts.report(cuts + quiet, scores + of_quiet)


if __name__ == "__main__":
    main()
