"""Small programs about gradients: what they give, or how they fail. README.md has the format."""

import inspect
import textwrap

import torch

from common import encode, repeatable, write_json

D = torch.float64
PROGRAMS = []


def program(**inputs):
    """Registers a program; its inputs are float64 tensors that require gradients, unless their name ends in `_`."""

    def register(fn):
        PROGRAMS.append((fn, inputs))
        return fn

    return register


X = [[0.5, -1.25, 2.0], [1.5, 0.25, -0.75]]
V = [1.5, -2.0, 0.5]


@program(x=X)
def backward_of_a_sum(x):
    (x * x).sum().backward()
    return dict(grad=x.grad)


@program(x=X)
def gradients_accumulate(x):
    (x * x).sum().backward()
    (x * 3).sum().backward()
    return dict(grad=x.grad)


@program(x=X)
def zeroing_between_passes(x):
    (x * x).sum().backward()
    x.grad = None
    (x * 3).sum().backward()
    return dict(grad=x.grad)


@program(x=V)
def backward_needs_a_scalar(x):
    (x * 2).backward()


@program(x=V, g_=[1.0, 10.0, 100.0])
def backward_with_a_gradient(x, g_):
    (x**3).backward(g_)
    return dict(grad=x.grad)


@program(x=V, g_=[1.0, 10.0])
def gradient_of_the_wrong_shape(x, g_):
    (x**3).backward(g_)


@program(x=V)
def backward_twice_fails(x):
    y = (x.exp() * x).sum()
    y.backward()
    y.backward()


