/**
 * SGD and SAM on the same images, 40 % of them with a wrong label: how sharp is the minimum that each finds?
 *
 *   npm run sharpness              a few minutes on two cores; then open runs/sharpness.html in a browser
 *   npm run sharpness -- --help    every option
 */
import "sam-torch/plain-errors";
import * as torch from "sam-torch";
import { batchesOf, mean, measure, smallNet, writePage } from "./sharpness-page.js";

const { decimal, integer, text } = torch.train;
const { epochs, images, out, points, rho } = torch.train.commandLine({
  name: "npm run sharpness --",
  summary: "Trains a small net with SGD and with SAM on wrong labels, and draws both minima on one page.",
  options: {
    images: integer(2000, "Images to train on, and to test on.", { min: 50, max: 2000 }),
    epochs: integer(20, "Passes over the training set.", { min: 1 }),
    rho: decimal(0.05, "Radius of SAM's neighbourhood.", { min: 0 }),
    points: integer(17, "Points along each axis of the surfaces, odd.", { min: 3 }),
    out: text("runs/sharpness.html", "The page."),
  },
});
const { train, test } = new torch.data.Shapes10({ limit: images, labelNoise: 0.4 });
const [seen, unseen] = [await batchesOf(train), await batchesOf(test)];

async function minimum(name: "SGD" | "SAM") {
  torch.manualSeed(0); // both begin with the same weights and see the same batches
  const model = smallNet();
  const [params, sgd] = [model.parameters(), { lr: 0.05, momentum: 0.9 }];
  const { SAM, SGD } = torch.optim;
  const optimizer = name === "SGD" ? new SGD(params, sgd) : new SAM(params, SGD, { rho, ...sgd });
  const loss = ([x, y]: torch.Tensor[]) => torch.nn.functional.crossEntropy(model.forward(x!), y!);
  const right = ([x, y]: torch.Tensor[]) => torch.train.accuracy(model.forward(x!), y!);
  const [trainLoss, testAccuracy]: [number[], number[]] = [[], []];
  const scheduler = new torch.optim.lrScheduler.CosineAnnealingLR(optimizer, epochs);
  const loader = new torch.data.DataLoader(train, { batchSize: 50, shuffle: true });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (using batch of loader) {
      const closure = () => {
        optimizer.zeroGrad();
        const value = loss(batch);
        value.backward();
        return value;
      };
      torch.tidy(() => void optimizer.step(closure));
    }
    scheduler.step();
    trainLoss.push(mean(loss, seen));
    testAccuracy.push(mean(right, unseen));
    console.log(`${name}, epoch ${epoch + 1}: loss ${trainLoss[epoch]}, test accuracy ${testAccuracy[epoch]}`);
  }
  const found = measure({ params, loss, batches: seen.slice(0, 6) }, rho, points); // of 300 images
  return { name, trainLoss, testAccuracy, trainAccuracy: mean(right, seen), ...found };
}
const runs = [await minimum("SGD"), await minimum("SAM")] as const;
writePage(
  out,
  `${images} images of Shapes10, 40 % of the labels wrong; ${epochs} epochs; SAM's rho ${rho}.`,
  rho,
  runs,
);
const [sgd, sam] = runs.map(({ eigenvalues }) => eigenvalues[0]!) as [number, number];
console.log(`Largest eigenvalue of the Hessian: SGD ${sgd}, SAM ${sam}. The page is ${out}`);
if (!(sam < sgd)) throw new Error("expected SAM to find the flatter minimum");
