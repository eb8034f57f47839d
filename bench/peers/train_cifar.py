"""The reference's recipe on CIFAR-10 in its binary layout: WideResNet, SGD, SAM or ASAM, bf16 or fp32; one JSON line per epoch.

    python bench/peers/train_cifar.py --data DIR --depth 16 --width-factor 2 --precision bf16 --optimizer sam --epochs 3

SGD 0.1, momentum 0.9, weight decay 5e-4, batch 128, learning rate x0.2 at 30, 60 and 80 % of the epochs; zero-pad by 4 and crop, flip, normalise with
the training images' mean and deviation, cutout 16x16 for half of the images; the last batch is kept. Label smoothing in PyTorch's sense (the
reference's own 0.1 is 1/9 here). Losses and accuracies of training are those of the first pass. `--label-noise 0.4` gives 40 % of the training labels another class,
`--limit` takes the first images of the training set only. `--max-steps` ends an epoch early.
"""

import argparse
import json
import time
from pathlib import Path

from peer import TunedSAM, tuned_step  # first: it finds wide_resnet

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from wide_resnet import WideResNet


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in dict(depth=16, width_factor=2, batch_size=128, epochs=3, seed=0, limit=0, max_steps=0, threads=0).items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=default)
    for name, default in dict(learning_rate=0.1, momentum=0.9, weight_decay=5e-4, label_smoothing=0.1, label_noise=0.0, dropout=0.0).items():
        parser.add_argument("--" + name.replace("_", "-"), type=float, default=default)
    parser.add_argument("--rho", type=float, help="default 0.05 for SAM, 2.0 for ASAM")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--optimizer", choices=["sgd", "sam", "asam"], default="sam")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="bf16")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--log", type=Path, help="also append the lines to this file")
    args = parser.parse_args()
    if args.rho is None:
        args.rho = 2.0 if args.optimizer == "asam" else 0.05
    return args


def load(*files):
    rows = np.concatenate([np.fromfile(f, np.uint8).reshape(-1, 3073) for f in files])
    return torch.from_numpy(rows[:, 1:].reshape(-1, 3, 32, 32).copy()), torch.from_numpy(rows[:, 0].astype(np.int64))


def statistics(images):
    """Mean and (unbiased) deviation of each channel on a scale of 0 to 1, from counts of the 256 values: exact, and no float copy of the set."""
    value = torch.arange(256, dtype=torch.float64) / 255
    counts = torch.stack([torch.bincount(images[:, c].reshape(-1), minlength=256) for c in range(3)]).double()
    total = counts.sum(1)
    mean = counts @ value / total
    std = ((counts * (value - mean[:, None]) ** 2).sum(1) / (total - 1)).sqrt()
    return mean.float().reshape(3, 1, 1), std.float().reshape(3, 1, 1)


def with_noise(labels, share, generator):
    """A share of the labels, chosen without replacement, each moved to one of the other nine classes."""
    labels, count = labels.clone(), int(share * len(labels))
    chosen = torch.randperm(len(labels), generator=generator)[:count]
    labels[chosen] = (labels[chosen] + torch.randint(1, 10, (count,), generator=generator)) % 10
    return labels


def augment(images, mean, std, generator):
    """Crop, flip, normalise, cut out, in the reference's order: the padding is black before it is normalised. Slices of one padded batch
    are copied in place: about 6 ms of one core per 128 images."""
    n = len(images)
    draw = lambda low, high: torch.randint(low, high, (n,), generator=generator).tolist()
    rows, columns, flips, tops, lefts, holes = draw(0, 9), draw(0, 9), draw(0, 2), draw(-8, 24), draw(-8, 24), draw(0, 2)
    padded, out = torch.nn.functional.pad(images, (4, 4, 4, 4)), torch.empty_like(images)
    for i, (row, column, flip) in enumerate(zip(rows, columns, flips)):
        crop = padded[i, :, row : row + 32, column : column + 32]
        out[i] = crop.flip(2) if flip else crop
    x = out.float().contiguous(memory_format=torch.channels_last).div_(255).sub_(mean).div_(std)
    for i, (top, left, hole) in enumerate(zip(tops, lefts, holes)):
        if hole:
            x[i, :, max(0, top) : top + 16, max(0, left) : left + 16] = 0
    return x


def main():
    args = arguments()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)
    train_x, train_y = load(*sorted(args.data.glob("data_batch_*.bin")))
    test_x, test_y = load(args.data / "test_batch.bin")
    mean, std = statistics(train_x)
    if args.limit:
        train_x, train_y = train_x[: args.limit], train_y[: args.limit]
    train_y = with_noise(train_y, args.label_noise, generator)

    model = WideResNet(args.depth, args.width_factor, args.dropout).to(args.device, memory_format=torch.channels_last)
    run = torch.compile(model) if args.compile else model
    sgd = dict(lr=args.learning_rate, momentum=args.momentum, weight_decay=args.weight_decay)
    optimizer = TunedSAM(model.parameters(), args.rho, args.optimizer == "asam", **sgd)
    batch = {}

    def forward():
        with torch.autocast(args.device, torch.bfloat16, enabled=args.precision == "bf16"):
            logits = run(batch["x"]).float()
        batch.setdefault("logits", logits.detach())  # of the first pass
        return cross_entropy(logits, batch["y"], label_smoothing=args.label_smoothing)

    def plain():
        loss = forward()
        loss.backward()
        optimizer.base.step()
        optimizer.clear()
        return loss.detach()

    step = plain if args.optimizer == "sgd" else tuned_step(model, forward, optimizer)
    for epoch in range(args.epochs):
        start, lr = time.perf_counter(), args.learning_rate * 0.2 ** sum(epoch >= args.epochs * t / 10 for t in (3, 6, 8))
        for group in optimizer.base.param_groups:
            group["lr"] = lr
        model.train()
        order, loss_sum, right, seen = torch.randperm(len(train_x), generator=generator), 0.0, 0, 0
        for number, chosen in enumerate(order.split(args.batch_size)):
            if args.max_steps and number == args.max_steps:
                break
            x, y = augment(train_x[chosen], mean, std, generator).to(args.device), train_y[chosen].to(args.device)
            batch = {"x": x, "y": y}
            loss_sum = loss_sum + step() * len(chosen)
            right, seen = right + (batch["logits"].argmax(1) == y).sum(), seen + len(chosen)
        trained = time.perf_counter() - start
        test_loss, test_right = evaluate(args, run, model, test_x, test_y, mean, std)
        line = dict(
            epoch=epoch + 1, lr=lr, trainLoss=float(loss_sum) / seen, trainAccuracy=int(right) / seen,
            testLoss=test_loss, testAccuracy=test_right, seconds=round(trained, 2), evalSeconds=round(time.perf_counter() - start - trained, 2),
        )  # fmt: skip
        print(json.dumps(line), flush=True)
        if args.log:
            with args.log.open("a") as f:
                f.write(json.dumps(line) + "\n")


@torch.inference_mode()
def evaluate(args, run, model, images, labels, mean, std):
    model.eval()
    loss = right = 0
    for x, y in zip(images.split(500), labels.split(500)):
        x = ((x.float() / 255 - mean) / std).contiguous(memory_format=torch.channels_last).to(args.device)
        with torch.autocast(args.device, torch.bfloat16, enabled=args.precision == "bf16"):
            logits = run(x).float()
        loss += cross_entropy(logits, y.to(args.device), label_smoothing=args.label_smoothing, reduction="sum")
        right += (logits.argmax(1) == y.to(args.device)).sum()
    return float(loss) / len(labels), int(right) / len(labels)


if __name__ == "__main__":
    main()
