"""table.py: GFLOP/s of single matmuls and convolutions, Weft's and libtorch's, with 1 and with 2 threads.

Both programs (bench/matmul_table.cpp) stay in memory and take turns, several rounds a case; the best of each counts. So a
moment in which the machine was busy elsewhere hits both or neither. Ratios above 1: Weft is faster.
"""
import subprocess
import time

import libtorch

SOURCES = ["bench/matmul_table.cpp", "bench/contractions.cpp", "bench/data.cpp"]
TABLES = ["matmul", "conv"]


class Program:
    def __init__(self, program, threads, library_path=None):
        self.process = subprocess.Popen(libtorch.on_cores(threads, program), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=libtorch.environment(threads, library_path))
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


def measure(engines, number, seconds, rounds):
    """The best of each engine, in milliseconds."""
    best = {}
    for _ in range(rounds):
        for name, program in engines.items():
            best[name] = min(best.get(name, 1e9), program.milliseconds(number, seconds / rounds))
            time.sleep(0.005)  # threads that wait for more work go to sleep
    return best


def run(tables, weft, rival, threads, seconds, only=""):
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
            best = measure(engines[t], number, seconds, 5)
            rows += [dict(case=name, table=table, engine=e, threads=t, best_ms=ms) for e, ms in best.items()]
            line += "".join(f"{flops / ms * 1e-6:12.1f}" for ms in best.values())
            if rival:
                line += f"{best['libtorch'] / best['weft']:12.2f}"
        print(line, flush=True)
    return rows
