import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

const LARGEST = 64 * 1024

/** The body as a JSON object, or the answer that says why it is none. */
export async function jsonBody(c: AppContext): Promise<Record<string, unknown> | Response> {
  const text = await limitedText(c, LARGEST)
  if (text === null) return problem(c, 413, 'The body is larger than 64 kB.')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // said below
  }
  return problem(c, 400, 'The body must be a JSON object.')
}

/** The body as text; null when it has more bytes, of which no more than that are read. */
export async function limitedText(c: AppContext, bytes: number): Promise<string | null> {
  if (Number(c.req.header('content-length') ?? 0) > bytes) return null
  const { body } = c.req.raw
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > bytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
