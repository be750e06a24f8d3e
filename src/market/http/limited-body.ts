/**
 * Returns the body of an answer as text. Null when it has more bytes than `largest`; the rest is then left unread. An
 * abort of the signal ends the reading too.
 */
export async function limited(
  response: Response,
  signal: AbortSignal,
  largest: number,
): Promise<string | null> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > largest) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}
