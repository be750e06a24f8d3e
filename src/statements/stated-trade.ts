import type { Cells } from './mapping.ts'
import { type DecimalMark, isBlankNumber, numberIn } from './number-spelling.ts'
import { isinIn, isTickerLike } from './security.ts'
import { tradeIn } from './trade-text.ts'
import type { Kind } from './type-words.ts'

/** A trade whose shares and price stand in a text. */
export function withStatedTrade(
  cells: Cells,
  mark: DecimalMark,
  kindFor: (word: string) => Kind | null,
): Cells {
  if (/[1-9]/.test(cells.shares)) {
    const rest = cells.name.includes('@') ? tradeIn(cells.name, mark, '')?.rest : undefined
    return rest ? { ...cells, name: rest } : cells
  }
  const texts = [...cells.types, cells.note, cells.name]
  const amount = numberIn(cells.amount, mark)?.plain ?? ''
  for (const spelled of texts) {
    const trade = spelled.includes('@') ? tradeIn(spelled, mark, amount) : null
    if (!trade) continue
    const kind = [...cells.types, spelled].map(kindFor).find((each) => each === 'buy' || each === 'sell')
    if (!kind) continue
    // BUY 10 AAPL @ 85.50
    const isUnnamed = isBlankNumber(cells.symbol) && isBlankNumber(cells.isin)
    return {
      ...cells,
      types: [kind],
      ...(isUnnamed && trade.of && isTickerLike(trade.of) && { symbol: trade.of }),
      // Bought Satrix 40 ETF 20.0000 @ 65.50
      name:
        spelled === cells.name
          ? trade.of || trade.rest
          : cells.name || (isUnnamed ? withoutVerb(trade.of || trade.rest, kindFor) : ''),
      shares: trade.shares,
      // without a currency of its own, a price that does not come out is in that of the share
      price: trade.currency || isNear(trade, amount) ? trade.price : '',
      priceCurrency: trade.currency || cells.priceCurrency,
      stated: true,
    }
  }
  return cells
}

/** A dividend of which only its text says who paid it: `Dividend on Satrix 40 ETF`, `Foreign Dividend: AAPL`. */
export function withPayer(cells: Cells): Cells {
  const texts = [...cells.types, cells.note]
  const name = texts.includes(cells.name) ? '' : cells.name
  const isNamed = [cells.symbol, cells.isin, name].some((cell) => !isBlankNumber(cell))
  if (isNamed || texts.some((text) => isinIn(text) !== '')) return cells
  const [payer = ''] = texts.map((text) => (DIVIDEND.test(text) ? without(text) : '')).filter(Boolean)
  return isTickerLike(payer) ? { ...cells, symbol: payer } : { ...cells, name: payer || cells.name }
}

const DIVIDEND =
  /\b(?:(?:foreign|cash|interim|final|special|ordinary|(?:non-?)?qualified) )*(?:dividends?|distributions?|dividende|ausschüttung)\b(?: (?:payment|paid|received|on|from|for|of|by|von|aus|für))* ?[:–-]?/i

function without(text: string): string {
  const rest = text.slice(0, 200).replace(DIVIDEND, ' ').replace(/\s+/g, ' ').trim()
  // what is left may be a word for the payment, or a number of it
  return /^[-–:]|^\d|payment|reinvest/i.test(rest) ? '' : (/^\(([A-Z.]{1,6})\)$/.exec(rest)?.[1] ?? rest)
}

function withoutVerb(text: string, kindFor: (word: string) => Kind | null): string {
  const [first = '', ...others] = text.split(' ')
  return kindFor(first) === null ? text : others.join(' ')
}

function isNear({ shares, price }: { shares: string; price: string }, amount: string): boolean {
  const sum = Math.abs(Number(amount))
  return sum === 0 || Math.abs(Number(shares) * Number(price) - sum) <= sum / 50 + 30
}
