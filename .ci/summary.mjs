// Prints `N passed, N failed` from vitest's JSON and fails unless the tests and the checks were all well.
import { readFileSync } from "node:fs";

const [file, tested, checked] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  const summary = JSON.parse(readFileSync(file, "utf8"));
  passed = summary.numPassedTests;
  failed = summary.numFailedTests;
  // A file that could not be loaded has no tests to count, but it is a failure.
  for (const suite of summary.testResults)
    if (suite.status === "failed" && suite.assertionResults.length === 0) failed += 1;
} catch {
  console.log("the tests did not run to their end");
}
// Whatever went wrong outside of a test (set-up, a crash, an unhandled error, a linter) counts once.
if (Number(tested) !== 0 && failed === 0) failed = 1;
if (Number(checked) !== 0) {
  console.log("a check other than the tests failed; see above");
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
