"""Programs with custom functions, hooks, checkpoints, torch.func and autograd.functional. Same format as autograd.json."""

import inspect
import textwrap

import torch
from torch.autograd import Function, functional
from torch.autograd.function import once_differentiable

import autograd
from common import encode, repeatable, write_json

D = torch.float64
PROGRAMS = autograd.PROGRAMS = []
program = autograd.program
X = autograd.X
V = autograd.V
W = [[0.5, -0.5, 1.0], [0.25, 0.75, -1.5], [1.0, 0.0, 0.5]]


@program(x=X, y=[[1.5, 0.5, -1.0], [0.25, 2.0, 0.75]])
def several_outputs_and_other_arguments(x, y):
    class F(Function):
        @staticmethod
        def forward(ctx, x, k, y):
            ctx.save_for_backward(x, y)
            ctx.k = k
            return x * y * k, (x + y).exp()

        @staticmethod
        def backward(ctx, a, b):
            x, y = ctx.saved_tensors
            e = (x + y).exp()
            return a * y * ctx.k + b * e, None, a * x * ctx.k + b * e

    p, q = F.apply(x, 3, y)
    gx, gy = torch.autograd.grad((p.sin() + q * q).sum(), [x, y], create_graph=True)
    (gx.square().sum() + gy.sum()).backward()
    return dict(p=p.detach(), q=q.detach(), gx=gx.detach(), gy=gy.detach(), hx=x.grad, hy=y.grad)


@program(x=V)
def output_saved_for_backward(x):
    class Exp(Function):
        @staticmethod
        def forward(ctx, x):
            y = x.exp()
            ctx.save_for_backward(y)
            return y

        @staticmethod
        def backward(ctx, g):
            (y,) = ctx.saved_tensors
            return g * y

    (g,) = torch.autograd.grad(Exp.apply(x).square().sum(), [x], create_graph=True)
    (h,) = torch.autograd.grad(g.sum(), [x], create_graph=True)
    (t,) = torch.autograd.grad(h.sum(), [x])
    return dict(g=g.detach(), h=h.detach(), t=t)


