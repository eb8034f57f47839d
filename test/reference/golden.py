"""Golden values of the SAM family in float64, written straight from the formulas. NumPy only: no autograd, no torch.

One linear model, L = mean over all entries of (X W^T + b - Y)^2, so that g is exact and every rule fits in a few lines.
Writes fixtures/golden.json; README.md describes its format. `eps` is the perturbation, g = grad L(w), gs = grad L(w + eps).
"""

import numpy as np

from common import write_json

X = np.array([[1, 2, -1], [0.5, -1, 2], [-1.5, 0.25, 1], [2, 1, 0.5]])
Y = np.array([[1, -1], [0, 0.5], [2, 1], [-1, 0]])
W0 = np.array([[0.3, -0.2, 0.1], [0, 0.4, -0.5]])
B0 = np.array([0.05, -0.1])
SLICES = {"w": slice(0, 6), "b": slice(6, 8)}  # the two tensors inside the one vector
norm = np.linalg.norm


def residual(w, rows=None):
    x, y = (X, Y) if rows is None else (X[rows], Y[rows])
    return x, x @ w[:6].reshape(2, 3).T + w[6:] - y


def loss(w, rows=None):
    return float((residual(w, rows)[1] ** 2).mean())


def sample_losses(w):
    return (residual(w)[1] ** 2).mean(1)


def grad(w, rows=None):
    x, r = residual(w, rows)
    return np.concatenate([(2 / r.size * r.T @ x).ravel(), 2 / r.size * r.sum(0)])


# Base optimizers, as torch.optim defines them.


class SGD:
    def __init__(self, lr, momentum, weightDecay, nesterov=False):
        self.lr, self.mu, self.wd, self.nesterov, self.v = lr, momentum, weightDecay, nesterov, np.zeros(8)

    def step(self, w, g):
        g = g + self.wd * w
        self.v = self.mu * self.v + g
        return w - self.lr * (g + self.mu * self.v if self.nesterov else self.v)


class Adam:
    def __init__(self, lr, weightDecay, betas=(0.9, 0.999), eps=1e-8, decoupled=False):
        self.lr, self.betas, self.eps, self.wd, self.decoupled = lr, betas, eps, weightDecay, decoupled
        self.v, self.second, self.t = np.zeros(8), np.zeros(8), 0

    def step(self, w, g):
        if self.decoupled:
            w = w * (1 - self.lr * self.wd)
        else:
            g = g + self.wd * w
        (b1, b2), self.t = self.betas, self.t + 1
        self.v = b1 * self.v + (1 - b1) * g
        self.second = b2 * self.second + (1 - b2) * g * g
        denominator = np.sqrt(self.second) / np.sqrt(1 - b2**self.t) + self.eps
        return w - self.lr / (1 - b1**self.t) * self.v / denominator


def AdamW(**o):
    return Adam(decoupled=True, **o)


BASES = {"SGD": SGD, "Adam": Adam, "AdamW": AdamW}
DEFAULTS = {
    "SGD": dict(lr=0.1, momentum=0.9, weightDecay=5e-4),
    "Adam": dict(lr=0.01, weightDecay=5e-4),
    "AdamW": dict(lr=0.01, weightDecay=0.01),
}


def perturb(w, d, o):
    """eps for ascent direction d under options o: rho, p, adaptive, eta, weightsOnly, mask, groups (per tensor)."""
    rho, T, mask, p = np.zeros(8), np.ones(8), np.ones(8), o.get("p", 2)
    for name, s in SLICES.items():
        g = {**o, **o.get("groups", {}).get(name, {})}
        rho[s] = g["rho"]
        mask[s] = g.get("mask", 1)
        if g.get("adaptive") and not (g.get("weightsOnly") and name == "b"):
            T[s] = np.abs(w[s]) + g.get("eta", 0)
    if p == "infinity":
        return rho * mask * T * np.sign(d)
    length = norm(mask * T * d)  # over what is perturbed only
    return np.zeros(8) if length == 0 else rho * mask * T**2 * d / length


# The rules: each takes a base and options and gives step(t, w), which returns the new w and a record of what happened.


def sgd(base, o):
    def step(t, w):
        g = grad(w)
        return base.step(w, g), dict(g=g)

    return step


