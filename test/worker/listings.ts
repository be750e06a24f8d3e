import { vi } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'

/** Lists shares of invented companies on the demo market, `INV0` and so on: each trades like Coca-Cola's does there. */
export function listInvented(): void {
  const real = demoBook.find.bind(demoBook)
  vi.spyOn(demoBook, 'find').mockImplementation((symbol) => {
    const own = real(symbol)
    if (own || !/^INV\d+$/.test(symbol)) return own
    const like = real('KO')!
    return { ...like, instrument: { ...like.instrument, symbol, name: `${symbol} Inc.` } }
  })
}

export const invented = (count: number) => Array.from({ length: count }, (_, i) => `INV${i}`)

/** A statement that buys each of them once. */
export function purchases(symbols: readonly string[], day: string): string {
  return `Ticker,Type,Date,Price,Shares\n${symbols.map((symbol) => `${symbol},Buy,${day},50,10`).join('\n')}\n`
}
