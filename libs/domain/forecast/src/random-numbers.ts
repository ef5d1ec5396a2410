/** Numbers that look random and are the same for the same seed. */
export class RandomNumbers {
  // Numbers of 32 bits in an array are not boxed, as fields would be.
  private readonly state = new Int32Array(4);

  /** @param seed any number; its integer part modulo 2^32 counts */
  constructor(seed: number) {
    this.state.set([0x9e3779b9 | 0, 0x243f6a88, seed | 0, 1]);
    for (let round = 0; round < 12; round++) this.uniform();
  }

  /** From 0 to below 1: the generator sfc32 of PractRand. */
  uniform(): number {
    const { state } = this;
    const a = state[0] as number;
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const sum = (a + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** Exponentially distributed, with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Gamma distributed with scale 1, for a shape of 1/2 or more (Marsaglia and Tsang, 2000). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < x * x * 0.5 + d - d * v + d * Math.log(v))
        return d * v;
    }
  }

  /** Normally distributed, with mean 0 and variance 1 (Box and Muller, 1958). */
  private normal(): number {
    const radius = Math.sqrt(2 * this.exponential());
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
