/** A complex number. */
export class Complex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {}
  toString(): string {
    return `(${this.re}${this.im < 0 ? "" : "+"}${this.im}j)`;
  }
}
