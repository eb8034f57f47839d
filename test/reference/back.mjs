// Files for Python, into the directory given: see back.py.
import { join } from "node:path";
import * as torch from "../../dist/index.js";

const directory = process.argv[2];
const fixture = (name) => new URL(`fixtures/${name}`, import.meta.url).pathname;

const expected = torch.loadSafetensors(fixture("jit-resnet.safetensors"));
const model = torch.jit.load(fixture("jit-resnet.pt"));
model.loadStateDict(Object.fromEntries(Object.keys(model.stateDict()).map((key) => [key, expected[`final.${key}`]])));
model.eval().save(join(directory, "model.pt"));
torch.save(model.stateDict(), join(directory, "weights.pth"));

for (const name of ["kinds", "checkpoint", "module", "tensor"]) {
  torch.save(torch.load(fixture(`state-dict/${name}.pth`)), join(directory, `${name}.pth`));
}
const base = torch.arange(12).to("float32");
torch.save(
  {
    base,
    row: base.view(3, 4).select(0, 1),
    transposed: base.view(3, 4).t(),
    uint16: torch.tensor([1, 65535], { dtype: "uint16" }),
    uint64: torch.tensor([2n, 2n ** 63n], { dtype: "uint64" }),
    float8: torch.tensor([0.5, 2]).to("float8_e4m3fn"),
    conj: torch.tensor([new torch.Complex(1, 2)]).conj(),
    parameter: new torch.nn.Parameter(torch.ones([2])),
    empty: torch.zeros([0, 3]),
    numbers: [1, -1, 2 ** 40, -(2 ** 40), 2n ** 70n, -(2n ** 70n), 0.5, -0, Number.NaN, Number.NEGATIVE_INFINITY],
    complex: new torch.Complex(1, -2),
    bytes: Uint8Array.of(0, 255),
    map: new Map([
      [1, "one"],
      [2.5, null],
    ]),
    text: "line\n☃",
  },
  join(directory, "mixed.pth"),
);