@program(x=X)
def unused_output_is_zeros(x):
    seen = []

    class F(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2, x * 3

        @staticmethod
        def backward(ctx, a, b):
            seen.append(b)
            return a * 2 + b * 3

    F.apply(x)[0].sum().backward()
    return dict(grad=x.grad, seen=seen[0])


@program(x=X)
def output_without_gradient(x):
    class Top(Function):
        @staticmethod
        def forward(ctx, x):
            v, i = x.max(1)
            ctx.mark_non_differentiable(i)
            ctx.save_for_backward(i)
            ctx.shape = x.shape
            return v, i

        @staticmethod
        def backward(ctx, g, _):
            (i,) = ctx.saved_tensors
            return torch.zeros(ctx.shape, dtype=g.dtype).scatter(1, i[:, None], g[:, None])

    v, i = Top.apply(x)
    (v * v).sum().backward()
    return dict(grad=x.grad, i=i, requires_grad=i.requires_grad)


@program(x=V)
def input_changed_in_place(x):
    class Double(Function):
        @staticmethod
        def forward(ctx, y):
            y.mul_(2)
            ctx.mark_dirty(y)
            return y

        @staticmethod
        def backward(ctx, g):
            return g * 2

    y = x * 3
    z = Double.apply(y)
    (z * z).sum().backward()
    return dict(grad=x.grad, same=z is y, version=y._version)


@program(x=V)
def needs_input_grad_in_forward(x):
    seen = []

    class F(Function):
        @staticmethod
        def forward(ctx, x, y, k):
            seen.append(list(ctx.needs_input_grad))
            return x * y

        @staticmethod
        def backward(ctx, g):
            return g, None, None

    F.apply(x, torch.ones(3, dtype=D), 2)
    return dict(x=seen[0][0], y=seen[0][1], k=seen[0][2])


@program(x=V)
def separate_context(x):
    class F(Function):
        @staticmethod
        def forward(x, k):
            return x**k

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, k = inputs
            ctx.save_for_backward(x)
            ctx.k = k

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * ctx.k * x ** (ctx.k - 1), None

    (g,) = torch.autograd.grad(F.apply(x, 3).sum(), [x], create_graph=True)
    (h,) = torch.autograd.grad(g.sum(), [x])
    return dict(g=g.detach(), h=h)


@program(x=V)
def once_differentiable_twice_fails(x):
    class F(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @once_differentiable
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * 2 * x

    (g,) = torch.autograd.grad(F.apply(x).sin().sum(), [x], create_graph=True)
    g.sum().backward()


@program(x=V)
def too_few_gradients_fail(x):
    class F(Function):
        @staticmethod
        def forward(ctx, x, y):
            return x * y

        @staticmethod
        def backward(ctx, g):
            return g

    F.apply(x, x).sum().backward()


@program(x=V)
def gradient_of_another_shape_fails(x):
    class F(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, g):
            return torch.ones(5, dtype=D)

    F.apply(x).sum().backward()


@program(x=V)
def gradient_in_lower_precision_is_converted(x):
    class F(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, g):
            return (g * 2).float()

    F.apply(x).sum().backward()
    return dict(grad=x.grad)


@program(x=V, w=[0.5, 1.0, 2.0])
def hook_after_accumulation(x, w):
    calls = []

    def step(p):
        calls.append(p.grad.clone())
        with torch.no_grad():
            p.sub_(p.grad, alpha=0.25)
        p.grad = None

    handle = x.register_post_accumulate_grad_hook(step)
    (x * w).square().sum().backward()
    handle.remove()
    (x * w).sum().backward()
    return dict(seen=calls[0], calls=len(calls), x=x.detach(), gx=x.grad, gw=w.grad)


@program(x=X, w=W)
def saved_tensors_packed(x, w):
    packed = []

    def pack(t):
        packed.append(t.shape)
        return t.detach().float()

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t.double() * 2):
        y = (x @ w).square().sum()
    y.backward()
    return dict(gx=x.grad, gw=w.grad, packed=len(packed))


@program(x=X, w=W)
def checkpoint_with_dropout(x, w):
    from torch.utils.checkpoint import checkpoint

    torch.manual_seed(5)
    block = lambda t: torch.nn.functional.dropout(torch.tanh(t @ w), 0.5)
    y = checkpoint(block, x, use_reentrant=False)
    torch.rand(3)
    y.square().sum().backward()
    return dict(y=y.detach(), gx=x.grad, gw=w.grad)


@program(x=X)
def jacobian_of_two_outputs(x):
    a, b = functional.jacobian(lambda t: (t.sum(1).exp(), t.prod()), x)
    return dict(a=a, b=b)


@program(x=V, y=[0.5, 1.0, -1.0])
def jacobian_by_two_inputs(x, y):
    a, b = functional.jacobian(lambda p, q: p * q.sum() + q * q, (x, y))
    return dict(a=a, b=b)


@program(x=V, y=[0.5, 1.0])
def hessian_by_two_inputs(x, y):
    (a, b), (c, d) = functional.hessian(lambda p, q: (p**3).sum() * q.prod() + p.sum(), (x, y))
    return dict(a=a, b=b, c=c, d=d)


@program(x=V, v_=[1.0, -1.0, 2.0])
def products(x, v_):
    f = lambda t: (t.sin() * t.flip(0).exp()).sum()
    y, hv = functional.hvp(f, x, v_)
    _, vh = functional.vhp(f, x, v_)
    g = lambda t: torch.stack([t.prod(), (t * t).sum()])
    _, jv = functional.jvp(g, x, v_)
    _, vj = functional.vjp(g, x, torch.tensor([1.0, 0.5], dtype=D))
    return dict(y=y, hv=hv, vh=vh, jv=jv, vj=vj)


@program(x=V)
def func_gradients_nest(x):
    from torch.func import grad, grad_and_value, hessian

    f = lambda t: (t.sin() * t * t).sum()
    g, y = grad_and_value(f)(x.detach())
    second = grad(lambda t: grad(f)(t).sum())(x.detach())
    third = grad(lambda t: grad(lambda u: grad(f)(u).sum())(t).sum())(x.detach())
    return dict(y=y, g=g, second=second, third=third, hessian=hessian(f)(x.detach()), requires_grad=g.requires_grad)


@program(x=X, w=W)
def func_gradient_through_a_captured_tensor(x, w):
    g = torch.func.grad(lambda t: (t @ w).exp().sum())(x.detach())
    g.square().sum().backward()
    return dict(g=g.detach(), gw=w.grad, none=x.grad)


@program(x=X, w=W, b=[0.5, -0.25, 1.0])
def func_of_a_module(x, w, b):
    layer = torch.nn.Linear(3, 3, dtype=D)
    before = layer.weight.clone()
    loss = lambda p, t: torch.func.functional_call(layer, p, (t,)).square().mean()
    g = torch.func.grad(loss)({"weight": w.detach(), "bias": b.detach()}, x.detach())
    return dict(gw=g["weight"], gb=g["bias"], unchanged=bool((layer.weight == before).all()))


if __name__ == "__main__":
    repeatable()
    cases = []
    for fn, inputs in PROGRAMS:
        made = {k: torch.tensor(v, dtype=D).requires_grad_(not k.endswith("_")) for k, v in inputs.items()}
        source = textwrap.dedent(inspect.getsource(fn)).split("\n", 1)[1]
        case = dict(name=fn.__name__.replace("_", " "), python=source, inputs={k: encode(v) for k, v in made.items()})
        try:
            case["out"] = {k: encode(v) if isinstance(v, torch.Tensor) else v for k, v in fn(**made).items()}
        except (RuntimeError, ValueError, TypeError) as error:
            case |= dict(error=type(error).__name__, message=str(error).splitlines()[0])
        cases.append(case)
    write_json("autograd-more.json", dict(cases=cases))
    print(f"{len(cases)} programs, {sum('error' in c for c in cases)} of them errors")
