#!/usr/bin/env python3
"""Whether Weft is right and fast on this machine's GPU: tests, examples, then times beside PyTorch's where this Python has it.

Run by scripts/gpu_check. Each part runs in processes of its own, with a limit, so that what hangs costs the others nothing.
Rows appear as they are known; gpu_check.json holds them, too. Exit code 0: nothing failed, and no target was missed.
"""
import argparse, glob, importlib.util, json, os, re, subprocess, sys, tempfile, time

# What copies reach, bytes a second; of others it is what the driver's copy does.
PEAKS = {"H200": 4.3e12, "H100 PCIe": 1.8e12, "H100": 3.0e12, "A100": 1.8e12, "B200": 7.2e12}
HERE = os.path.dirname(os.path.abspath(__file__))
TORCH_RATES = """
import json, sys, time, torch
def seconds(f):
    for _ in range(3): f()
    torch.cuda.synchronize()
    best = 1e9
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(10): f()
        torch.cuda.synchronize()
        best = min(best, (time.perf_counter() - start) / 10)
    return best
for n in map(int, sys.argv[1:]):
    a, b = (torch.rand(n, n, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    print(json.dumps({"size": n, "tflop_s": 2 * n**3 / seconds(lambda: a @ b) * 1e-12}), flush=True)
"""


class Check:
    def __init__(self, options):
        self.options, self.rows, self.start = options, [], time.time()
        self.folder = tempfile.mkdtemp(prefix="gpu_check_")
        self.torch = importlib.util.find_spec("torch") is not None and not options.dry
        self.environment = dict(os.environ, WEFT_CUDA="emulate" if options.dry else "auto", PYTHONUNBUFFERED="1")
        self.environment["WEFT_CUDA_CACHE"] = os.path.join(self.folder, "kernels")
        # NVRTC and cuBLASLt of PyTorch's wheels, where no toolkit is.
        wheels = [d for p in sys.path for d in sorted(glob.glob(os.path.join(p, "nvidia", "*", "lib")))]
        self.environment["LD_LIBRARY_PATH"] = ":".join(filter(None, [os.environ.get("LD_LIBRARY_PATH", ""), *wheels]))

    def left(self):
        return 60 * self.options.minutes - (time.time() - self.start)

    def run(self, command, limit, **environment):
        """(stdout, what went wrong)."""
        limit = min(limit, self.left())
        if limit < 1:
            return "", "no time left"
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit, cwd=HERE,
                                  env=dict(self.environment, **environment))
        except subprocess.TimeoutExpired as e:
            out = e.stdout.decode() if isinstance(e.stdout, bytes) else e.stdout or ""
            return out, f"stopped after {limit:.0f} s"
        words = [line for line in done.stderr.strip().splitlines() if line.strip()]
        return done.stdout, "" if done.returncode == 0 else (words or [f"exit code {done.returncode}"])[-1]

    def weft(self, *arguments, limit=60, **environment):
        return self.run([self.options.program, *map(str, arguments)], limit, **environment)

    def lines(self, *arguments, **more):
        """The lines of JSON that a part of the program prints, and what went wrong."""
        out, wrong = self.weft(*arguments, **more)
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")], wrong

    def row(self, name, value, unit="", target=None, at_least=True, note=""):
        """`target`: None: it is not judged. A text as value: a failure, or an answer."""
        verdict = ""
        if target is not None:
            good = value == target if isinstance(target, str) else not isinstance(value, str) and (
                value >= target if at_least else value <= target)
            verdict = "ok" if good else "MISSED"
        self.rows.append({"name": name, "value": value, "unit": unit, "target": target, "at_least": at_least,
                          "verdict": verdict, "note": note, "second": round(time.time() - self.start, 1)})
        shown = value if isinstance(value, str) else f"{value:.4g}"
        wanted = "" if target is None else target if isinstance(target, str) else f"{'>=' if at_least else '<='} {target:.4g}"
        print(f"{verdict:6} {name:46} {shown:>10} {unit:8} {wanted:>12}  {note}", flush=True)
        with open(self.options.json, "w") as file:
            json.dump({"gpu": self.gpu, "torch": self.torch, "seconds": time.time() - self.start, "rows": self.rows}, file, indent=1)


