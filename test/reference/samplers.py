"""samplers.json: what torch.utils.data's samplers and random_split draw from generators with given seeds."""

import torch
from torch.utils import data

from common import write_json


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def main():
    cases = []
    for seed in (0, 7, 1234):
        for n, options in ((10, {}), (10, {"numSamples": 4}), (10, {"numSamples": 25}), (10, {"replacement": True}), (10, {"replacement": True, "numSamples": 70})):
            kwargs = {"num_samples" if k == "numSamples" else k: v for k, v in options.items()}
            epochs = [list(data.RandomSampler(range(n), generator=seeded(seed + e), **kwargs)) for e in range(3)]
            cases.append(dict(sampler="RandomSampler", args=[n], options={**options, "seed": seed}, epochs=epochs))
        positions = [3, 1, 4, 15, 9, 2, 6]
        epochs = [list(data.SubsetRandomSampler(positions, generator=seeded(seed + e))) for e in range(3)]
        cases.append(dict(sampler="SubsetRandomSampler", args=[positions], options={"seed": seed}, epochs=epochs))
        weights = [0.1, 0.9, 0.4, 0.0, 3.0]
        for n, replacement in ((20, True), (4, False)):
            epochs = [list(data.WeightedRandomSampler(weights, n, replacement, generator=seeded(seed + e))) for e in range(3)]
            cases.append(dict(sampler="WeightedRandomSampler", args=[weights, n], options={"replacement": replacement, "seed": seed}, epochs=epochs))
    splits = []
    for n, lengths in ((10, [3, 7]), (10, [0.5, 0.25, 0.25]), (31, [0.3, 0.3, 0.4]), (5, [5, 0])):
        parts = [list(p.indices) for p in data.random_split(range(n), lengths, generator=seeded(42))]
        splits.append(dict(n=n, lengths=lengths, seed=42, parts=parts))
    write_json("samplers.json", dict(cases=cases, splits=splits))


if __name__ == "__main__":
    main()
