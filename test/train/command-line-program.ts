import { commandLine } from "../../lib/train/command-line.js";
import { integer } from "../../lib/train/options.js";

const args = commandLine({
  name: "program",
  summary: "Prints its options.",
  options: { color: integer(1, "A colour.") },
});
console.log(JSON.stringify(args));
