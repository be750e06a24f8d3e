import { bodyLimit } from 'hono/body-limit'
import { every } from 'hono/combine'
import { createMiddleware } from 'hono/factory'
import { faultOfText } from './plain-text.ts'
import { refusal } from './refusal.tsx'
import type { AppContext, AppEnv } from './request.ts'
import { english } from './words/words.ts'

const ENCODED = 'application/x-www-form-urlencoded'
const FORMS = [ENCODED, 'multipart/form-data']

/**
 * Reads the body of a route that takes a form, or refuses it: a body of another kind, one that cannot be read, and text
 * that cannot be stored. The route finds the fields with `c.req.parseBody()`. `statements` names the fields that bring a
 * file or its text, which have a reader of their own; a file in any other field would be read as empty and dropped.
 */
export const formBody = (...statements: string[]) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
    if (!FORMS.includes(type)) return refusal(c, 415, english('This address accepts only forms.'))
    const fields = await fieldsOf(c, type)
    if (fields === null)
      return refusal(
        c,
        400,
        english('The form that was sent cannot be read. Go back, reload the page and send it again.'),
      )
    for (const [name, value] of fields) {
      if (statements.includes(name)) continue
      if (typeof value !== 'string') return refusal(c, 400, english('{field} must be text.', { field: name }))
      const fault = faultOfText(value)
      if (fault) return refusal(c, 422, `${name} ${fault}.`)
    }
    return next()
  })

/** The form of a page without a file in it. */
export const smallForm = every(
  bodyLimit({
    maxSize: 64 * 1024,
    onError: (c) => refusal(c, 413, english('The form is larger than 64 kB.')),
  }),
  formBody(),
)

/** Null when the body is not what its content type says. */
async function fieldsOf(c: AppContext, type: string): Promise<[name: string, value: string | File][] | null> {
  try {
    // the platform makes something else of a broken `%E0%A4%A`; this throws
    if (type === ENCODED) decodeURIComponent(utf8.decode(await c.req.arrayBuffer()))
    return Object.entries(await c.req.parseBody())
  } catch {
    return null
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Returns the first sentence for each field of a form. */
export function byField<Field extends string>(
  faults: readonly { field: Field; reason: string }[],
): Partial<Record<Field, string>> {
  return Object.fromEntries(faults.toReversed().map(({ field, reason }) => [field, reason])) as Partial<
    Record<Field, string>
  >
}
