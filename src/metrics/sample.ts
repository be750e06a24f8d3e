/** The mean of a sample; NaN of none. */
export function mean(sample: readonly number[]): number {
  return sample.reduce((sum, each) => sum + each, 0) / sample.length
}

/** The sample standard deviation, by n − 1; NaN of fewer than two. */
export function deviation(sample: readonly number[]): number {
  return Math.sqrt(covariance(sample, sample))
}

/** The sample covariance of two samples of one length, by n − 1; NaN of fewer than two pairs. */
export function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  return a.reduce((sum, each, i) => sum + (each - meanA) * (b[i]! - meanB), 0) / (a.length - 1)
}
