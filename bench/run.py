"""run.py: the workloads of bench/ on Weft and, with --libtorch, on libtorch, each in a fresh process, as a table of ratios.

  scripts/bench                                Weft alone
  scripts/bench --libtorch DIR                 the same source against a libtorch: DIR is the `torch` folder of the pip
                                               wheel (include/, lib/), or /usr for Debian's libtorch-dev
  -w mlp,cnn   some workloads    --threads N   (2)    --seconds S  measured a workload (5)    --json FILE  keeps the lines

libtorch runs with jemalloc where Debian's libjemalloc2 is installed, as people who want speed from it do: with glibc every
result above 32 MB is a fresh mmap. Ratios above 1: Weft is faster.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ["bench/main.cpp", "bench/data.cpp", "bench/workloads.cpp"]
NAMES = ["chain", "softmax", "layernorm", "matmul", "mlp", "cnn", "tiny", "adamw"]
JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"
CUDA = "/usr/local/cuda/lib64"  # the wheel's libtorch_cpu wants libcudart and libcupti


def build_libtorch(folder):
    """Compiles the workloads against a libtorch, once for each state of the sources; returns (program, library path)."""
    folder = pathlib.Path(folder)
    wheel = (folder / "lib" / "libtorch_cpu.so").exists()
    library = folder / "lib" if wheel else folder / "lib/x86_64-linux-gnu"
    state = hashlib.sha256(str(folder).encode())
    for source in SOURCES + ["bench/workloads.h"]:
        state.update((ROOT / source).read_bytes())
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "weft-bench"
    cache.mkdir(parents=True, exist_ok=True)
    program = cache / f"libtorch-{state.hexdigest()[:16]}"
    path = f"{library}:{CUDA}"
    if not program.exists():
        print(f"compiling the workloads against {folder} (some 30 s)", flush=True)
        includes = [folder / "include", folder / "include/torch/csrc/api/include"]
        subprocess.run(["g++", "-std=c++20" if wheel else "-std=c++17", "-O2", "-I", str(ROOT),
                        *[f"-isystem{i}" for i in includes if str(i) != "/usr/include"], *SOURCES, "-o", str(program),
                        f"-L{library}", "-ltorch_cpu", "-lc10", "-Wl,--allow-shlib-undefined",
                        f"-Wl,-rpath,{path}"], cwd=ROOT, check=True)
    return program, path


def measure(program, workload, threads, seconds, rival_path):
    env = dict(os.environ, OMP_NUM_THREADS=str(threads), WEFT_THREADS=str(threads), CUDA_VISIBLE_DEVICES="")
    if rival_path:
        env["LD_LIBRARY_PATH"] = rival_path
        if os.path.exists(JEMALLOC):
            env.update(LD_PRELOAD=JEMALLOC, MALLOC_CONF="dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0")
    cores = "0" if threads == 1 else f"0-{threads - 1}"
    done = subprocess.run(["taskset", "-c", cores, str(program), workload, str(seconds)], env=env, text=True,
                          capture_output=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        print(f"{workload}: {program.name} failed: {lines[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libtorch", metavar="DIR")
    parser.add_argument("-w", "--workloads", default=",".join(NAMES))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--weft", metavar="PROGRAM", default=str(ROOT / "bazel-bin/bench/workloads"))
    a = parser.parse_args()
    names = a.workloads.split(",")
    unknown = [n for n in names if n not in NAMES]
    if unknown:
        parser.error(f"no workload {', '.join(unknown)}; there are {', '.join(NAMES)}")
    rival, path = build_libtorch(a.libtorch) if a.libtorch else (None, None)

    columns = f"{'workload':10} {'weft ms':>10} {'first s':>8} {'MiB':>6}"
    if rival:
        columns += f" | {'libtorch':>10} {'first s':>8} {'MiB':>6} | {'speed':>6} {'memory':>7}  {'loss':>22}"
    print(columns)
    rows, failed = [], False
    for name in names:
        ours = measure(pathlib.Path(a.weft), name, a.threads, a.seconds, None)
        theirs = measure(rival, name, a.threads, a.seconds, path) if rival else None
        rows += [dict(r, engine=e, threads=a.threads) for r, e in ((ours, "weft"), (theirs, "libtorch")) if r]
        failed |= ours is None or (rival is not None and theirs is None)
        line = f"{name:10} " + (f"{ours['best_ms']:10.4f} {ours['first_s']:8.3f} {ours['peak_mib']:6.0f}" if ours else "failed".rjust(26))
        if theirs:
            line += f" | {theirs['best_ms']:10.4f} {theirs['first_s']:8.3f} {theirs['peak_mib']:6.0f}"
        if ours and theirs:
            line += (f" | {theirs['best_ms'] / ours['best_ms']:5.2f}x {theirs['peak_mib'] / ours['peak_mib']:6.2f}x"
                     f"  {ours['loss']:10.6g} {theirs['loss']:10.6g}")
        print(line, flush=True)
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(rows, indent=1) + "\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
