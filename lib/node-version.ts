/** The oldest Node that this package runs on, as a user would say it. */
export const OLDEST_NODE = "20.19";

/**
 * Whether a Node is older than {@link OLDEST_NODE}. So that it can be said on such a Node, no module may import by name what it lacks
 * (`crc32` of `node:zlib`): that fails before the first line runs.
 */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
