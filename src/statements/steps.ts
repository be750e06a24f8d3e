/** How far the reading of a file is, in rows. */
export type Progress = { done: number; total: number }

/** What takes long, in steps between which somebody else can be answered. */
export type Steps<T> = Generator<Progress, T>

/** So many rows are a step: some hundredths of a second. */
export const STEP = 2000

/** Takes all steps one after the other. */
export function atOnce<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Takes them with a pause after each, which hears how far it is. */
export async function withPauses<T, P = Progress>(
  steps: Generator<P, T>,
  pause: (progress: P) => Promise<void>,
): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause(step.value)
  }
}
