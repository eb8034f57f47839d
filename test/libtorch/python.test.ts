import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { pythonsOnPath, pythonTorches } from "../../lib/libtorch/python.js";
import { fakeLibTorch, fakePython, temporary, write } from "./fixtures.js";

const torches = (env: Record<string, string>) => [...pythonTorches(env)].map(({ torch }) => torch);

test("a virtual environment's own packages", () => {
  const top = temporary();
  const env = { PATH: fakePython(join(top, "venv"), {}), HOME: top };
  expect(torches(env)).toEqual([join(top, "venv", "lib", "python3.11", "site-packages", "torch")]);
});

test("the base interpreter's packages are not a virtual environment's", () => {
  const top = temporary();
  const env = { PATH: fakePython(join(top, "venv")), HOME: top };
  fakeLibTorch(join(top, "venv", "base", "..", "lib64", "python3.12", "site-packages", "torch"));
  expect(torches(env)).toEqual([undefined]);
});

test("a system's interpreter: dist-packages and the user's own", () => {
  const top = temporary();
  write(join(top, "usr", "bin", "python3.11"), "\u007fELF", 0o755);
  symlinkSync("python3.11", join(top, "usr", "bin", "python3"));
  const env = { PATH: join(top, "usr", "bin"), HOME: join(top, "home") };
  expect(torches(env)).toEqual([undefined]);
  const system = fakeLibTorch(join(top, "usr", "lib", "python3", "dist-packages", "torch"));
  expect(torches(env)).toEqual([system]);
  const user = fakeLibTorch(join(top, "home", ".local", "lib", "python3.11", "site-packages", "torch"));
  expect(torches(env)).toEqual([user]);
});

test("every interpreter once, in the order of PATH", () => {
  const top = temporary();
  const first = fakePython(join(top, "a"), {});
  const second = fakePython(join(top, "b"));
  symlinkSync("python3", join(first, "python"));
  symlinkSync(first, join(top, "link"));
  const PATH = [first, join(top, "link"), join(top, "nowhere"), second, first].join(delimiter);
  expect(pythonsOnPath({ PATH })).toEqual([join(first, "python3"), join(second, "python3")]);
});

test("a script in Python's place is asked once and its answer kept", () => {
  const top = temporary();
  const torch = fakeLibTorch(join(top, "hidden", "torch"));
  write(join(torch, "__init__.py"));
  const script = `#!/bin/sh\necho asked >> ${join(top, "log")}\necho ${join(torch, "__init__.py")}\n`;
  write(join(top, "shims", "python3"), script, 0o755);
  write(join(top, "cache", "sam-torch", "keep"));
  const env = {
    PATH: `${join(top, "shims")}${delimiter}/bin${delimiter}/usr/bin`,
    XDG_CACHE_HOME: join(top, "cache"),
    HOME: top,
  };
  expect(torches(env)[0]).toBe(torch);
  expect(torches(env)[0]).toBe(torch);
  expect(readFileSync(join(top, "log"), "utf8")).toBe("asked\n");
  // Another version chosen by its variable is another question.
  torches({ ...env, PYENV_VERSION: "3.12" });
  expect(readFileSync(join(top, "log"), "utf8")).toBe("asked\nasked\n");
});

test("a script that fails has no torch, and no cache directory is made for it", () => {
  const top = temporary();
  write(join(top, "shims", "python3"), "#!/bin/sh\nexit 1\n", 0o755);
  const env = { PATH: `${join(top, "shims")}`, XDG_CACHE_HOME: join(top, "cache"), HOME: top };
  expect(torches(env)).toEqual([undefined]);
  expect(existsSync(join(top, "cache"))).toBe(false);
});
