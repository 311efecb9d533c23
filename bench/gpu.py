#!/usr/bin/env python3
"""The workloads on a GPU, beside PyTorch eager and torch.compile where this Python has it: ms a step, as a table."""
import argparse, importlib.util, json, subprocess, sys

WORKLOADS = "chain softmax layernorm matmul mlp cnn gpt lstm resnet18 tiny adamw".split()


def weft(program, name, seconds):
    done = subprocess.run([program, name, str(seconds), "cuda"], capture_output=True, text=True)
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1:]}
    return json.loads(done.stdout)


def torch(name, engine, seconds):
    done = subprocess.run([sys.executable, "twins.py", name, engine, str(seconds), "2", "cuda"], capture_output=True, text=True)
    return {"error": done.stderr.strip().splitlines()[-1:]} if done.returncode else json.loads(done.stdout)


def row(name, who, r):
    if "error" in r:
        print(f"{name:10} {who:8} {r['error']}", flush=True)
    else:
        print(f"{name:10} {who:8} {r['first_s']:9.3f} {r['best_ms']:9.4f} {r['median_ms']:9.4f} {r['loss']:12.6g}", flush=True)
    return "error" in r


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weft", required=True, help="the program gpu_workloads")
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--engines", nargs="*", default=["eager", "compile"], help="of PyTorch")
    parser.add_argument("names", nargs="*", default=WORKLOADS)
    options = parser.parse_args()
    engines = options.engines if importlib.util.find_spec("torch") else []
    print(f"{'workload':10} {'by':8} {'first s':>9} {'best ms':>9} {'median ms':>9} {'loss':>12}")
    failed = False
    for name in options.names:
        failed |= row(name, "weft", weft(options.weft, name, options.seconds))
        for engine in engines:
            row(name, engine, torch(name, engine, options.seconds))
    sys.exit(failed)


if __name__ == "__main__":
    main()