def describe(check):
    out, wrong = check.run(["nvidia-smi", "--query-gpu=name,driver_version,clocks.max.sm,memory.total", "--format=csv,noheader"], 20) \
        if not check.options.dry else ("emulated", "")
    check.gpu = out.strip().splitlines()[0] if out.strip() and not wrong else "unknown"
    print(f"{check.gpu}; PyTorch: {'there' if check.torch else 'not in this Python: its columns are left out'}", flush=True)


def masks(check):
    lines, wrong = check.lines("masks", limit=40, WEFT_TIER="compile")
    different = sum(line["different"] for line in lines)
    check.row("dropout, rand, bernoulli: bits that differ from the CPU's", wrong or different, "", 0, False, f"{len(lines)} sizes and types")


def rates(check):
    lines, wrong = check.lines("rates", *([1 << 12] if check.options.dry else []), limit=60)
    copy = next((line["gb_s"] for line in lines if line["name"] == "driver's copy"), 0)
    peak = next((p * 1e-9 for name, p in PEAKS.items() if name in check.gpu), copy)
    if wrong:
        check.row("rates", wrong, "", "")
    for line in lines:
        judged = line["name"].startswith(("map", "rows"))
        check.row(line["name"], line["gb_s"], "GB/s", 0.85 * peak if judged else None, True, f"{100 * line['gb_s'] / (peak or 1):.0f} % of {peak:.0f}")


def products(check):
    sizes = [64] if check.options.dry else [4096, 8192]
    theirs = {}
    if check.torch:
        out, _ = check.run([sys.executable, "-c", TORCH_RATES, *map(str, sizes)], 60)
        theirs = {r["size"]: r["tflop_s"] for r in map(json.loads, filter(None, out.splitlines()))}
    for n in sizes:
        rate = {}
        for who in ("cublaslt", "own", "auto"):
            lines, wrong = check.lines("product", n, "bf16", limit=40, WEFT_MATMUL=who)
            rate[who] = lines[0]["tflop_s"] if lines else wrong
        best = rate["cublaslt"] if not isinstance(rate["cublaslt"], str) else 0
        for who, part in (("cublaslt", None), ("own", 0.7), ("auto", 0.98)):
            share = f"{100 * rate[who] / best:.0f} % of cuBLASLt" if best and not isinstance(rate[who], str) else ""
            check.row(f"product of bf16, {n}, {who}", rate[who], "TFLOP/s", part and part * best, True, share)
        if n in theirs:
            check.row(f"product of bf16, {n}, PyTorch", theirs[n], "TFLOP/s")
    lines, wrong = check.lines("product", sizes[0], "f32", limit=40)
    check.row(f"product of f32, {sizes[0]}, own", lines[0]["tflop_s"] if lines else wrong, "TFLOP/s")


def overhead(check):
    lines, wrong = check.lines("overhead", limit=40)
    for line in lines:
        check.row(f"host time of a known step: {line['name']}", line["host_us"], "us", 20, False, f"{line['step_us']:.1f} us with the GPU's part")
    if wrong:
        check.row("host time of a known step", wrong, "", "")


def one(check, name, engine, limit):
    """A workload by Weft, or by PyTorch's engine: its numbers, or what went wrong. Nothing is compiled before."""
    seconds = "0.1" if check.options.dry else "1"
    fresh = tempfile.mkdtemp(dir=check.folder)
    if engine == "weft":
        out, wrong = check.weft("workload", name, seconds, "cuda", limit=limit, WEFT_CUDA_CACHE=fresh)
    else:
        out, wrong = check.run([sys.executable, "twins.py", name, engine, seconds, "8", "cuda"], limit,
                               TORCHINDUCTOR_CACHE_DIR=fresh, TRITON_CACHE_DIR=os.path.join(fresh, "triton"))
    return wrong or json.loads(out.splitlines()[-1])


def workloads(check, names, compiled):
    for name in names:
        result = {e: one(check, name, e, 90) for e in ["weft"] + (["eager"] + compiled if check.torch else [])}
        ms = {e: r["median_ms"] if isinstance(r, dict) else r for e, r in result.items()}
        judge = "compile" if name in ("chain", "softmax") else "eager"
        target = ms[judge] if name in JUDGED and not isinstance(ms.get(judge, ""), str) else None
        note = ", ".join(f"{e} {v:.4g}" if not isinstance(v, str) else f"{e}: {v}" for e, v in ms.items() if e != "weft")
        check.row(f"{name}: a step", ms["weft"], "ms", target, False, note)
        first = {e: r["first_s"] for e, r in result.items() if isinstance(r, dict)}
        if "weft" in first:
            check.row(f"{name}: first result, nothing compiled", first["weft"], "s", first["compile"] / 10 if "compile" in first else None, False,
                      ", ".join(f"{e} {s:.3g}" for e, s in first.items() if e != "weft"))