def sam(base, o):
    """eps = rho g/|g| (adaptive: rho T^2 g/|T g|); base(w, gs). With `every` = k the other steps are plain base steps."""

    def step(t, w):
        g, now = grad(w), {**o, "rho": o["rhos"][t]} if "rhos" in o else o
        if t % o.get("every", 1):
            return base.step(w, g), dict(g=g)
        ascent = g + base.wd * w if o.get("ascentWeightDecay") else g
        eps = perturb(w, ascent, now)
        d = gs = grad(w + eps)
        if "clip" in o:  # of gs only; torch's clip_grad_norm_ adds 1e-6
            d = gs * min(1.0, o["clip"] / (norm(gs) + 1e-6))
        if o.get("l2InLoss"):  # Google's code: the penalty is part of the loss, so pass 2 decays w + eps
            d = gs + base.wd * eps
        return base.step(w, d), dict(g=g, gs=gs, eps=eps)

    return step


def gsam(base, o):
    """g_perp = g - (<g,gs>/|gs|^2) gs; base(w, gs - alpha g_perp); rho_t = rhoMin + (rhoMax - rhoMin)(lr - lrMin)/(lrMax - lrMin)."""

    def step(t, w):
        if "lrs" in o:
            base.lr = o["lrs"][t]
            share = (base.lr - o["lrMin"]) / (o["lrMax"] - o["lrMin"])
            rho = o["rhoMin"] + (o["rhoMax"] - o["rhoMin"]) * share
        else:
            rho = o["rho"]
        g = grad(w)
        eps = perturb(w, g, {**o, "rho": rho})
        gs = grad(w + eps)
        perp = g - (g @ gs) / (gs @ gs) * gs
        assert abs(perp @ gs) < 1e-12
        return base.step(w, gs - o["alpha"] * perp), dict(g=g, gs=gs, eps=eps, rho=rho, lr=base.lr)

    return step


def looksam(base, o):
    """Every k-th step base(w, gs), keeping gv = gs - (<gs,g>/|g|^2) g; else base(w, g + alpha |g|/(|gv| + 1e-8) gv), one pass."""
    gv = np.zeros(8)

    def step(t, w):
        nonlocal gv
        g = grad(w)
        if t % o["k"]:
            return base.step(w, g + o["alpha"] * norm(g) / (norm(gv) + 1e-8) * gv), dict(g=g)
        eps = perturb(w, g, o)
        gs = grad(w + eps)
        gv = gs - (gs @ g) / (g @ g) * g
        assert abs(gv @ g) < 1e-12
        return base.step(w, gs), dict(g=g, gs=gs, eps=eps, gv=gv)

    return step


def fsam(base, o):
    """d = g - sigma m, eps = rho d/|d|; first step d = g, m = g; then m <- lambda m + (1 - lambda) g, after d is taken."""
    m = None

    def step(t, w):
        nonlocal m
        g = grad(w)
        d = g if m is None else g - o["sigma"] * m
        m = g if m is None else o["lambda"] * m + (1 - o["lambda"]) * g
        eps = perturb(w, d, o)
        gs = grad(w + eps)
        return base.step(w, gs), dict(g=g, gs=gs, eps=eps, m=m)

    return step


def esam(base, o):
    """Tensors with mask 1 are perturbed by (rho/beta) g/|g|, |g| over all of them, so that the mean over masks is SAM's eps;
    pass 2 takes the gamma b samples whose loss rose most."""

    def step(t, w):
        g, mask = grad(w), np.zeros(8)
        for (name, s), on in zip(SLICES.items(), o["masks"][t]):
            mask[s] = on
        eps = mask * perturb(w, g, o) / o["beta"]
        rise = sample_losses(w + eps) - sample_losses(w)
        rows = sorted(np.argsort(-rise, kind="stable")[: int(o["gamma"] * len(X))].tolist())
        gs = grad(w + eps, rows)
        return base.step(w, gs), dict(g=g, gs=gs, eps=eps, mask=o["masks"][t], samples=rows, rise=rise)

    return step


def wsam(base, o):
    """a = gamma/(1-gamma). Decoupled: base(w, g), then w <- w - lr a (gs - g). Coupled: base(w, (1-a) g + a gs)."""
    a = o["gamma"] / (1 - o["gamma"])

    def step(t, w):
        g = grad(w)
        eps = perturb(w, g, o)
        gs = grad(w + eps)
        new = base.step(w, g) - base.lr * a * (gs - g) if o["decoupled"] else base.step(w, (1 - a) * g + a * gs)
        return new, dict(g=g, gs=gs, eps=eps)

    return step


def msam(base, o):
    """eps = -rho v/|v|, v the momentum buffer (Adam: the first moment); one pass, at w + eps; base(w, gs). First step: v = 0, eps = 0."""

    def step(t, w):
        eps = perturb(w, -base.v, o)
        gs = grad(w + eps)
        return base.step(w, gs), dict(gs=gs, eps=eps, v=base.v)

    return step


