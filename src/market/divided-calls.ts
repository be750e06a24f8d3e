import { MINUTE } from '../portfolio/time.ts'

type Answer = { status: 'ok' | 'rejected' | 'unavailable' }
/** One call for some symbols: an answer for each, and whether it hung. */
type Call<T> = (symbols: string[]) => Promise<{ answers: [string, T][]; hasHung: boolean }>

/** A symbol that hangs alone is left out for so long. */
const LEFT_OUT = 30 * MINUTE

/**
 * Returns how to ask for many symbols, `most` of them a call, so that one whose answer hangs holds up no other. The symbols
 * of a call that hangs are asked again ten a call, and those of one that hangs again one by one. What hangs alone while
 * others are answered gets the answer `hung`, and gets it at once for half an hour. Where nothing is answered at all, the
 * circuit ends the asking, and no symbol is left out for it.
 */
export function dividedCalls<T extends Answer>(now: () => number) {
  const leftOut = new Map<string, number>()

  return async function ask(
    symbols: readonly string[],
    most: number,
    call: Call<T>,
    hung: (symbol: string) => T,
  ): Promise<Map<string, T>> {
    const isLeftOut = (symbol: string) => (leftOut.get(symbol) ?? 0) > now()
    const answers = new Map(symbols.filter(isLeftOut).map((symbol) => [symbol, hung(symbol)]))
    const alone: string[] = []
    const divide = async (parts: string[], size: number): Promise<void> => {
      await Promise.all(
        partsOf(parts, size).map(async (part) => {
          const { answers: found, hasHung } = await call(part)
          for (const [symbol, answer] of found) answers.set(symbol, answer)
          if (!hasHung) return
          if (part.length > 1) return divide(part, part.length > 10 ? 10 : 1)
          alone.push(...part)
        }),
      )
    }
    const asked = symbols.filter((symbol) => !answers.has(symbol))
    await divide(asked, most)
    const isAnswering = asked.some((symbol) => answers.get(symbol)!.status !== 'unavailable')
    for (const symbol of isAnswering ? alone : []) {
      leftOut.set(symbol, now() + LEFT_OUT)
      answers.set(symbol, hung(symbol))
    }
    return answers
  }
}

function partsOf(symbols: string[], size: number): string[][] {
  const parts: string[][] = []
  for (let i = 0; i < symbols.length; i += size) parts.push(symbols.slice(i, i + size))
  return parts
}
