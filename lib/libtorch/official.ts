import { TorchError } from "../errors.js";

/** Where PyTorch publishes. A mirror has the same layout: `<mirror>/libtorch/cpu/<archive>` and `<mirror>/whl/cpu` (an index for pip). */
const PYTORCH = "https://download.pytorch.org";

/**
 * The official archive of a CPU LibTorch for this machine; undefined where PyTorch publishes none (Linux on ARM).
 *
 * There is none for CUDA: the official CUDA archives lack cuDNN and NCCL and cannot be loaded by themselves.
 */
export function officialArchive(version: string, base: string = PYTORCH): string | undefined {
  const files: Record<string, string> = {
    "linux-x64": `libtorch-shared-with-deps-${version}%2Bcpu.zip`,
    "win32-x64": `libtorch-win-shared-with-deps-${version}%2Bcpu.zip`,
    "darwin-arm64": `libtorch-macos-arm64-${version}.zip`,
  };
  const file = files[`${process.platform}-${process.arch}`];
  return file && `${base}/libtorch/cpu/${file}`;
}

/** The index with the wheels of one flavour, for pip. */
function wheelIndex(flavour: string, base: string = PYTORCH): string {
  return `${base}/whl/${flavour}`;
}

/** What pip is asked for, first choice first: by the user's own index, then by PyTorch's. */
export function wheelRequests(
  version: string,
  flavour: string,
  mirror: string | undefined,
): { requirement: string; index?: string }[] {
  const exact = `torch==${version}+${flavour}`;
  const plain = `torch==${version}`;
  // Wheels for macOS carry no suffix, as there is but one flavour.
  const official = {
    requirement: process.platform === "darwin" ? plain : exact,
    index: wheelIndex(flavour, mirror ?? PYTORCH),
  };
  if (mirror !== undefined) return [official];
  // On the Python package index the plain version is the build for CUDA 13.0 on Linux and the one for the CPU elsewhere.
  const plainFits = flavour === (process.platform === "linux" ? "cu130" : "cpu");
  // Three equal signs: "==2.13.0" would also take a 2.13.0+cpu that pip's settings lead to, and prefer it.
  const literal = `torch===${version}`;
  return [{ requirement: exact }, official, ...(plainFits ? [{ requirement: literal }] : [])];
}

/**
 * A mirror as the user typed it: either a base with PyTorch's layout, or the archive itself.
 *
 * @throws TorchError `E_ARG` for anything but an http(s) URL.
 */
export function parseMirror(text: string): { readonly base?: string; readonly archive?: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new TorchError(
      "E_ARG",
      `[setup] expected a URL for --mirror, got ${text}`,
      "for a file or directory use --from",
      { cause: error },
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new TorchError(
      "E_ARG",
      `[setup] expected an http or https URL for --mirror, got ${text}`,
      "for a file or directory use --from",
    );
  }
  return /\.(zip|whl)$/.test(url.pathname) ? { archive: url.href } : { base: url.href.replace(/\/+$/, "") };
}
