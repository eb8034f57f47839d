/* Replaces the file named on the command line until it is killed: each version is 200,000 times one byte. */
import { atomicWrite } from "../../lib/io/atomic-write.js";

const file = process.argv[2]!;
for (let version = 0; ; version++) {
  atomicWrite(file, (sink) => {
    for (let part = 0; part < 4; part++) sink.write(new Uint8Array(50_000).fill(version));
  });
  if (version === 0) console.log("started");
}
