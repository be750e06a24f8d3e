import { bodyLimit } from 'hono/body-limit'

/** Limits the body of a route that takes a form. */
export const smallForm = bodyLimit({ maxSize: 64 * 1024 })

/** Returns the first sentence for each field of a form. */
export function byField<Field extends string>(
  faults: readonly { field: Field; reason: string }[],
): Partial<Record<Field, string>> {
  return Object.fromEntries(faults.toReversed().map(({ field, reason }) => [field, reason])) as Partial<
    Record<Field, string>
  >
}
