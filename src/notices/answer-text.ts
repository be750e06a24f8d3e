import type { Answer } from './sent.ts'

/** What a service says in a field of its answer in JSON, without anything that prints nothing; null where it says nothing. */
export function sentenceIn({ body }: Answer, field: string): string | null {
  const said = fieldsIn(body)[field]
  const text =
    typeof said === 'string'
      ? said
          .toWellFormed()
          .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
          .trim()
      : ''
  return text === '' ? null : text.slice(0, 200)
}

/** The fields of an object in JSON; none of anything else. */
export function fieldsIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
