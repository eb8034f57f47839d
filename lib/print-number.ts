/*
 * Numbers as Python's format() writes them: exact decimal expansion, ties to even, exponents of at least two digits. JavaScript rounds
 * ties away from zero, which shows in values such as 0.03125 at four digits.
 */

/** Digits beyond the last printed one that tell a tie from a near tie: no double comes closer to one without being one. */
const GUARD_DIGITS = 40;
/** What `toFixed` and `toExponential` can do. */
const MOST_DIGITS = 100;

/**
 * `text` has `digits` decimals, rounded half up; `exact` has more. Gives the half-even rounding.
 * Up to the tie's 5 the digits of `exact` are the number cut off, which is right when it ends in an even digit.
 */
function evenTie(text: string, exact: string, digits: number): string {
  const [mantissa, exponent = ""] = exact.split("e");
  const point = mantissa!.indexOf(".");
  if (!/^50*$/.test(mantissa!.slice(point + 1 + digits))) return text;
  const cut = mantissa!.slice(0, digits === 0 ? point : point + 1 + digits);
  const even = Number(cut.at(-1)) % 2 === 0;
  return even ? `${cut}${exponent === "" ? "" : `e${exponent}`}` : text;
}

function withSign(value: number, magnitude: string): string {
  return value < 0 || Object.is(value, -0) ? `-${magnitude}` : magnitude;
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
}

/** `f"{value:.{digits}f}"` */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  // From here on every double is an integer, and toFixed would give an exponent.
  if (size >= 1e21) return withSign(value, BigInt(size).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : ""));
  const exact = size.toFixed(Math.min(MOST_DIGITS, digits + GUARD_DIGITS));
  return withSign(value, evenTie(size.toFixed(digits), exact, digits));
}

/** `f"{value:.{digits}e}"` */
export function formatExponential(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  const exact = size.toExponential(Math.min(MOST_DIGITS, digits + GUARD_DIGITS));
  const text = evenTie(size.toExponential(digits), exact, digits);
  return withSign(value, text.replace(/e([+-])(\d)$/, "e$10$2"));
}
