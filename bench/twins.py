"""twins.py NAME eager|compile|jax [SECONDS] [THREADS] [DEVICE]: a workload of workloads.cpp in PyTorch or JAX, in this fresh process.

Prints the line of JSON that the C++ programs print, with what was imported before the first step as base_mib. Run by
bench/run.py --python, with an interpreter that has torch and jax. Data is random, so losses are not those of the C++ programs.
"""
import json
import resource
import sys
import time

# (channels in, channels out, stride) of each block
RESNET = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]


def torch_workload(name, compiled):
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.manual_seed(0)
    wrap = torch.compile if compiled else (lambda f: f)

    def training(model, optimizer, loss_of):
        model = wrap(model)

        def step():
            optimizer.zero_grad()
            loss = loss_of(model)
            loss.backward()
            optimizer.step()
            return loss

        return step

    def rows(function, *parameters):
        x, w = torch.randn(8192, 1024, requires_grad=True), torch.randn(8192, 1024)
        loss_of = wrap(lambda x: (function(x) * w).sum())

        def step():
            for t in (x, *parameters):
                t.grad = None
            loss = loss_of(x)
            loss.backward()
            return loss

        return step

    class SimpleModel(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.conv2 = nn.Conv2d(1, 20, 5), nn.Conv2d(20, 50, 5)
            self.fc1, self.fc2 = nn.Linear(800, 500), nn.Linear(500, 10)

        def forward(self, x):
            x = F.max_pool2d(F.relu(self.conv1(x)), 2, 2)
            x = F.max_pool2d(F.relu(self.conv2(x)), 2, 2)
            return F.log_softmax(self.fc2(F.relu(self.fc1(x.view(-1, 800)))), 1)

    class Recurrent(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.head = nn.LSTM(64, 256, 2), nn.Linear(256, 10)

        def forward(self, x):
            return self.head(self.lstm(x)[0][-1])

    class Block(nn.Module):
        def __init__(self, width, heads):
            super().__init__()
            self.heads = heads
            self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
            self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

        def forward(self, x):
            batch, steps, width = x.shape
            parts = self.qkv(self.norm1(x)).split(width, 2)
            q, k, v = (t.view(batch, steps, self.heads, width // self.heads).transpose(1, 2) for t in parts)
            a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            x = x + self.out(a.transpose(1, 2).reshape(batch, steps, width))
            return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))

    class Gpt(nn.Module):
        def __init__(self, width, heads, steps, words, layers):
            super().__init__()
            self.tokens, self.places = nn.Embedding(words, width), nn.Embedding(steps, width)
            self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(layers)])
            self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, words, bias=False)

        def forward(self, words):
            return self.head(self.norm(self.blocks(self.tokens(words) + self.places.weight)))

    def convolution(i, o, kernel, stride):
        return nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False)

    class Basic(nn.Module):
        def __init__(self, i, o, stride):
            super().__init__()
            self.conv1, self.conv2 = convolution(i, o, 3, stride), convolution(o, o, 3, 1)
            self.norm1, self.norm2 = nn.BatchNorm2d(o), nn.BatchNorm2d(o)
            same = i == o and stride == 1
            self.skip = nn.Identity() if same else nn.Sequential(convolution(i, o, 1, stride), nn.BatchNorm2d(o))

        def forward(self, x):
            y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
            return F.relu(y + self.skip(x))

    def resnet18():
        layers = [convolution(3, 64, 3, 1), nn.BatchNorm2d(64), nn.ReLU()]
        layers += [Basic(i, o, s) for i, o, s in RESNET]
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))

    if name == "chain":
        x, b = torch.randn(1 << 24), torch.randn(1 << 24)
        f = wrap(lambda x, b: F.gelu(x * 0.5 + b, approximate="tanh") * torch.sigmoid(x))
        return lambda: f(x, b)
    if name == "softmax":
        return rows(lambda x: F.softmax(x, -1))
    if name == "layernorm":
        g, b = torch.ones(1024, requires_grad=True), torch.zeros(1024, requires_grad=True)
        return rows(lambda x: F.layer_norm(x, (1024,), g, b), g, b)
    if name == "matmul":
        a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
        f = wrap(lambda a, b: a @ b)
        return lambda: f(a, b)
    if name == "mlp":
        m = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))
        x, y = torch.randn(128, 784), torch.randint(0, 10, (128,))
        return training(m, torch.optim.Adam(m.parameters(), lr=1e-3), lambda m: F.cross_entropy(m(x), y))
    if name == "cnn":
        m = SimpleModel()
        x, y = torch.randn(64, 1, 28, 28), torch.randint(0, 10, (64,))
        return training(m, torch.optim.SGD(m.parameters(), lr=0.01, momentum=0.9), lambda m: F.nll_loss(m(x), y))
    if name == "lstm":
        m = Recurrent()
        x, y = torch.randn(64, 32, 64), torch.randint(0, 10, (32,))
        return training(m, torch.optim.Adam(m.parameters(), lr=1e-3), lambda m: F.cross_entropy(m(x), y))
    if name in ("gpt", "gpt_bf16"):
        half = name == "gpt_bf16"
        batch, steps, words = (8, 1024, 50304) if half else (16, 128, 65)
        m = Gpt(768, 12, steps, words, 12).to(torch.bfloat16) if half else Gpt(256, 4, steps, words, 4)
        x, y = torch.randint(0, words, (batch, steps)), torch.randint(0, words, (batch * steps,))
        return training(m, torch.optim.AdamW(m.parameters(), lr=3e-4), lambda m: F.cross_entropy(m(x).view(-1, words), y))
    if name == "resnet18":
        m = resnet18()
        x, y = torch.randn(32, 3, 32, 32), torch.randint(0, 10, (32,))
        sgd = torch.optim.SGD(m.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
        return training(m, sgd, lambda m: F.cross_entropy(m(x), y))
    if name == "tiny":
        m = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
        x, y = torch.randn(8, 4), torch.randn(8, 1)
        return training(m, torch.optim.SGD(m.parameters(), lr=1e-2), lambda m: F.mse_loss(m(x), y))
    if name == "adamw":
        parameters = [nn.Parameter(torch.randn(256, 400)) for _ in range(100)]
        for p in parameters:
            p.grad = torch.randn_like(p)
        update = wrap(torch.optim.AdamW(parameters, lr=1e-3).step)

        def step():
            update()
            return parameters[0]

        return step
    raise SystemExit(f"no workload {name}")


def jax_workload(name):
    import jax
    import numpy as np
    from jax import lax
    from jax import numpy as jnp

    random = np.random.default_rng(0)
    each = jax.tree_util.tree_map

    def normal(*sizes):
        return jnp.asarray(random.standard_normal(sizes, dtype=np.float32))

    def integers(n, *sizes):
        return jnp.asarray(random.integers(0, n, sizes))

    def linear(i, o):
        return {"w": normal(i, o) / i**0.5, "b": jnp.zeros(o)}

    def apply(p, x):
        return x @ p["w"] + p["b"]

    def nll(log_p, y):
        return -jnp.mean(jnp.take_along_axis(log_p, y[:, None], 1))

    def adam(p, g, state, lr, decay=0.0):
        t, m, v = state
        t = t + 1
        m = each(lambda a, b: 0.9 * a + 0.1 * b, m, g)
        v = each(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
        c, d = 1 - 0.9**t, 1 - 0.999**t
        return each(lambda p, a, b: p * (1 - lr * decay) - lr * (a / c) / (jnp.sqrt(b / d) + 1e-8), p, m, v), (t, m, v)

    def adam_state(p):
        return jnp.float32(0), each(jnp.zeros_like, p), each(jnp.zeros_like, p)

    def sgd(p, g, state, lr, momentum, decay=0.0):
        state = each(lambda b, g, p: momentum * b + g + decay * p, state, g, p)
        return each(lambda p, b: p - lr * b, p, state), state

    def training(p, state, loss, update, *data):
        def one(p, state, *data):
            value, g = jax.value_and_grad(loss)(p, *data)
            return (value, *update(p, g, state))

        one, box = jax.jit(one, donate_argnums=(0, 1)), [p, state]

        def step():
            value, box[0], box[1] = one(box[0], box[1], *data)
            return value

        return step

    def layer_norm(x, g, b):
        m = x.mean(-1, keepdims=True)
        v = ((x - m) ** 2).mean(-1, keepdims=True)
        return (x - m) * lax.rsqrt(v + 1e-5) * g + b

    def recurrent(p, x):
        def step(state, x):
            h, c = state
            i, f, g, o = jnp.split(x + h @ p["u"], 4, -1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
            return (h, c), h

        zeros = jnp.zeros((32, 256))
        return lax.scan(step, (zeros, zeros), x @ p["w"] + p["b"])[1]

    def block(p, x):
        q, k, v = (t.reshape(16, 128, 4, 64) for t in jnp.split(apply(p["qkv"], layer_norm(x, *p["norm1"])), 3, -1))
        x = x + apply(p["out"], jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(16, 128, 256))
        return x + apply(p["down"], jax.nn.gelu(apply(p["up"], layer_norm(x, *p["norm2"])), approximate=True))

    def convolve(x, w, stride, padding):
        return lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NCHW", "OIHW", "NCHW"))

    def conv_norm(p, x, stride=1):
        half = p["w"].shape[-1] // 2
        x = convolve(x, p["w"], stride, ((half, half), (half, half)))
        m = x.mean((0, 2, 3), keepdims=True)
        v = ((x - m) ** 2).mean((0, 2, 3), keepdims=True)
        return (x - m) * lax.rsqrt(v + 1e-5) * p["g"] + p["b"]

    def conv_norm_weights(i, o, kernel):
        w = normal(o, i, kernel, kernel) / (i * kernel * kernel) ** 0.5
        return {"w": w, "g": jnp.ones((o, 1, 1)), "b": jnp.zeros((o, 1, 1))}

    if name == "chain":
        x, b = normal(1 << 24), normal(1 << 24)
        f = jax.jit(lambda x, b: jax.nn.gelu(x * 0.5 + b, approximate=True) * jax.nn.sigmoid(x))
        return lambda: f(x, b)
    if name == "softmax":
        x, w = normal(8192, 1024), normal(8192, 1024)
        f = jax.jit(jax.value_and_grad(lambda x: (jax.nn.softmax(x, -1) * w).sum()))
        return lambda: f(x)
    if name == "layernorm":
        x, w, g, b = normal(8192, 1024), normal(8192, 1024), jnp.ones(1024), jnp.zeros(1024)

        f = jax.jit(jax.value_and_grad(lambda x, g, b: (layer_norm(x, g, b) * w).sum(), (0, 1, 2)))
        return lambda: f(x, g, b)
    if name == "matmul":
        a, b = normal(1024, 1024), normal(1024, 1024)
        f = jax.jit(lambda a, b: a @ b)
        return lambda: f(a, b)
    if name == "mlp":
        p = [linear(784, 512), linear(512, 512), linear(512, 10)]

        def loss(p, x, y):
            h = jax.nn.relu(apply(p[1], jax.nn.relu(apply(p[0], x))))
            return nll(jax.nn.log_softmax(apply(p[2], h)), y)

        return training(p, adam_state(p), loss, lambda p, g, s: adam(p, g, s, 1e-3), normal(128, 784), integers(10, 128))
    if name == "cnn":
        p = {"w1": normal(20, 1, 5, 5) / 5, "b1": jnp.zeros((20, 1, 1)), "w2": normal(50, 20, 5, 5) / 22,
             "b2": jnp.zeros((50, 1, 1)), "f1": linear(800, 500), "f2": linear(500, 10)}

        def layer(x, w, b):
            x = convolve(x, w, 1, "VALID")
            return lax.reduce_window(jax.nn.relu(x + b), -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")

        def loss(p, x, y):
            x = layer(layer(x, p["w1"], p["b1"]), p["w2"], p["b2"]).reshape(-1, 800)
            return nll(jax.nn.log_softmax(apply(p["f2"], jax.nn.relu(apply(p["f1"], x)))), y)

        update = lambda p, g, s: sgd(p, g, s, 0.01, 0.9)
        return training(p, each(jnp.zeros_like, p), loss, update, normal(64, 1, 28, 28), integers(10, 64))
    if name == "lstm":
        p = [{"w": normal(i, 1024) / 16, "u": normal(256, 1024) / 16, "b": jnp.zeros(1024)} for i in (64, 256)]
        p.append(linear(256, 10))

        def loss(p, x, y):
            last = recurrent(p[1], recurrent(p[0], x))[-1]
            return nll(jax.nn.log_softmax(apply(p[2], last)), y)

        return training(p, adam_state(p), loss, lambda p, g, s: adam(p, g, s, 1e-3), normal(64, 32, 64), integers(10, 32))
    if name == "gpt":
        norm = lambda: [jnp.ones(256), jnp.zeros(256)]
        layers = lambda: {"norm1": norm(), "norm2": norm(), "qkv": linear(256, 768), "out": linear(256, 256),
                          "up": linear(256, 1024), "down": linear(1024, 256)}
        p = {"tokens": normal(65, 256), "places": normal(128, 256), "norm": norm(), "head": normal(256, 65) / 16,
             "blocks": [layers() for _ in range(4)]}

        def loss(p, words, y):
            x = p["tokens"][words] + p["places"]
            for b in p["blocks"]:
                x = block(b, x)
            return nll(jax.nn.log_softmax((layer_norm(x, *p["norm"]) @ p["head"]).reshape(-1, 65)), y)

        update = lambda p, g, s: adam(p, g, s, 3e-4, 0.01)
        return training(p, adam_state(p), loss, update, integers(65, 16, 128), integers(65, 16 * 128))
    if name == "resnet18":
        p = {"stem": conv_norm_weights(3, 64, 3), "head": linear(512, 10), "blocks": []}
        for i, o, stride in RESNET:
            b = {"one": conv_norm_weights(i, o, 3), "two": conv_norm_weights(o, o, 3)}
            if stride != 1 or i != o:
                b["skip"] = conv_norm_weights(i, o, 1)
            p["blocks"].append(b)

        def loss(p, x, y):
            x = jax.nn.relu(conv_norm(p["stem"], x))
            for b, (_, _, stride) in zip(p["blocks"], RESNET):
                z = conv_norm(b["two"], jax.nn.relu(conv_norm(b["one"], x, stride)))
                x = jax.nn.relu(z + (conv_norm(b["skip"], x, stride) if "skip" in b else x))
            return nll(jax.nn.log_softmax(apply(p["head"], x.mean((2, 3)))), y)

        update = lambda p, g, s: sgd(p, g, s, 0.1, 0.9, 5e-4)
        return training(p, each(jnp.zeros_like, p), loss, update, normal(32, 3, 32, 32), integers(10, 32))
    if name == "tiny":
        p = [linear(4, 16), linear(16, 16), linear(16, 1)]

        def loss(p, x, y):
            return jnp.mean((apply(p[2], jnp.tanh(apply(p[1], jnp.tanh(apply(p[0], x))))) - y) ** 2)

        return training(p, each(jnp.zeros_like, p), loss, lambda p, g, s: sgd(p, g, s, 1e-2, 0.0), normal(8, 4), normal(8, 1))
    if name == "adamw":
        p, g = ([normal(256, 400) for _ in range(100)] for _ in range(2))
        update = jax.jit(lambda p, g, s: adam(p, g, s, 1e-3, 0.01), donate_argnums=(0, 2))
        box = [p, adam_state(p)]

        def step():
            box[0], box[1] = update(box[0], g, box[1])
            return box[0]

        return step
    raise SystemExit(f"no workload {name}")


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    name, engine = sys.argv[1:3]
    seconds, threads = float((sys.argv[3:4] or [5])[0]), int((sys.argv[4:5] or [2])[0])
    if engine == "jax":
        import jax
        step, wait = jax_workload(name), jax.block_until_ready
    else:
        import torch
        torch.set_num_threads(threads)
        if sys.argv[5:6] == ["cuda"]:
            torch.set_default_device("cuda")
        step = torch_workload(name, engine == "compile")
        wait = (lambda out: torch.cuda.synchronize()) if sys.argv[5:6] == ["cuda"] else (lambda out: None)
    base = peak_mib()
    start = time.perf_counter()
    wait(step())
    first = time.perf_counter() - start
    for _ in range(4):
        out = step()
    wait(out)
    while isinstance(out, (list, tuple)):
        out = out[0]
    loss = float(out.reshape(-1)[0])

    start = time.perf_counter()
    wait(step())
    inner = max(1, int(0.02 / max(time.perf_counter() - start, 1e-6)))
    times, end = [], time.perf_counter() + seconds
    while len(times) < 5 or (time.perf_counter() < end and len(times) < 200):
        start = time.perf_counter()
        for _ in range(inner):
            out = step()
        wait(out)
        times.append(1e3 * (time.perf_counter() - start) / inner)
    times.sort()
    print(json.dumps({"workload": name, "first_s": first, "best_ms": times[0], "median_ms": times[len(times) // 2],
                      "peak_mib": peak_mib(), "base_mib": base, "loss": loss}))


if __name__ == "__main__":
    main()
