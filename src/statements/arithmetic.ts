import { minorUnit } from '../portfolio/currency.ts'
import type { DayOrder } from './day-spelling.ts'
import type { Reader } from './mapped-table.ts'
import { netOrGross, notEqual } from './amount-question.ts'
import { conversionOf, fitsOf, hasRest, type Sampled, value } from './fit.ts'
import { byMarket, nearCloses } from './market-evidence.ts'
import type { Cells, Mapping } from './mapping.ts'
import { notTracked } from './not-tracked.ts'
import { moneyCode } from './money-codes.ts'
import { type DecimalMark, numberIn } from './number-spelling.ts'
import { oneSigned } from './one-sign.ts'
import { given, type Question } from './question.ts'
import { withStatedTrade } from './stated-trade.ts'
import { kindOf, type Kind, plainWord } from './type-words.ts'

/** What the sums of a table decide, beside its spelling; `order` and `mark` where the cells alone did not. */
export type Sums = {
  order: DayOrder | null
  mark: DecimalMark | null
  amountIs: 'net' | 'gross'
  /** False where the amount is to be left aside, because the person said so. */
  useAmount: boolean
  /** Whether the price follows from the amount, because the person said that the amount counts. */
  derivePrice: boolean
  /** Whether what an amount has beyond shares × price is a fee. */
  feeIsRest: boolean
  signedTrades: boolean
  signedCash: boolean
  /** Whether sales have amounts of both signs: a negative one brought less than it cost. */
  mixedSales: boolean
  /** Whether dividends were reinvested and no row is one of its own. */
  reinvestsAlone: boolean
  /** How an amount follows from one in the row's currency, where amounts are in another, which no column names. */
  converted: 'times' | 'over' | null
  /** Rows without a type of which shares and amount have one sign (one-sign.ts). */
  oneSign: 'sale' | 'open' | null
  evidence: string[]
  question: Question | null
}

const MINUS_SELLS =
  'A minus before shares and amount is a sale: so no more is ever sold than was bought before.'

/**
 * Finds the reading under which shares × price ± fee is the amount on most rows, which decides between `1.234` and
 * `1,234`, and whether the fee is in the amount already (net) or comes beside it (gross); where that says nothing the
 * running balance does. The market decides what is still open: the reading whose prices lie within a tenth of the close
 * of their day (`reader.closes`).
 */
