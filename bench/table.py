"""table.py: GFLOP/s of single matmuls and convolutions, Weft's and libtorch's, with 1 and with 2 threads.

  scripts/bench --table matmul,conv            Weft alone
  scripts/bench --table conv --libtorch DIR    and the same source against a libtorch (run.py)
  --only TEXT  cases with it in their names    --threads 1,2    --seconds S  a case and engine (0.5)    --json FILE

Both programs (matmul_table.cpp) stay in memory and take turns, five rounds a case; the best of each counts. So a moment in
which the machine is busy elsewhere hits both or neither. Ratios above 1: Weft is faster.
"""
import argparse
import json
import pathlib
import subprocess
import time

import libtorch

SOURCES = ["bench/matmul_table.cpp", "bench/contractions.cpp", "bench/data.cpp"]
TABLES = ["matmul", "conv"]
ROUNDS = 5


class Program:
    def __init__(self, program, threads, library_path=None):
        self.process = subprocess.Popen(libtorch.on_cores(threads, program), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=libtorch.environment(threads, library_path is not None, library_path))
        self.cases = []
        while line := self.line():
            number, flops, table, name = line.split(" ", 3)
            self.cases.append((int(number), float(flops), table, name))

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[-1]} ended with code {self.process.wait()}")
        return line.strip()

    def milliseconds(self, number, seconds):
        print(number, seconds, file=self.process.stdin, flush=True)
        return float(self.line())


def measure(engines, number, seconds):
    """The best of each engine, in milliseconds."""
    best = {}
    for _ in range(ROUNDS):
        for name, program in engines.items():
            best[name] = min(best.get(name, 1e9), program.milliseconds(number, seconds / ROUNDS))
            time.sleep(0.005)  # threads that wait for more work go to sleep
    return best


def run(tables, weft, rival, threads, seconds, only):
    """Prints the tables; returns their rows. `rival`: what libtorch.build gives, or None."""
    engines = {}
    for t in threads:
        engines[t] = {"weft": Program(weft, t)}
        if rival:
            engines[t]["libtorch"] = Program(rival[0], t, rival[1])
    names = list(engines[threads[0]])
    groups = [f"{n} {t}" for t in threads for n in names + (["ratio"] if rival else [])]
    print(f"{'GFLOP/s, threads':28}" + "".join(f"{g:>12}" for g in groups))
    rows = []
    for number, flops, table, name in engines[threads[0]]["weft"].cases:
        if table not in tables or only not in name:
            continue
        line = f"{name:28}"
        for t in threads:
            best = measure(engines[t], number, seconds)
            rows += [dict(case=name, table=table, engine=e, threads=t, best_ms=ms) for e, ms in best.items()]
            line += "".join(f"{flops / ms * 1e-6:12.1f}" for ms in best.values())
            if rival:
                line += f"{best['libtorch'] / best['weft']:12.2f}"
        print(line, flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", metavar="NAMES", default=",".join(TABLES))
    parser.add_argument("--libtorch", metavar="DIR")
    parser.add_argument("--only", metavar="TEXT", default="")
    parser.add_argument("--threads", metavar="LIST", default="1,2")
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--weft", metavar="PROGRAM", default=str(libtorch.ROOT / "bazel-bin/bench/matmul_table"))
    a = parser.parse_args()
    tables = a.table.split(",")
    unknown = [t for t in tables if t not in TABLES]
    if unknown:
        parser.error(f"no table {', '.join(unknown)}; there are {', '.join(TABLES)}")
    rival = libtorch.build(a.libtorch, SOURCES) if a.libtorch else None
    rows = run(tables, a.weft, rival, [int(t) for t in a.threads.split(",")], a.seconds, a.only)
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
