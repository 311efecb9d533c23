"""run.py: the workloads of bench/ on Weft and on its rivals, each in a fresh process, as a table of ratios.

  scripts/bench                       Weft alone
  scripts/bench --libtorch DIR        the same source against a libtorch: DIR is the `torch` folder of the pip wheel
                                      (include/, lib/), or /usr for Debian's libtorch-dev
  scripts/bench --python PROGRAM      the same workloads in Python (twins.py): PyTorch eager, torch.compile, JAX; PROGRAM
                                      is an interpreter that has them. --engines eager,jax: some of them
  -w mlp,cnn   some workloads    --threads N   (2)    --seconds S  measured a workload (5)    --json FILE  keeps the lines
  --table matmul,conv ...             single contractions instead: table.py
  --recorder                          nanoseconds to record an op, microseconds to launch what is known: recorder.cpp

The rivals run with jemalloc where Debian's libjemalloc2 is installed, as people who want speed from them do: with glibc every
result above 32 MB is a fresh mmap. Cells of a rival: best ms of a step, how many times as fast Weft is, seconds to the first
result, peak MiB (Python's: beyond what imports took).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import libtorch

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = [f"bench/{name}.cpp" for name in ("main", "data", "resnet", "sequences", "workloads")]
NAMES = ["chain", "softmax", "layernorm", "matmul", "mlp", "cnn", "gpt", "lstm", "resnet18", "tiny", "adamw"]


class Engine:
    def __init__(self, name, command, library_path=None, malloc=True):
        self.name, self.command, self.library_path, self.malloc = name, [str(c) for c in command], library_path, malloc

    def measure(self, workload, threads, seconds):
        """The program's line of JSON, or None with a message."""
        env = dict(libtorch.environment(threads, self.malloc, self.library_path), JAX_PLATFORMS="cpu")
        if threads == 1:
            env["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
        with tempfile.TemporaryDirectory() as cache:
            env["TORCHINDUCTOR_CACHE_DIR"] = cache
            command = [c.format(workload=workload, seconds=seconds, threads=threads) for c in self.command]
            done = subprocess.run(libtorch.on_cores(threads, *command), env=env, text=True, capture_output=True)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            print(f"{workload}: {self.name} failed: {lines[-1]}", file=sys.stderr)
            return None
        row = json.loads(done.stdout.strip().splitlines()[-1])
        return dict(row, engine=self.name, threads=threads)


def engines(a):
    arguments = ["{workload}", "{seconds}"]
    found = [Engine("weft", [a.weft, *arguments], malloc=False)]
    if a.libtorch:
        program, path = libtorch.build(a.libtorch, SOURCES)
        found.append(Engine("libtorch", [program, *arguments], path))
    if a.python:
        twins = ROOT / "bench/twins.py"
        for name in a.engines.split(","):
            found.append(Engine(name, [a.python, twins, "{workload}", name, "{seconds}", "{threads}"]))
    return found


def cell(row, ours):
    if not row:
        return "failed".rjust(33)
    text = f"{row['best_ms']:9.4f} {row['first_s']:7.3f} {row['peak_mib'] - row.get('base_mib', 0):6.0f}"
    if row is ours:
        return text
    return text + (f" {row['best_ms'] / ours['best_ms']:6.2f}x" if ours else "       -")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libtorch", metavar="DIR")
    parser.add_argument("-w", "--workloads", default=",".join(NAMES))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--weft", metavar="PROGRAM", default=str(ROOT / "bazel-bin/bench/workloads"))
    parser.add_argument("--python", metavar="PROGRAM")
    parser.add_argument("--engines", default="eager,compile,jax")
    a = parser.parse_args()
    names = a.workloads.split(",")
    unknown = [n for n in names if n not in NAMES]
    if unknown:
        parser.error(f"no workload {', '.join(unknown)}; there are {', '.join(NAMES)}")

    found = engines(a)
    header = f"{'ms':>9} {'first s':>7} {'MiB':>6}"
    print(" | ".join([" " * 10, found[0].name.center(len(header)), *[e.name.center(len(header) + 8) for e in found[1:]]]))
    print(" | ".join(["workload  ", header, *[f"{header}   speed" for e in found[1:]]]))
    rows, failed = [], False
    for name in names:
        line = [e.measure(name, a.threads, a.seconds) for e in found]
        print(" | ".join([f"{name:10}", *[cell(row, line[0]) for row in line]]), flush=True)
        rows += [row for row in line if row]
        failed |= None in line
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(rows, indent=1) + "\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
