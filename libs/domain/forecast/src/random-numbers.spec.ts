import { RandomNumbers } from './random-numbers';

const COUNT = 20_000;
const drawn = (draw: (random: RandomNumbers) => number): { mean: number; variance: number } => {
  const random = new RandomNumbers(3);
  const values = Array.from({ length: COUNT }, () => draw(random));
  const mean = values.reduce((sum, each) => sum + each, 0) / COUNT;
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / COUNT };
};

describe('random numbers', () => {
  it('are the same for the same seed, and others for another one', () => {
    const of = (seed: number): number[] => {
      const random = new RandomNumbers(seed);
      return [1, 2, 3].map(() => random.uniform());
    };
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    expect(of(2 ** 32 + 1)).toEqual(of(1));
  });

  it.each([
    ['uniform', (random: RandomNumbers) => random.uniform(), 1 / 2, 1 / 12],
    ['exponential', (random: RandomNumbers) => random.exponential(), 1, 1],
    ['gamma of 1/2', (random: RandomNumbers) => random.gamma(0.5), 0.5, 0.5],
    ['gamma of 20.5', (random: RandomNumbers) => random.gamma(20.5), 20.5, 20.5],
  ])('have the mean and the variance of their kind: %s', (_, draw, mean, variance) => {
    const found = drawn(draw);
    expect(Math.abs(found.mean - mean) / mean).toBeLessThan(0.03);
    expect(Math.abs(found.variance - variance) / variance).toBeLessThan(0.06);
  });
});
