"""libtorch.py: compiles the programs of bench/ against a libtorch, and gives the environment to run them in."""
import hashlib
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"
CUDA = "/usr/local/cuda/lib64"  # the wheel's libtorch_cpu wants libcudart and libcupti


def build(folder, sources):
    """Compiles `sources` against a libtorch, once for each state of theirs; returns (program, library path)."""
    folder = pathlib.Path(folder)
    wheel = (folder / "lib" / "libtorch_cpu.so").exists()
    library = folder / "lib" if wheel else folder / "lib/x86_64-linux-gnu"
    state = hashlib.sha256(str([str(folder), sources]).encode())
    for file in sorted({*sources, *(str(h.relative_to(ROOT)) for h in (ROOT / "bench").glob("*.h"))}):
        state.update((ROOT / file).read_bytes())
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "weft-bench"
    cache.mkdir(parents=True, exist_ok=True)
    program = cache / f"libtorch-{state.hexdigest()[:16]}"
    path = f"{library}:{CUDA}"
    if not program.exists():
        print(f"compiling {sources[0]} against {folder} (some 30 s)", flush=True)
        includes = [folder / "include", folder / "include/torch/csrc/api/include"]
        subprocess.run(["g++", "-std=c++20" if wheel else "-std=c++17", "-O2", "-I", str(ROOT),
                        *[f"-isystem{i}" for i in includes if str(i) != "/usr/include"], *sources, "-o", str(program),
                        f"-L{library}", "-ltorch_cpu", "-lc10", "-Wl,--allow-shlib-undefined",
                        f"-Wl,-rpath,{path}"], cwd=ROOT, check=True)
    return program, path


def environment(threads, jemalloc, library_path=None):
    """For `threads` threads, with jemalloc where it is installed, and with the library path of `build`."""
    env = dict(os.environ, OMP_NUM_THREADS=str(threads), WEFT_THREADS=str(threads), CUDA_VISIBLE_DEVICES="")
    if library_path:
        env["LD_LIBRARY_PATH"] = f"{library_path}:{env.get('LD_LIBRARY_PATH', '')}"
    if jemalloc and os.path.exists(JEMALLOC):
        env.update(LD_PRELOAD=JEMALLOC, MALLOC_CONF="dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0")
    return env


def on_cores(threads, *command):
    """The command, run on that many cores."""
    return ["taskset", "-c", "0" if threads == 1 else f"0-{threads - 1}", *map(str, command)]