JUDGED = ("chain", "softmax", "mlp", "cnn", "gpt_bf16")


def first_workloads(check):
    workloads(check, ["tiny"] if check.options.dry else ["chain", "softmax", "mlp", "cnn"], ["compile"])


def other_workloads(check):
    workloads(check, [] if check.options.dry else ["gpt_bf16"], ["compile"])
    workloads(check, [] if check.options.dry else ["tiny", "layernorm", "adamw", "lstm", "resnet18"], [])


def tests(check):
    # What the golden tests show is computed by whatever WEFT_DEVICE says.
    golden = "Functional.*:Nn.*:Layers.*:Tensor.*"
    small = "Library.*:Products.OfNothing" if check.options.dry else "*"
    runs = [("tests", f"--gtest_filter={small}-{golden}", {}, 150),
            ("golden tests, WEFT_DEVICE=cuda", f"--gtest_filter={'Nn.*' if check.options.dry else golden}", {"WEFT_DEVICE": "cuda", "WEFT_TIER": "compile"}, 90)]
    for name, chosen, environment, limit in runs:
        out, wrong = check.weft("tests", chosen, limit=limit, **environment)
        passed = re.search(r"\[  PASSED  \] (\d+) test", out)
        failed = re.findall(r"\[  FAILED  \] (\S+?),? ", out)
        names = sorted(set(n for n in failed if "." in n))
        check.row(name, "ok" if not wrong else "failed", "", "ok", True,
                  f"{passed[1] if passed else 0} passed" + (f"; {wrong}; {' '.join(names[:8])}" if wrong else ""))
        if wrong:
            with open(os.path.join(HERE, f"{name.split()[0]}.log"), "w") as file:
                file.write(out)


def digits(check):
    right = {}
    for device in ("cpu", "cuda"):
        epochs = "1" if check.options.dry else "15"
        chart = os.path.join(check.folder, "chart.svg")
        out, wrong = check.weft("digits", "--device", device, "--epochs", epochs, "--chart", chart, limit=60)
        found = re.search(r"([\d.]+) % of the test images", out)
        right[device] = float(found[1]) if found and not wrong else wrong or "no accuracy"
    both = all(isinstance(v, float) for v in right.values())
    check.row("digits: accuracy", right["cuda"], "%", right["cpu"] - 0.6 if both else "", True, f"CPU: {right['cpu']}")


def tour(check):
    for number in ([7] if check.options.dry else range(1, 9)):
        # 7 looks for a GPU itself, and expects what is made without a word on the host.
        environment = {} if number == 7 else {"WEFT_DEVICE": "cuda"}
        out, wrong = check.weft("tour", number, limit=30, WEFT_TIER="compile", **environment)
        check.row(f"tour {number}", "ok" if not wrong else "failed", "", "ok", True, wrong or f"{len(out.splitlines())} lines")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="gpu_program")
    parser.add_argument("--minutes", type=float, default=7.7, help="after which nothing new begins")
    parser.add_argument("--json", default="gpu_check.json")
    parser.add_argument("--dry", action="store_true", help="tiny sizes on an emulated GPU, without PyTorch: tries this script")
    parser.add_argument("parts", nargs="*", help=f"of {' '.join(PARTS)}; default: all")
    options = parser.parse_args()
    options.program, options.json = os.path.abspath(options.program), os.path.abspath(options.json)
    check = Check(options)
    describe(check)
    for part in options.parts or PARTS:
        try:
            PARTS[part](check)
        except Exception as e:  # the other parts are worth having
            check.row(part, f"{type(e).__name__}: {e}", "", "")
    missed = [r["name"] for r in check.rows if r["verdict"] == "MISSED"]
    judged = sum(r["verdict"] != "" for r in check.rows)
    print(f"{judged - len(missed)} of {judged} targets met in {time.time() - check.start:.0f} s; rows in {options.json}")
    sys.exit(1 if missed else 0)


PARTS = {f.__name__: f for f in (masks, rates, products, overhead, first_workloads, tests, digits, tour, other_workloads)}

if __name__ == "__main__":
    main()
