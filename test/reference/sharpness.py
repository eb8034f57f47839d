"""Curvature and loss surfaces of one small net in float64: the dense Hessian by double backward, everything else from it or from the formulas."""

from common import repeatable, write_json

torch = repeatable(5)
torch.set_default_dtype(torch.float64)

SHAPES = [(3, 2, 3, 3), (3,), (2, 27), (2,)]  # a convolution and a classifier, each with a bias
WEIGHTS = [torch.randn(s) * 0.5 for s in SHAPES]
BATCHES = [(torch.randn(n, 2, 5, 5), torch.randint(0, 2, (n,))) for n in (6, 4)]
DIRECTIONS = [[torch.randn(s) for s in SHAPES] for _ in range(2)]


def split(flat):
    return [part.view(s) for part, s in zip(flat.split([torch.Size(s).numel() for s in SHAPES]), SHAPES)]


def flatten(parts):
    return torch.cat([p.reshape(-1) for p in parts])


def batch_loss(flat, batch):
    w1, b1, w2, b2 = split(flat)
    x, y = batch
    hidden = torch.tanh(torch.nn.functional.conv2d(x, w1, b1)).flatten(1)
    return torch.nn.functional.cross_entropy(hidden @ w2.T + b2, y)


def loss(flat):
    return 0.6 * batch_loss(flat, BATCHES[0]) + 0.4 * batch_loss(flat, BATCHES[1])


def m_sharpness(w, rho, adaptive=False, eta=0.0, infinity=False):
    rise = 0.0
    for share, batch in zip((0.6, 0.4), BATCHES):
        g = torch.func.grad(batch_loss)(w, batch)
        t = w.abs() + eta if adaptive else torch.ones_like(w)
        eps = rho * t * g.sign() if infinity else rho * t * t * g / (t * g).norm()
        rise += share * (batch_loss(w + eps, batch) - batch_loss(w, batch)).item()
    return rise


def filter_normalised(direction):
    """Each filter (first dimension) as long as that of the weights; 0 for what has one dimension."""
    parts = []
    for d, w in zip(direction, WEIGHTS):
        if d.ndim <= 1:
            parts.append(torch.zeros_like(d))
        else:
            parts.append(torch.stack([a * (b.norm() / a.norm()) for a, b in zip(d, w)]))
    return flatten(parts)


def main():
    w = flatten(WEIGHTS)
    hessian = torch.autograd.functional.hessian(loss, w)
    assert (hessian - hessian.T).abs().max() < 1e-14
    v = torch.randn_like(w)
    axis = [-1.0, -0.5, 0.0, 0.5, 1.0]
    d1, d2 = map(filter_normalised, DIRECTIONS)
    options = [dict(rho=0.05), dict(rho=0.5, adaptive=True, eta=0.01), dict(rho=0.01, infinity=True)]
    listed = lambda tensors: [t.tolist() for t in tensors]
    fixture = dict(
        weights=listed(WEIGHTS),
        batches=[listed(b) for b in BATCHES],
        loss=loss(w).item(),
        eigenvalues=torch.linalg.eigvalsh(hessian).flip(0).tolist(),
        trace=hessian.trace().item(),
        v=v.tolist(),
        product=(hessian @ v).tolist(),
        mSharpness=[dict(options=o, sharpness=m_sharpness(w, **o)) for o in options],
        directions=[listed(d) for d in DIRECTIONS],
        axis=axis,
        line=[loss(w + a * d1).item() for a in axis],
        plane=[loss(w + a * d1 + b * d2).item() for a in axis for b in axis],
    )
    write_json("sharpness.json", fixture)


if __name__ == "__main__":
    main()
