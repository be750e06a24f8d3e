/**
 * Reads a stored text, or returns what the same text was read as when it last stood under this key: a reader's next page
 * mostly finds the copy that the page before found, and parsing it is a fifth of a page's time. What is returned belongs to
 * every reader, so nobody may change it.
 */
export function readOnce<T>(key: string, text: string | null, read: (text: string) => T): T | null {
  const known = kept.get(key)
  kept.delete(key)
  if (text === null) return null
  // the latest reads are the last entries
  const value = known?.text === text ? (known.value as T) : read(text)
  kept.set(key, { text, value, at: Date.now() })
  forgetBeyond(MOST_CHARACTERS)
  return value
}

/** What the text under this key was read as here within so many milliseconds; null when it was not. */
export function lastRead(key: string, within: number): unknown {
  const known = kept.get(key)
  return known && Math.abs(Date.now() - known.at) < within ? known.value : null
}

/** What a text is read as takes some five times its length. An isolate has 128 MB. */
const MOST_CHARACTERS = 3_000_000

const kept = new Map<string, { text: string; value: unknown; at: number }>()

/** Forgets what was read longest ago, until the texts that are kept have no more characters than that. */
export function forgetBeyond(most: number): void {
  let length = 0
  for (const { text } of kept.values()) length += text.length
  for (const [key, { text }] of kept) {
    if (length <= most) return
    kept.delete(key)
    length -= text.length
  }
}
