import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { systemError } from "../../lib/libtorch/system-error.js";
import { temporary } from "./fixtures.js";

function refused(code: string, fields: object): Error {
  return Object.assign(new Error(`${code}: refused, copyfile '/a' -> '/b'`), { code, ...fields });
}

test.each(["ENOSPC", "EDQUOT"])("%s: the disk is full, with or without a file's name", (code) => {
  for (const fields of [{ syscall: "copyfile", path: "/a" }, {}]) {
    const error = systemError(refused(code, fields), "/cache");
    expect(error).toMatchObject({ code: "E_LOAD" });
    expect(error?.message).toMatch(
      /^\[setup\] the disk of \/cache is full\n {2}help: make room, or set XDG_CACHE_HOME/,
    );
  }
});

test.each(["EACCES", "EPERM", "EROFS"])("%s: names what may not be touched, and what to do", (code) => {
  const error = systemError(refused(code, { syscall: "scandir", path: "/a" }), "/cache");
  expect(error?.message).toMatch(
    /^\[setup\] expected scandir of \/a to work, got E.*\n {2}help: run it as a user who may/,
  );
});

test("any other that the system gives is told without a stack", () => {
  const from = join(temporary(), "none");
  let thrown: unknown;
  try {
    readdirSync(from);
  } catch (error) {
    thrown = error;
  }
  const error = systemError(thrown, "/cache");
  expect(error).toBeInstanceOf(TorchError);
  expect(error?.message).toContain(`expected scandir of ${from} to work, got ENOENT`);
});

test("errors of programs stay what they are", () => {
  expect(systemError(new TypeError("x is undefined"), "/cache")).toBeUndefined();
  expect(systemError("text", "/cache")).toBeUndefined();
  expect(systemError(new TorchError("E_DATA", "damaged"), "/cache")).toBeUndefined();
});
