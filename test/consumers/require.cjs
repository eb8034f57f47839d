// As train.ts, from CommonJS: require() of an ES module, where Node has it.
const torch = require("sam-torch");

torch.manualSeed(1);
const model = new torch.nn.Linear(2, 1);
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1 });
const closure = () => {
  const loss = model
    .forward(torch.ones([4, 2]))
    .square()
    .mean();
  loss.backward();
  return loss;
};
const first = optimizer.step(closure).item();
const second = optimizer.step(closure).item();
if (!(second < first)) throw new Error(`expected a smaller loss than ${first}, got ${second}`);
console.log(`trained: ${first} to ${second}`);