def micro(base, o):
    """Accumulation over micro-batches of o.microBatch samples, each weighted by its share of the samples.
    n-sam: one eps from the mean gradient. m-sam: an own eps per micro-batch, mean of the second gradients."""
    chunks = [list(range(i, min(i + o["microBatch"], len(X)))) for i in range(0, len(X), o["microBatch"])]
    shares = [len(c) / len(X) for c in chunks]

    def step(t, w):
        firsts = [grad(w, c) for c in chunks]
        g = sum(s * f for s, f in zip(shares, firsts))
        offsets = [perturb(w, g if o["accumulation"] == "n-sam" else f, o) for f in firsts]
        gs = sum(s * grad(w + e, c) for s, e, c in zip(shares, offsets, chunks))
        return base.step(w, gs), dict(g=g, gs=gs, offsets=offsets)

    return step


ASAM = dict(adaptive=True, eta=0)
ASAM_PAPER = dict(adaptive=True, eta=0.01, weightsOnly=True)
LRS = [0.1, 0.08, 0.05, 0.02]
GROUPS = {"w": {"rho": 0.05}, "b": {"rho": 0.2}}
CASES = [  # name, rule, options, base, base options, steps
    ("sgd", sgd, {}),
    ("sam", sam, dict(rho=0.05)),
    ("asam", sam, dict(rho=0.5, **ASAM)),
    ("asam-paper", sam, dict(rho=0.5, **ASAM_PAPER)),
    ("sam-zero-rho", sam, dict(rho=0.0)),
    ("sam-infinity", sam, dict(rho=0.02, p="infinity")),
    ("asam-infinity", sam, dict(rho=0.1, p="infinity", **ASAM_PAPER)),
    ("sam-groups-rho", sam, dict(rho=0.05, groups=GROUPS)),
    ("sam-groups-adaptive", sam, dict(rho=0.05, groups={"w": {"rho": 0.5, "adaptive": True, "eta": 0.01}, "b": {"rho": 0.05}})),
    ("sam-mask", sam, dict(rho=0.1, groups={"w": {"mask": 0}})),
    ("sam-ascent-weight-decay", sam, dict(rho=0.05, ascentWeightDecay=True), "SGD", dict(weightDecay=0.05)),
    ("sam-l2-in-loss", sam, dict(rho=0.05, ascentWeightDecay=True, l2InLoss=True), "SGD", dict(weightDecay=0.05)),
    ("sam-clip", sam, dict(rho=0.05, clip=1.0), "SGD", {}, 5),
    ("sam-every-2", sam, dict(rho=0.05, every=2), "SGD", {}, 5),
    ("sam-rho-schedule", sam, dict(rhos=[0.0, 0.1, 0.05, 0.02]), "SGD", {}, 4),
    ("sam-nesterov", sam, dict(rho=0.05), "SGD", dict(nesterov=True)),
    ("sam-adam", sam, dict(rho=0.05), "Adam", {}, 5),
    ("sam-adamw", sam, dict(rho=0.05), "AdamW", {}, 5),
    ("asam-adamw", sam, dict(rho=0.5, **ASAM_PAPER), "AdamW", {}, 5),
    ("gsam", gsam, dict(rho=0.05, alpha=0.4)),
    ("gsam-lr", gsam, dict(rhoMin=0.02, rhoMax=0.1, lrMin=0.0, lrMax=0.1, alpha=0.4, lrs=LRS), "SGD", {}, 4),
    ("gsam-asam", gsam, dict(rho=0.5, alpha=0.4, **ASAM)),
    ("gsam-adamw", gsam, dict(rho=0.05, alpha=0.4), "AdamW", {}, 5),
    ("looksam", looksam, dict(rho=0.05, k=5, alpha=0.7), "SGD", {}, 13),
    ("looksam-infinity", looksam, dict(rho=0.02, k=5, alpha=0.7, p="infinity"), "SGD", {}, 7),
    ("looksam-adamw", looksam, dict(rho=0.05, k=2, alpha=0.7), "AdamW", {}, 6),
    ("fsam", fsam, {"rho": 0.05, "sigma": 1.0, "lambda": 0.9}, "SGD", {}, 5),
    ("fsam-asam", fsam, {"rho": 0.5, "sigma": 0.5, "lambda": 0.6, **ASAM_PAPER}, "SGD", {}, 5),
    ("fsam-adam", fsam, {"rho": 0.05, "sigma": 1.0, "lambda": 0.9}, "Adam", {}, 5),
    ("esam", esam, dict(rho=0.05, beta=0.5, gamma=0.5, masks=[[1, 0], [0, 1], [1, 1], [1, 0]]), "SGD", {}, 4),
    ("esam-whole", esam, dict(rho=0.05, beta=1.0, gamma=1.0, masks=[[1, 1]] * 3)),
    ("wsam", wsam, dict(rho=0.05, gamma=0.9, decoupled=True)),
    ("wsam-coupled", wsam, dict(rho=0.05, gamma=0.9, decoupled=False)),
    ("wsam-mask", wsam, dict(rho=0.1, gamma=0.8, decoupled=True, groups={"w": {"mask": 0}})),
    ("wsam-adamw", wsam, dict(rho=0.05, gamma=0.9, decoupled=True), "AdamW", {}, 5),
    ("wsam-coupled-adam", wsam, dict(rho=0.05, gamma=0.9, decoupled=False), "Adam", {}, 5),
    ("msam", msam, dict(rho=0.3), "SGD", {}, 5),
    ("msam-adamw", msam, dict(rho=0.3), "AdamW", {}, 5),
    ("n-sam", micro, dict(rho=0.05, accumulation="n-sam", microBatch=2)),
    ("m-sam", micro, dict(rho=0.05, accumulation="m-sam", microBatch=2)),
    ("m-sam-single", micro, dict(rho=0.05, accumulation="m-sam", microBatch=1)),
    ("m-sam-whole", micro, dict(rho=0.05, accumulation="m-sam", microBatch=4)),
    ("m-sam-uneven", micro, dict(rho=0.05, accumulation="m-sam", microBatch=3)),
    ("m-sam-asam", micro, dict(rho=0.5, accumulation="m-sam", microBatch=2, **ASAM)),
]

