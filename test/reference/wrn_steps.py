"""Twenty SAM and twenty ASAM steps of WRN-10-1 from the same weights and batches, in fp32 and in float64; README.md describes the files.

Twenty steps of a batch-normalised ReLU net amplify rounding. The fp32 runs are therefore chosen (batch 32, lr 0.01) so that 1e-7 of
relative noise in the initial weights moves the final ones by less than 3e-5; the float64 runs take the usual lr 0.1, where the
same amplification starts from 1e-16.
"""

import torch
from torch.nn.functional import cross_entropy

from common import repeatable, write_json, write_safetensors
from wide_resnet import WideResNet, sam_step

STEPS, DISTINCT, BATCH = 20, 5, 32
RULES = {"sam": dict(rho=0.05, adaptive=False), "asam": dict(rho=2.0, adaptive=True)}
RUNS = {"": dict(dtype=torch.float32, batch=BATCH, lr=0.01), "-float64": dict(dtype=torch.float64, batch=8, lr=0.1)}
PARAMETERS = {(16, 8): 10_961_370, (28, 10): 36_479_194, (40, 2): 2_243_546, (16, 4): 2_748_890, (28, 2): 1_467_610}


def pixels(images, dtype):
    """(byte - 128) / 64: exact in every format, so that every language computes the same."""
    return (images.to(dtype) - 128) / 64


def batches():
    """Noise around one of ten smooth patterns, so that there is something to learn."""
    labels = torch.randint(0, 10, (DISTINCT, BATCH))
    patterns = torch.nn.functional.interpolate(torch.randn(10, 3, 4, 4), size=32, mode="bilinear")
    images = 128 + 40 * patterns[labels] + 30 * torch.randn(DISTINCT, BATCH, 3, 32, 32)
    return images.clamp(0, 255).round().to(torch.uint8), labels


def train(initial, images, labels, rho, adaptive, dtype, batch, lr):
    model = WideResNet(10, 1).to(dtype)
    model.load_state_dict(initial)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9, weight_decay=5e-4, foreach=False)
    log = []
    for t in range(STEPS):
        x, y = pixels(images[t % DISTINCT, :batch], dtype), labels[t % DISTINCT, :batch]

        def closure():
            loss = cross_entropy(model(x), y, label_smoothing=0.1)
            loss.backward()
            return loss.detach()

        log.append(sam_step(model, optimizer, closure, rho, adaptive))
    model.eval()
    with torch.no_grad():
        logits = model(pixels(images[0, :batch], dtype))
    return log, model.state_dict(), logits


def main():
    repeatable(7)
    initial = {k: v.clone() for k, v in WideResNet(10, 1).state_dict().items()}
    images, labels = batches()
    for (depth, width), count in PARAMETERS.items():
        with torch.device("meta"):
            assert sum(p.numel() for p in WideResNet(depth, width).parameters()) == count, (depth, width)
    write_safetensors("wrn-10-1-start.safetensors", {**prefixed(initial), "images": images, "labels": labels})
    runs = []
    for suffix, setting in RUNS.items():
        for rule, options in RULES.items():
            log, final, logits = train(initial, images, labels, **options, **setting)
            file = f"wrn-10-1-{rule}{suffix}.safetensors"
            write_safetensors(file, {**prefixed(final), "logits": logits.float()})
            shown = {**setting, "dtype": str(setting["dtype"]).removeprefix("torch.")}
            runs.append(dict(name=rule + suffix, final=file, **options, **shown, momentum=0.9, weightDecay=5e-4, labelSmoothing=0.1, steps=log))
    write_json("wrn-10-1.json", dict(model="WRN-10-1", start="wrn-10-1-start.safetensors", runs=runs))


def prefixed(state):
    """Keys under `model.`; float64 rounded to fp32, which is finer than any test of it."""
    return {f"model.{k}": v.float() if v.is_floating_point() else v for k, v in state.items()}


if __name__ == "__main__":
    main()
