"""A small ResNet in TorchScript, what it computes, and its weights after ten SAM steps. README.md has the format."""

import torch
from torch import nn

from common import FIXTURES, dtype_name, repeatable, report, write_json, write_safetensors
from wide_resnet import sam_step

STEPS, SGD, RHO = 10, dict(lr=0.005, momentum=0.9, weight_decay=5e-4), 0.05


class Block(nn.Module):
    def __init__(self, cin: int, cout: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        change = cin != cout or stride != 1
        self.shortcut = nn.Sequential(nn.Conv2d(cin, cout, 1, stride=stride, bias=False), nn.BatchNorm2d(cout)) if change else nn.Identity()

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, labels: int = 10):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.blocks = nn.Sequential(Block(8, 8, 1), Block(8, 16, 2), Block(16, 16, 1))
        self.head = nn.Linear(16, labels)

    def forward(self, x):
        return self.head(self.features(x))

    @torch.jit.export
    def features(self, x):
        return self.blocks(self.stem(x)).mean([2, 3])


def without_debug_info(source, target):
    """The same archive without the records that hold this machine's file names."""
    reader, writer = torch._C.PyTorchFileReader(str(source)), torch._C.PyTorchFileWriter(str(target))
    for name in reader.get_all_records():
        if not name.endswith(".debug_pkl") and name not in ("version", ".data/version", ".data/serialization_id"):
            data = reader.get_record(name)
            writer.write_record(name, data, len(data))
    writer.write_end_of_file()


def main():
    repeatable(9)
    model = torch.jit.script(ResNet())
    with torch.no_grad():
        for b in model.buffers():  # running statistics that are not 0 and 1
            if b.is_floating_point():
                b.copy_(torch.rand_like(b) + 0.5)
    scratch, path = FIXTURES / "jit-resnet.tmp", FIXTURES / "jit-resnet.pt"
    model.save(str(scratch))
    without_debug_info(scratch, path)
    scratch.unlink()
    assert b"/" + b"work" not in path.read_bytes()
    report(path)

    model = torch.jit.load(str(path))
    x, y = torch.randint(0, 256, (16, 3, 12, 12), dtype=torch.uint8), torch.randint(0, 10, (16,))
    pixels = (x.float() - 128) / 64
    tensors = {"images": x, "labels": y}
    with torch.no_grad():
        tensors["evaluation"], tensors["features"] = model.eval()(pixels), model.features(pixels)
    tensors |= {f"start.{k}": v.clone() for k, v in model.state_dict().items()}
    model.train()
    optimizer, steps = torch.optim.SGD(model.parameters(), **SGD, foreach=False), []

    def closure():
        loss = nn.functional.cross_entropy(model(pixels), y)
        loss.backward()
        return loss.detach()

    for _ in range(STEPS):
        steps.append(sam_step(model, optimizer, closure, RHO))
    tensors |= {f"final.{k}": v.clone() for k, v in model.state_dict().items()}
    with torch.no_grad():
        tensors["evaluationAfter"] = model.eval()(pixels)
    write_safetensors("jit-resnet.safetensors", tensors)
    described = lambda named: [[k, dtype_name(v.dtype), list(v.shape)] for k, v in named]
    record = dict(parameters=described(model.named_parameters()), buffers=described(model.named_buffers()), methods=["forward", "features"])
    write_json("jit-resnet.json", {**record, "rho": RHO, "sgd": dict(lr=0.005, momentum=0.9, weightDecay=5e-4), "steps": steps})


if __name__ == "__main__":
    main()