PRINTED = {  # W (row-major) and b after three steps, to the twelve decimals of the project's design
    "sgd": "-0.400385154642 0.077585273023 0.008895277584 -0.366404089129 -0.254408666358 0.369802160250 0.254364973147 0.064192769138",
    "sam": "-0.417113976953 0.080692358640 0.005991637791 -0.382088131217 -0.280906465749 0.400992663878 0.255041616834 0.068563964428",
    "asam": "-0.430001571167 0.074800073658 0.008857296155 -0.389935882201 -0.338841577957 0.480329043535 0.252846224995 0.086382462961",
}


def split(v):
    return {"w": v[:6].reshape(2, 3).tolist(), "b": v[6:].tolist()}


def run(name, rule, options, base="SGD", base_options={}, steps=3):
    base_options = {**DEFAULTS[base], **base_options}
    optimizer = BASES[base](**base_options)
    step, w, log = rule(optimizer, options), np.concatenate([W0.ravel(), B0]), []
    for t in range(steps):
        before = w
        w, r = step(t, w)
        eps, g, gs = (r.pop(k, None) for k in ("eps", "g", "gs"))
        entry = {**split(w), "loss": loss(before)}
        entry |= {} if g is None else {"gradNorm": norm(g)}
        if eps is not None:
            entry |= {"eps": split(eps), "epsNorm": norm(eps), "lossPerturbed": loss(before + eps)}
            if "p" not in options and "groups" not in options and not options.get("adaptive") and rule is not esam and norm(eps) > 0:
                assert abs(norm(eps) - options.get("rho", norm(eps))) < 1e-14, name
        entry |= {} if gs is None else {"gradSharpNorm": norm(gs)}
        if g is not None and gs is not None:
            entry["cos"] = (g @ gs) / (norm(g) * norm(gs))
        for key, value in r.items():
            vectors = key in ("gv", "m", "v")
            entry[key] = [split(e) for e in value] if key == "offsets" else split(value) if vectors else value
        log.append(entry)
    formula = " ".join((rule.__doc__ or "base(w, g)").split())
    return dict(name=name, rule=rule.__name__, formula=formula, options=options, base=dict(name=base, **base_options), steps=log)


def main():
    cases = {c["name"]: c for c in (run(*c) for c in CASES)}
    last = lambda name: np.concatenate([np.ravel(cases[name]["steps"][2][k]) for k in "wb"])
    for name, text in PRINTED.items():
        assert np.abs(last(name) - np.array(text.split(), float)).max() < 6e-13, name
    assert cases["sgd"]["steps"][0]["loss"] == 2.5684375
    assert abs(cases["sgd"]["steps"][0]["gradNorm"] - 3.048099113074409) < 1e-14
    assert abs(cases["sam"]["steps"][0]["lossPerturbed"] - 2.723661688511003) < 1e-12  # printed with |g| + 1e-12 below
    for twin, of in [("n-sam", "sam"), ("m-sam-whole", "sam"), ("esam-whole", "sam"), ("sam-zero-rho", "sgd")]:
        assert np.abs(last(twin) - last(of)).max() < 1e-15, twin
    write_json("golden.json", dict(dtype="float64", x=X, y=Y, w0=W0, b0=B0, cases=list(cases.values())))


if __name__ == "__main__":
    main()
