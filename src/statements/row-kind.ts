import type { Cells, Mapping } from './mapping.ts'
import { isBlankNumber } from './number-spelling.ts'
import { type Answers, given, type Question } from './question.ts'
import type { Reading } from './statement-format.ts'
import { REVERSAL } from './refund.ts'
import { kindOf, plainWord, type Kind } from './type-words.ts'

/**
 * Finds what the rows of a table are, by its words, those of everybody and those that a person has explained, and collects the ones that
 * nobody knows.
 */
export function rowKinds(mapping: Mapping, answers: Answers) {
  const words = new Map<string, { lines: number[]; count: number }>()
  const kinds = new Map<string, Kind | null>()

  const kindFor = (word: string): Kind | null => {
    const known = kinds.get(word)
    if (known !== undefined) return known
    const kind = given(answers.words, plainWord(word)) ?? kindOf(word, mapping.words)
    kinds.set(word, kind)
    return kind
  }

  function kindOfRow(
    cells: Cells,
    has: { shares: boolean; priced: boolean; amount: boolean; paid: boolean; whole: boolean; any: boolean },
  ): Kind | { reject: string } | { word: string } {
    const known = cells.types.map(kindFor).find((kind) => kind !== null)
    const beside = cells.note || cells.name
    const told = kindFor(beside)
    const described = has.shares ? null : told
    // what is only money, or something else, its text may say better
    const isUnnamed = cells.symbol === '' && cells.isin === ''
    if (known === 'cash' && described && closer.has(described) && (isUnnamed || described === 'dividend'))
      return described
    if (known === 'conversion' && has.shares && /^conversion$/i.test(cells.types[0] ?? '')) return 'exchange'
    // of a fund, not to a magazine
    if (known === 'fee' && has.shares && /subscri/i.test(cells.types[0] ?? '')) return 'buy'
    // what is paid into a plan buys shares of a fund at once
    if (
      known === 'deposit' &&
      has.shares &&
      isUnnamed &&
      cells.name &&
      /contribut/i.test(cells.types[0] ?? '')
    )
      return 'buy'
    // `Withdrawal`, −10 of a fund without a ticker, −90.00: what a plan pays out it sells
    if (known === 'withdrawal' && has.amount && isUnnamed && cells.name && /^[-−(]/.test(cells.shares))
      return 'sell'
    if (known === 'dividend' && described === 'return of capital') return described
    if (known === 'option' && (isShare(cells) || has.whole))
      return /^sell|\bsold\b/i.test(cells.types[0] ?? '') ? 'sell' : 'buy'
    // `Trade`, and beside it `Buy` or `Sell`; `Best Buy` is a name
    if (known === 'trade' && /^\p{L}+$/u.test(beside) && (told === 'buy' || told === 'sell')) return told
    // `Övrigt`, and beside it `Split Apple 1:2`
    if (known && moved.has(known) && told === 'split') return told
    // a purchase for nothing, or `Reorganization`, and beside it `Stock split on 10 shares`
    const isFree = known === 'buy' && has.shares && !has.priced && !has.amount
    const isAnyEvent =
      isFree || (known === 'exchange' && /reorgani|corporate action/i.test(cells.types[0] ?? ''))
    if (isAnyEvent && told && events.has(told)) return told
    // what money did with the shares of a fund that holds it
    if (has.shares && told === 'sweep') return told
    if (known === 'dividend' && has.shares && has.paid && told === 'reinvested') return told
    if (known === 'canceled' && has.amount && !has.shares) return takenBack(cells.types[0] ?? '') ?? known
    if (known === 'cash' && !has.any) return 'nothing'
    if (known) return known
    const [word] = cells.types
    if (word !== undefined && !has.any) return 'nothing'
    // what a share or a fund brought in; of cash it would be interest
    if (!isUnnamed && word && /^income$/i.test(word)) return 'dividend'
    // money that moves without a security is described by its text
    if (described && (word === undefined || cells.symbol === '')) return described
    if (word !== undefined) return { word }
    if (mapping.field.type) {
      const blank = kindFor('')
      if (blank) return blank
      if (!has.shares && !has.amount) return 'nothing'
      return { reject: 'Type: the cell is empty.' }
    }
    if (mapping.every && (has.shares || has.amount)) return mapping.every
    if (has.shares) {
      // `VWRL,10,n/a,Div 10 Vanguard FTSE,4.30`: the shares that were paid for, where trades have a price
      const paid = mapping.field.price && !has.priced && has.amount ? told : null
      return paid && income.has(paid) ? paid : 'trade'
    }
    if (!has.amount) return 'nothing'
    if (!isBlankNumber(cells.symbol))
      return { reject: 'Nothing says what this row is: it has neither a type nor shares.' }
    // an account of cash says by its columns what came and what went, and its texts are of any kind
    const isOfCash = mapping.field.credit && !mapping.field.symbol && !mapping.field.shares
    return beside && !isOfCash ? { word: beside } : 'cash'
  }

  /** What a row takes back, in its own word: `Reversal of DIV: …` is a dividend, with the other sign. */
  function takenBack(word: string): Kind | null {
    const kind = kindFor(plainWord(word).replace(REVERSAL, ' ').trim())
    return kind && closer.has(kind) ? kind : null
  }

  function unknownWord(word: string, line: number): Reading {
    const seen = words.get(word) ?? { lines: [], count: 0 }
    seen.count++
    if (seen.lines.length < 5) seen.lines.push(line)
    words.set(word, seen)
    return { reject: `We don’t know what the type “${word.slice(0, 100)}” means.` }
  }

  const questions = (): Question[] =>
    [...words].map(([word, seen]): Question => ({ about: 'type', word, ...seen }))

  return { kindFor, kindOfRow, unknownWord, questions }
}

/** What says no more than that something moved. */
const moved = new Set<Kind>(['transfer', 'received', 'delivered', 'cash'])
/** What a word for any event of a company leaves to the text beside it. */
const events = new Set<Kind>(['split', 'stock dividend', 'spin-off', 'in lieu'])
/** What shares that are held bring in, and what is kept back of it. */
const income = new Set<Kind>(['dividend', 'return of capital', 'tax', 'interest'])
/** What a text may say of money that a column calls no more than that. */
const closer = new Set<Kind>([
  'return of capital',
  'tax',
  'fee',
  'interest',
  'dividend',
  'deposit',
  'withdrawal',
  'sweep',
  'conversion',
])

/** `Buy to open` is said of shares as well. */
function isShare({ asset, symbol }: Cells): boolean {
  return (
    /equity|stock|share|etf|aktie|action/i.test(asset) &&
    !/option/i.test(asset) &&
    /^[A-Z.]{1,6}$/.test(symbol)
  )
}

/** A trade “to open” that moved shares × price is none of an option, which moves a hundred times as much. */
export function isWhole({ symbol, asset, name, note }: Cells, numbers: readonly string[]): boolean {
  const [shares, price, amount] = numbers.map((plain) => Math.abs(Number(plain))) as [number, number, number]
  const says = `${asset} ${name} ${note}`
  return (
    /^[A-Z]{1,5}$/.test(symbol) &&
    !/\b(?:call|put|strike|exp\w*|options?)\b|\d\d?\/\d\d/i.test(says) &&
    amount > 0 &&
    Math.abs(shares * price - amount) < amount / 10
  )
}
