import { type Decimal, decimal, over, text } from '../portfolio/decimal.ts'
import type { Entry } from '../portfolio/entry.ts'

/**
 * What one row says of a merger, an exchange, a rename or a buyout, in plain spelling: shares that left have a minus. Only
 * together with the other rows of its day does it say what the ledger needs.
 */
export type Part = {
  line: number
  date: string
  symbol: string
  shares: string
  /** Cash that came with it; '' for none. */
  cash: string
  currency: string
  /** The row in words: those of one event begin alike. */
  note: string
}

/** What the rows of one event come to: the lines, and the entry that stands for them; null where nothing moved. */
type Reorganized = { lines: number[]; entry: Entry | null }

/**
 * Puts the rows of mergers together. Shares of one symbol that left and shares of one other that came on the same day are
 * an exchange, with the cash beside them; shares that left for cash alone are a sale; shares that left and came of the same
 * symbol have only changed their name or number, or were split. Rows that fit none of these, and rows of several events that
 * cannot be told apart, are in no answer.
 */
export function reorganized(parts: readonly Part[]): Reorganized[] {
  return [...Map.groupBy(parts, ({ date }) => date).values()].flatMap((day) => {
    const isOne = stemOf(day[0]!.note) !== '' && new Set(day.map(({ note }) => stemOf(note))).size === 1
    const isPaid = day.some(({ cash }) => exact(cash) !== 0n)
    const whole = isOne || !isPaid ? together(day) : null
    if (whole) return [whole]
    // several events of a day: the rows of one begin with the same words; without words, cash is for its own symbol only
    // where no shares came that it may belong to as well
    const events = Map.groupBy(day, ({ note, symbol }) => stemOf(note) || symbol)
    return [...events.values()].flatMap((event) => {
      const hasWords = stemOf(event[0]!.note) !== ''
      const others = day.some(
        (row) => !event.includes(row) && !row.shares.startsWith('-') && exact(row.shares) !== 0n,
      )
      return hasWords || !others ? (together(event) ?? []) : []
    })
  })
}

function together(rows: readonly Part[]): Reorganized | null {
  const moved = rows.filter(({ shares }) => exact(shares) !== 0n)
  const outs = moved.filter(({ shares }) => shares.startsWith('-'))
  const ins = moved.filter(({ shares }) => !shares.startsWith('-'))
  const [out] = outs
  if (!out || outs.length > 1 || ins.length > 1) return null
  const lines = rows.map(({ line }) => line)
  const cash = rows.reduce((sum, row) => sum + exact(row.cash), 0n)
  const left = -exact(out.shares)
  const [came] = ins
  const isOf = ({ symbol }: Part) => symbol === out.symbol || symbol === came?.symbol
  if (cash < 0n || !rows.every(isOf)) return null
  const { date, symbol, currency } = out
  if (!came) {
    if (cash === 0n) return null
    const price = text(over(cash, left))
    return { lines, entry: { type: 'sell', date, symbol, currency, shares: text(left), price, note: MERGED } }
  }
  // with another count it was a split, which comes from market data
  if (came.symbol === symbol) return cash === 0n ? { lines, entry: null } : null
  return {
    lines,
    entry: {
      type: 'exchange',
      date,
      symbol,
      currency,
      new_symbol: came.symbol,
      ratio: `${came.shares}:${text(left)}`,
      amount: cash === 0n ? '' : text(cash),
    },
  }
}

const MERGED = 'merged for cash'

function stemOf(note: string): string {
  const at = note.lastIndexOf(' (')
  return at < 0 ? '' : note.slice(0, at)
}

function exact(plain: string): Decimal {
  return decimal(plain) ?? 0n
}
