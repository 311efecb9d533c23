"""run.py: the workloads of bench/ on Weft and, with --libtorch, on libtorch, each in a fresh process, as a table of ratios.

  scripts/bench                                Weft alone
  scripts/bench --libtorch DIR                 the same source against a libtorch: DIR is the `torch` folder of the pip
                                               wheel (include/, lib/), or /usr for Debian's libtorch-dev
  -w mlp,cnn   some workloads    --threads N   (2)    --seconds S  measured a workload (5)    --json FILE  keeps the lines
  --table matmul,conv                          single contractions instead: GFLOP/s with 1 and with 2 threads
                                               (--threads N: with N), -w "3x3 ": those with that in their names

libtorch runs with jemalloc where Debian's libjemalloc2 is installed, as people who want speed from it do: with glibc every
result above 32 MB is a fresh mmap. Ratios above 1: Weft is faster.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import libtorch
import table

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ["bench/main.cpp", "bench/data.cpp", "bench/workloads.cpp"]
NAMES = ["chain", "softmax", "layernorm", "matmul", "mlp", "cnn", "tiny", "adamw"]


def measure(program, workload, threads, seconds, rival_path):
    done = subprocess.run([*libtorch.on_cores(threads, program), workload, str(seconds)], text=True, capture_output=True,
                          env=libtorch.environment(threads, rival_path))
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        print(f"{workload}: {program.name} failed: {lines[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_workloads(names, weft, rival, threads, seconds):
    """Prints the table of ratios; returns its rows and whether something failed."""
    columns = f"{'workload':10} {'weft ms':>10} {'first s':>8} {'MiB':>6}"
    if rival:
        columns += f" | {'libtorch':>10} {'first s':>8} {'MiB':>6} | {'speed':>6} {'memory':>7}  {'loss':>22}"
    print(columns)
    rows, failed = [], False
    for name in names:
        ours = measure(weft, name, threads, seconds, None)
        theirs = measure(rival[0], name, threads, seconds, rival[1]) if rival else None
        rows += [dict(r, engine=e, threads=threads) for r, e in ((ours, "weft"), (theirs, "libtorch")) if r]
        failed |= ours is None or (rival is not None and theirs is None)
        line = f"{name:10} " + (f"{ours['best_ms']:10.4f} {ours['first_s']:8.3f} {ours['peak_mib']:6.0f}" if ours else "failed".rjust(26))
        if theirs:
            line += f" | {theirs['best_ms']:10.4f} {theirs['first_s']:8.3f} {theirs['peak_mib']:6.0f}"
        if ours and theirs:
            line += (f" | {theirs['best_ms'] / ours['best_ms']:5.2f}x {theirs['peak_mib'] / ours['peak_mib']:6.2f}x"
                     f"  {ours['loss']:10.6g} {theirs['loss']:10.6g}")
        print(line, flush=True)
    return rows, failed


def listed(parser, text, known):
    """The names in a comma separated list, each of them a known one."""
    names = text.split(",")
    unknown = [n for n in names if n not in known]
    if unknown:
        parser.error(f"no {', '.join(unknown)}; there are {', '.join(known)}")
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libtorch", metavar="DIR")
    parser.add_argument("-w", "--workloads", metavar="NAMES")
    parser.add_argument("--table", metavar="NAMES")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--weft", metavar="FOLDER", default=str(ROOT / "bazel-bin/bench"), help="with our programs")
    a = parser.parse_args()
    rival = libtorch.build(a.libtorch, table.SOURCES if a.table else SOURCES) if a.libtorch else None
    weft = pathlib.Path(a.weft)
    if a.table:
        failed = False
        rows = table.run(listed(parser, a.table, table.TABLES), weft / "matmul_table", rival,
                         [a.threads] if a.threads else [1, 2], a.seconds or 0.5, a.workloads or "")
    else:
        names = listed(parser, a.workloads, NAMES) if a.workloads else NAMES
        rows, failed = run_workloads(names, weft / "workloads", rival, a.threads or 2, a.seconds or 5)
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(rows, indent=1) + "\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
