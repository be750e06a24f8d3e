import { bodyLimit } from 'hono/body-limit'
import { every } from 'hono/combine'
import { createMiddleware } from 'hono/factory'

/**
 * Limits the body of a route that takes a form, and refuses a file in it: all its fields are text, and one that is read
 * as empty would be dropped. No page of ours sends such a form.
 */
export const smallForm = every(
  bodyLimit({ maxSize: 64 * 1024 }),
  createMiddleware(async (c, next) => {
    const file = Object.entries(await c.req.parseBody()).find(([, value]) => typeof value !== 'string')
    if (file) return c.text(`${file[0]} must be text.`, 400)
    await next()
  }),
)

/** Returns the first sentence for each field of a form. */
export function byField<Field extends string>(
  faults: readonly { field: Field; reason: string }[],
): Partial<Record<Field, string>> {
  return Object.fromEntries(faults.toReversed().map(({ field, reason }) => [field, reason])) as Partial<
    Record<Field, string>
  >
}
