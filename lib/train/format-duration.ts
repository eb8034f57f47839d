/**
 * A duration as a person reads it: `00:07`, `12:34`, `1:02:03`, `2d 01:02:03`.
 *
 * @param seconds rounded down to whole seconds; negative and non-finite ones read as `--:--`
 */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "--:--";
  const total = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  const hours = Math.floor(total / 3600);
  if (hours === 0) return clock;
  if (hours < 24) return `${hours}:${clock}`;
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}:${clock}`;
}