@program(x=V)
def backward_twice_with_retain_graph(x):
    y = (x.exp() * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    return dict(grad=x.grad)


@program(x=V, y=[0.5, 1.0, -1.0])
def grad_leaves_grad_alone(x, y):
    gx, gy = torch.autograd.grad((x * y).sin().sum(), [x, y])
    return dict(gx=gx, gy=gy, none=x.grad)


@program(x=V, y=V)
def grad_of_an_unused_input_fails(x, y):
    torch.autograd.grad(x.sum(), [x, y])


@program(x=V, y=V)
def grad_of_an_unused_input_allowed(x, y):
    gx, gy = torch.autograd.grad(x.sum(), [x, y], allow_unused=True)
    return dict(gx=gx, none=gy)


@program(x=V, y=V)
def grad_of_an_unused_input_as_zeros(x, y):
    gx, gy = torch.autograd.grad(x.sum(), [x, y], materialize_grads=True)
    return dict(gx=gx, gy=gy)


@program(x=V)
def grad_of_several_outputs(x):
    (g,) = torch.autograd.grad([x.sin(), (x * x).sum()], [x], grad_outputs=[torch.full_like(x, 2.0), None])
    return dict(g=g)


@program(x=V)
def first_to_fourth_derivative(x):
    y, out = (x**5 / 60).sum(), {}
    for order in ("first", "second", "third", "fourth"):
        (g,) = torch.autograd.grad(y, [x], create_graph=True)
        out[order], y = g.detach(), g.sum()
    return out


@program(x=V)
def second_derivative_without_create_graph_fails(x):
    (g,) = torch.autograd.grad((x**3).sum(), [x])
    torch.autograd.grad(g.sum(), [x])


@program(x=X, v_=[[1.0, 0.5, -1.0], [2.0, 0.0, 0.25]])
def hessian_vector_product(x, v_):
    (g,) = torch.autograd.grad((x.tanh() * x.flip(1)).sum(), [x], create_graph=True)
    (hv,) = torch.autograd.grad((g * v_).sum(), [x])
    return dict(g=g.detach(), hv=hv)


@program(x=X, w=[[0.5, -0.5, 1.0], [0.25, 0.75, -1.5]])
def gradient_penalty(x, w):
    score = torch.nn.functional.softplus(x @ w.t()).sum()
    (g,) = torch.autograd.grad(score, [x], create_graph=True)
    ((g.norm() - 1) ** 2).backward()
    return dict(gx=x.grad, gw=w.grad)


@program(x=[[[[0.5, -1.0, 2.0], [1.5, 0.0, -0.5], [1.0, 2.0, -1.0]]]], w=[[[[1.0, -0.5], [0.25, 2.0]]]])
def double_backward_of_a_convolution(x, w):
    y = torch.nn.functional.conv2d(x, w, padding=1).tanh().sum()
    gx, gw = torch.autograd.grad(y, [x, w], create_graph=True)
    (gx.square().sum() + gw.square().sum()).backward()
    return dict(gx=x.grad, gw=w.grad)


@program(x=[[0.5, -1.25], [1.5, 0.25], [-0.5, 2.0], [1.0, 1.0]], w=[1.5, 0.5], b=[0.1, -0.2])
def double_backward_of_batch_norm(x, w, b):
    y = torch.nn.functional.batch_norm(x, None, None, w, b, training=True).exp().sum()
    (g,) = torch.autograd.grad(y, [x], create_graph=True)
    g.square().sum().backward()
    return dict(gx=x.grad, gw=w.grad, gb=b.grad)


@program(x=V)
def no_grad_makes_constants(x):
    with torch.no_grad():
        c = x * x
    (c * x).sum().backward()
    return dict(grad=x.grad, requires_grad=c.requires_grad)


@program(x=V)
def enable_grad_inside_no_grad(x):
    with torch.no_grad(), torch.enable_grad():
        y = (x * x).sum()
    y.backward()
    return dict(grad=x.grad)


@program(x=V)
def detach_stops_the_gradient(x):
    (x.detach() * x).sum().backward()
    return dict(grad=x.grad)


@program(x=V)
def inference_tensors_cannot_be_saved(x):
    with torch.inference_mode():
        c = torch.ones(3, dtype=D)
    (x * c).sum().backward()


@program(x=V)
def leaf_changed_in_place_fails(x):
    x.add_(1)


@program(x=V)
def leaf_changed_in_place_under_no_grad(x):
    with torch.no_grad():
        x.add_(1)
    (x * x).sum().backward()
    return dict(x=x.detach(), grad=x.grad)


@program(x=V)
def saved_value_changed_in_place_fails(x):
    y = x.exp()
    z = (y * y).sum()
    y.add_(1)
    z.backward()


@program(x=X)
def in_place_on_a_view(x):
    y = x * 2
    y[0].mul_(3)
    y[:, 1] = 0
    y.sum().backward()
    return dict(grad=x.grad)


@program(x=V)
def intermediate_gradient_kept(x):
    y = x * 2
    y.retain_grad()
    (y * y).sum().backward()
    return dict(gy=y.grad, gx=x.grad)


@program(x=V)
def intermediate_gradient_is_not_kept(x):
    y = x * 2
    (y * y).sum().backward()
    return dict(gx=x.grad, none=y.grad if y.retains_grad else None)


@program(x=V)
def hook_changes_the_gradient(x):
    seen = []
    handle = x.register_hook(lambda g: (seen.append(g.clone()), g * 10)[1])
    (x * x).sum().backward()
    handle.remove()
    (x * x).sum().backward()
    return dict(grad=x.grad, seen=seen[0], calls=len(seen))


@program(x_=V)
def nothing_requires_gradients(x_):
    (x_ * x_).sum().backward()


@program(x=V)
def integers_have_no_gradients(x):
    x.round().to(torch.int64).requires_grad_()


@program(x=V)
def broadcasting_sums_back(x):
    (x + torch.arange(6, dtype=D).reshape(2, 3)).pow(2).sum().backward()
    return dict(grad=x.grad)


@program(x=V)
def gradient_in_fp32_through_a_cast(x):
    x.float().square().sum().backward()
    return dict(grad=x.grad)


@program(x=V)
def where_and_max(x):
    (torch.where(x > 0, x * x, -x).sum() + x.max() * 5).backward()
    return dict(grad=x.grad)


@program(x=V)
def custom_function(x):
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**3

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return 3 * x**2 * g

    y = Cube.apply(x)
    (g,) = torch.autograd.grad((y * y).sum(), [x], create_graph=True)
    (h,) = torch.autograd.grad(g.sum(), [x])
    return dict(y=y.detach(), g=g.detach(), h=h)


@program(x=X, w=[[0.5, -0.5, 1.0], [0.25, 0.75, -1.5], [1.0, 0.0, 0.5]])
def checkpointing_gives_the_same(x, w):
    block = lambda t: torch.tanh(t @ w) * t
    torch.utils.checkpoint.checkpoint(block, torch.utils.checkpoint.checkpoint(block, x, use_reentrant=False), use_reentrant=False).sum().backward()
    return dict(gx=x.grad, gw=w.grad)


@program(x=V, v_=[1.0, -1.0, 2.0])
def vjp_and_jvp(x, v_):
    f = lambda t: torch.stack([t.prod(), (t * t).sum()])
    y, pull = torch.func.vjp(f, x.detach())
    _, push = torch.func.jvp(f, (x.detach(),), (v_,))
    return dict(y=y, vjp=pull(torch.tensor([1.0, 0.5], dtype=D))[0], jvp=push, jacobian=torch.func.jacrev(f)(x.detach()))


def shown(v):
    return encode(v) if isinstance(v, torch.Tensor) else v


def main():
    repeatable()
    cases = []
    for fn, inputs in PROGRAMS:
        made = {k: torch.tensor(v, dtype=D).requires_grad_(not k.endswith("_")) for k, v in inputs.items()}
        source = textwrap.dedent(inspect.getsource(fn)).split("\n", 1)[1]
        case = dict(name=fn.__name__.replace("_", " "), python=source, inputs={k: encode(v) for k, v in made.items()})
        try:
            case["out"] = {k: shown(v) for k, v in fn(**made).items()}
        except (RuntimeError, ValueError, TypeError) as error:
            case |= dict(error=type(error).__name__, message=str(error).splitlines()[0])
        cases.append(case)
    write_json("autograd.json", dict(cases=cases))
    print(f"{len(cases)} programs, {sum('error' in c for c in cases)} of them errors")


if __name__ == "__main__":
    main()