export function arithmetic(
  rows: Iterable<{ line: number; cells: Cells }>,
  mapping: Mapping,
  orders: readonly DayOrder[],
  marks: readonly DecimalMark[],
  { answers, closes }: Reader,
): Sums {
  const kinds = new Map<string, Kind | null>()
  const kindFor = ({ types }: Cells): Kind | null => {
    for (const type of types) {
      let kind = kinds.get(type)
      if (kind === undefined) {
        kind = given(answers.words, plainWord(type)) ?? kindOf(type, mapping.words)
        kinds.set(type, kind)
      }
      if (kind) return kind
    }
    return null
  }
  let signedTrades = false
  let signedCash = false
  let [sold, soldBelow] = [false, false]
  let [reinvests, pays] = [false, false]
  const trades: Sampled[] = []
  const untold: Cells[] = []
  /** Rows with a charge whose amount may have it in it or not. */
  const charged: Sampled[] = []
  let last: Sampled | null = null
  const balances: [Sampled, Sampled][] = []
  for (const { line, cells: given } of rows) {
    const cells = withStatedSums(given, marks, (word) => kindOf(word, mapping.words))
    const kind = kindFor(cells)
    const isTrade = kind === null ? cells.shares !== '' : ofTrades.has(kind)
    const isNegative = /^[-−(]|[-−]$|^\D{0,4}[-−]/.test(cells.amount)
    if (kind === 'reinvested' && /[1-9]/.test(cells.shares)) reinvests = true
    else if (kind !== null && paying.has(kind)) pays = true
    if (kind === 'sell' && /[1-9]/.test(cells.amount)) {
      if (isNegative) soldBelow = true
      else sold = true
    }
    if (isNegative && /[1-9]/.test(cells.amount)) {
      // −4 shares for −728: the amount has the sign of the shares, and not that of the cash
      const isOfShares = /^[-−(]/.test(cells.shares)
      if (
        kind === 'buy' ||
        kind === 'reinvested' ||
        ((kind === 'trade' || (kind === null && isTrade && cells.types.length === 0)) && !isOfShares)
      )
        signedTrades = true
      if (!isTrade) signedCash = true
    }
    if (kind === 'trade' || (kind === null && cells.types.every((type) => type === ''))) untold.push(cells)
    const row: Sampled = { line, cells, kind }
    // an option is of a hundred shares
    if (trades.length < MOST && isTrade && cells.shares && cells.price && !notTracked(cells)) trades.push(row)
    if (
      charged.length < MOST &&
      cells.amount &&
      isOfAmount(cells) &&
      [...cells.fees, ...cells.taxes].some((cell) => /[1-9]/.test(cell))
    )
      charged.push(row)
    if (cells.balance && cells.amount) {
      if (last && balances.length < MOST) balances.push([last, row])
      last = row
    }
  }
  const decided = {
    signedTrades: mapping.signed ?? signedTrades,
    signedCash: mapping.signed ?? (signedCash || signedTrades),
    mixedSales: sold && soldBelow,
    reinvestsAlone: reinvests && !pays,
  }

  const priced = trades.map(({ cells }) => cells)
  const mark = markBySums(trades, marks) ?? byMarket(priced, orders, marks, closes).mark
  const order = orders.length === 1 ? null : byMarket(priced, orders, mark ? [mark] : marks, closes).order
  const evidence: string[] = []
  const sign = mapping.signed === undefined ? oneSigned(untold, order ?? orders[0]!, mark ?? marks[0]!) : null
  if (sign === 'sale') evidence.push(MINUS_SELLS)
  if (order) evidence.push(nearCloses(order))
  if (mark && marks.length > 1)
    evidence.push(
      `Decimals follow a ${mark === '.' ? 'point' : 'comma'}: so the prices and amounts are right.`,
    )
  const open = {
    ...decided,
    order,
    mark: marks.length > 1 ? mark : null,
    useAmount: answers.amount !== 'price',
    derivePrice: answers.amount === 'amount',
    feeIsRest: mapping.feeIsRest ?? false,
    oneSign: sign,
    converted: convertedBy(trades, mark ?? marks[0]!),
    evidence,
    question: null,
  }
  const stated = mapping.amount ?? (answers.amount === 'gross' ? 'gross' : answers.amount ? 'net' : undefined)
  if (stated) return { ...open, derivePrice: mapping.amount ? false : open.derivePrice, amountIs: stated }
  const by = mark ?? marks[0]!

  // of two currencies, the rate between them tells as well
  const whole = trades.filter(({ cells }) => cells.amount && (sameCurrency(cells) || cells.rate))
  const fits = (row: Sampled) => fitsOf(row, by)
  const telling = whole.map(fits).filter((fit) => fit !== null)
  const right = telling.filter(({ net, gross }) => net || gross).length
  const [rest] = mapping.field.fee ? [] : whole
  if (rest && whole.every((row) => hasRest(row, by)) && right < telling.length) {
    evidence.push(
      `What the amount has beyond shares × price is a fee: on line ${rest.line} ${rest.cells.amount} for ${rest.cells.shares} × ${rest.cells.price}.`,
    )
    return { ...open, amountIs: 'net', feeIsRest: true }
  }
  if (telling.length > 0 && right * 2 < telling.length && marks.length === 1)
    return { ...open, amountIs: 'net', question: notEqual(whole, by) }
  const nets = telling.filter(({ closer }) => closer === 'net').length
  const grosses = telling.filter(({ closer }) => closer === 'gross').length
  if (nets !== grosses) {
    const amountIs = nets > grosses ? 'net' : 'gross'
    const row = whole.find((each) => fits(each)?.closer === amountIs)!
    evidence.push(
      amountIs === 'net'
        ? `The amount has the fee in it: on line ${row.line} ${row.cells.amount} is shares × price and the fee.`
        : `The fee comes beside the amount: on line ${row.line} ${row.cells.amount} is shares × price.`,
    )
    return { ...open, amountIs }
  }
  const [netSteps, grossSteps] = steps(balances, by)
  if (netSteps !== grossSteps) {
    evidence.push(
      `The balance shows that fee and tax are ${netSteps > grossSteps ? '' : 'not '}in the amount.`,
    )
    return { ...open, amountIs: netSteps > grossSteps ? 'net' : 'gross' }
  }
  const before = charged.find((row) => isAfterCharges(row, by))
  if (before && charged.every((row) => !isGross(row, by) || isAfterCharges(row, by))) {
    const { line, cells } = before
    evidence.push(
      `The amount has fee and tax in it: on line ${line} it is ${cells.amount} of ${cells.gross}.`,
    )
    return { ...open, amountIs: 'net' }
  }
  const unclear = charged.filter(({ kind }) => kind === null || withCharge.has(kind))
  if (unclear.length === 0 || marks.length > 1) return { ...open, amountIs: 'net' }
  const [heading = ''] = [mapping.field.amount ?? []].flat()
  if (GROSS.test(heading)) return { ...open, amountIs: 'gross' }
  return { ...open, amountIs: 'net', question: netOrGross(unclear, by) }
}

/** Shares and price of a text (`Buy 10 @ 170.00 USD`) where cells have none, spelled as the cells are. */
function withStatedSums(
  cells: Cells,
  [mark, ...others]: readonly DecimalMark[],
  kindFor: (word: string) => Kind | null,
): Cells {
  if (others.length > 0 || /[1-9]/.test(cells.shares)) return cells
  const { stated, ...told } = withStatedTrade(cells, mark!, kindFor)
  const spelled = (plain: string) => plain.replace('.', mark!)
  return stated ? { ...told, shares: spelled(told.shares), price: spelled(told.price) } : cells
}

/** One way, on most of the trades that have a rate: a large fee of one small trade may look like it. */
function convertedBy(trades: readonly Sampled[], mark: DecimalMark): Sums['converted'] {
  const rated = trades.filter(({ cells }) => sameCurrency(cells) && isOther(value(cells.rate, mark)))
  const ways = rated.map((row) => conversionOf(row, mark)).filter((way) => way !== null)
  const [way = null] = ways
  return ways.length * 2 > rated.length && ways.every((each) => each === way) ? way : null
}

function isOther(rate: number | null): boolean {
  return rate !== null && Math.abs(rate - 1) >= 0.0005
}

/** A heading that says it, `GrossAmount` or `Bruttobetrag`; “net” may be what was paid for the shares alone. */
const GROSS = /\bgross\b|\bbrut|\blord[oa]\b/

function isGross({ cells }: Sampled, mark: DecimalMark): boolean {
  return (value(cells.gross, mark) ?? 0) > 0 && cells.gross !== cells.amount
}

/** True for an amount that is what the column of gross amounts has, less its charges. */
function isAfterCharges(row: Sampled, mark: DecimalMark): boolean {
  const { gross, amount, fees, taxes } = row.cells
  const charge = [...fees, ...taxes].reduce((sum, cell) => sum + (value(cell, mark) ?? 0), 0)
  return (
    isGross(row, mark) && Math.abs((value(gross, mark) ?? 0) - charge - (value(amount, mark) ?? 0)) < 0.011
  )
}

/** So many rows are looked at. */
const MOST = 400

const ofTrades = new Set<Kind>(['buy', 'sell', 'trade', 'reinvested'])
/** What may be reinvested; `reinvested` without shares is the dividend. */
const paying = new Set<Kind>(['dividend', 'reinvested', 'return of capital', 'interest', 'reward'])
const withCharge = new Set<Kind>([
  'deposit',
  'withdrawal',
  'buy',
  'sell',
  'trade',
  'reinvested',
  'dividend',
  'interest',
  'return of capital',
])

function markBySums(trades: readonly Sampled[], marks: readonly DecimalMark[]): DecimalMark | null {
  if (marks.length === 1) return marks[0]!
  const [first, second] = marks.map((mark) => ({
    mark,
    right: trades.filter((row) => {
      const fit = fitsOf(row, mark)
      return fit !== null && (fit.net || fit.gross)
    }).length,
  }))
  return clearly(first!, second!)
}

function clearly<Reading>(
  first: { mark: Reading; right: number },
  second: { mark: Reading; right: number },
): Reading | null {
  if (first.right > 2 * second.right) return first.mark
  return second.right > 2 * first.right ? second.mark : null
}

/** A fee in another currency, or in a coin, is not in the amount. */
function isOfAmount({ fees, taxes, feeCurrency, currency }: Cells): boolean {
  const isElsewhere = feeCurrency !== '' && currency !== '' && feeCurrency !== currency
  return !isElsewhere || taxes.some((cell) => /[1-9]/.test(cell)) || fees.length === 0
}

function sameCurrency({ currency, priceCurrency }: Cells): boolean {
  const major = (code: string) => minorUnit(code)?.major ?? code
  return !priceCurrency || !currency || major(moneyCode(priceCurrency)) === major(moneyCode(currency))
}

/** How often a step of the balance is the amount alone, and how often the amount and its charges. */
function steps(balances: readonly [Sampled, Sampled][], mark: DecimalMark): [net: number, gross: number] {
  let [net, gross] = [0, 0]
  for (const [before, after] of balances) {
    const [from, to] = [signedValue(before.cells.balance, mark), signedValue(after.cells.balance, mark)]
    if (from === null || to === null) continue
    // the newer one of the two rows may be above
    for (const { cells } of [before, after]) {
      const amount = value(cells.amount, mark) ?? 0
      const charge = [...cells.fees, ...cells.taxes].reduce((sum, cell) => sum + (value(cell, mark) ?? 0), 0)
      if (charge === 0) continue
      const step = Math.abs(to - from)
      if (Math.abs(step - amount) < 0.006) net++
      if (Math.abs(step - amount - charge) < 0.006 || Math.abs(step - amount + charge) < 0.006) gross++
    }
  }
  return [net, gross]
}

function signedValue(cell: string, mark: DecimalMark): number | null {
  const number = numberIn(cell, mark)
  return number ? Number(number.plain) : null
}
