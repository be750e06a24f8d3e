import type { Day } from '../portfolio/day.ts'
import { divide, sum, text, times } from '../portfolio/decimal.ts'
import { minorUnit } from '../portfolio/currency.ts'
import { arithmetic, type Sums } from './arithmetic.ts'
import type { Row } from './csv.ts'
import { dayIn, type DayOrder } from './day-spelling.ts'
import { asked, type Cell, provenMark, provenOrder } from './evidence.ts'
import { type Cells, extractor, isCells, type Mapping } from './mapping.ts'
import { type DecimalMark, isBlankNumber, numberIn } from './number-spelling.ts'
import { type Answers, given, type Question } from './question.ts'
import { exact, isGiven, recorded } from './recorded-rows.ts'
import {
  isinOfCusip,
  isIsin,
  isTickerLike,
  type NamedSecurity,
  type Securities,
  tickerOf,
} from './security.ts'
import type { Reading } from './statement-format.ts'
import { kindOf, plainWord, type Kind } from './type-words.ts'

/** The close of a symbol on a day, where it is known. */
export type Closes = (symbol: string, day: Day) => number | null

/** What a table is read with, beside its own cells. */
export type Reader = {
  today: Day
  answers: Answers
  securities: Securities
  closes: Closes | null
  /** What stands between the cells of the file. */
  separator: string
  /** Accounts of the file whose rows are passed over. */
  without: ReadonlySet<string>
}

/** A table that can be read row by row; `security` names the one that a row is about while its ticker is not known. */
export type OpenTable = {
  read: (row: Row) => { readings: Reading[]; id: string; security: string | null }
  evidence: string[]
  /** What the rows that were read so far leave open. */
  questions: () => Question[]
}

/**
 * Opens a table: weighs its columns as a whole (evidence.ts, arithmetic.ts) and reads its rows one by one, so that a long file
 * is never held twice. What contradicts itself is a problem; what nothing decides are questions.
 */
export function openTable(
  header: Row,
  rows: readonly Row[],
  mapping: Mapping,
  reader: Reader,
): OpenTable | { problem: string } | { questions: Question[] } {
  const extract = extractor(header, mapping)
  const { answers, today } = reader
  function* each(): Generator<{ line: number; cells: Cells }> {
    for (const row of rows) {
      const cells = extract(row)
      if (isCells(cells)) yield { line: row.line, cells }
    }
  }
  function* days(): Generator<Cell> {
    for (const { line, cells } of each()) if (cells.date) yield { line, text: cells.date }
  }
  function* numbers(): Generator<Cell> {
    for (const { line, cells } of each())
      for (const text of numbersOf(cells)) if (text && !isBlankNumber(text)) yield { line, text }
  }
  const order = provenOrder(days(), today, answers.days ?? mapping.days)
  if ('contradiction' in order) return { problem: order.contradiction }
  const mark = provenMark(numbers(), answers.decimals ?? mapping.decimals, reader.separator)
  if ('contradiction' in mark) return { problem: mark.contradiction }

  const orders: readonly DayOrder[] = 'left' in order ? order.left : [order.decided]
  const marks: readonly DecimalMark[] = 'left' in mark ? mark.left : [mark.decided]
  const sums = arithmetic(each(), mapping, orders, marks, reader)
  const evidence = [order, mark].flatMap((proof) =>
    'because' in proof && proof.because ? [proof.because] : [],
  )
  const questions: Question[] = []
  if (!sums.order && 'left' in order)
    questions.push(asked('days', headingOf(header, mapping, 'date'), order.left, order.examples))
  if (!sums.mark && 'left' in mark)
    questions.push(asked('decimals', headingOf(header, mapping, 'shares'), mark.left, mark.examples))
  if (sums.question) questions.push(sums.question)
  if (questions.length > 0) return { questions }
  evidence.push(...sums.evidence)

  const rowsRead = rowReader(mapping, sums.order ?? orders[0]!, sums.mark ?? marks[0]!, sums, reader)
  if (mapping.field.isin && mapping.field.symbol) for (const { cells } of each()) rowsRead.pair(cells)
  return {
    evidence,
    questions: rowsRead.questions,
    read: (row) => {
      const cells = extract(row)
      return isCells(cells) ? rowsRead.read(row, cells) : { readings: [cells], id: '', security: null }
    },
  }
}

function headingOf(header: Row, mapping: Mapping, field: 'date' | 'shares'): string {
  const names = [mapping.field[field] ?? []].flat()
  return header.cells.find((heading) => names.includes(plainWord(heading))) ?? names[0] ?? field
}

export function numbersOf(cells: Cells): string[] {
  return [cells.shares, cells.price, cells.amount, ...cells.fees, ...cells.taxes]
}

function rowReader(
  mapping: Mapping,
  order: DayOrder,
  mark: DecimalMark,
  { amountIs, useAmount, derivePrice, feeIsRest, signedTrades, signedCash }: Sums,
  { answers, securities }: Reader,
) {
  const words = new Map<string, { lines: number[]; count: number }>()
  const unresolved = new Map<string, { security: NamedSecurity; lines: number[]; count: number }>()
  /** The tickers that the file itself gives beside ISINs. */
  const paired = new Map<string, string>()
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
    has: { shares: boolean; amount: boolean },
  ): Kind | { reject: string } | { word: string } {
    const known = cells.types.map(kindFor).find((kind) => kind !== null)
    if (known) return known
    const [word] = cells.types
    // money that moves without a security is described by its text
    const described = has.shares ? null : kindFor(cells.note || cells.name)
    if (described && (word === undefined || cells.symbol === '')) return described
    if (word !== undefined) return { word }
    if (mapping.field.type) {
      const blank = kindFor('')
      if (blank) return blank
      if (!has.shares && !has.amount) return 'nothing'
      return { reject: 'Type: the cell is empty.' }
    }
    if (has.shares) return 'trade'
    if (!has.amount) return 'nothing'
    if (!isBlankNumber(cells.symbol))
      return { reject: 'Nothing says what this row is: it has neither a type nor shares.' }
    return cells.note || cells.name ? { word: cells.note || cells.name } : 'cash'
  }

  function symbolOf(cells: Cells, currency: string): { symbol: string; open: NamedSecurity | null } {
    const [isin = ''] = [cells.isin, cells.symbol].flatMap((cell) =>
      isIsin(cell) ? cell : (isinOfCusip(cell) ?? []),
    )
    const spelled = isIsin(cells.symbol) || isinOfCusip(cells.symbol) !== null ? '' : cells.symbol
    const symbol = isBlankNumber(spelled) ? '' : spelled
    const security = { symbol, isin, name: cells.name, currency }
    const answered = [isin, symbol, cells.name].flatMap(
      (key) => (key && given(answers.securities, key)) || [],
    )[0]
    if (answered) return { symbol: answered, open: null }
    if (symbol && isTickerLike(symbol.toUpperCase()) && (isTickerLike(symbol) || !isin))
      return { symbol: tickerOf(symbol), open: null }
    const found = (isin && paired.get(isin)) || (isin || symbol || cells.name ? securities(security) : null)
    if (found) return { symbol: found, open: null }
    if (!isin && !symbol && !cells.name) return { symbol: '', open: null }
    return { symbol: isin, open: security }
  }

  return {
    pair(cells: Cells): void {
      if (isIsin(cells.isin) && isTickerLike(cells.symbol) && !isIsin(cells.symbol))
        paired.set(cells.isin, tickerOf(cells.symbol))
    },

    questions: (): Question[] => [
      ...[...words].map(([word, seen]): Question => ({ about: 'type', word, ...seen })),
      ...[...unresolved.values()].map((each): Question => ({ about: 'security', ...each })),
    ],

    read({ line, cells: all }: Row, cells: Cells): ReturnType<OpenTable['read']> {
      const answer = (...readings: Reading[]) => ({ readings, id: cells.id, security: null })
      const undone = cells.status && UNDONE.test(plainWord(cells.status))
      if (undone)
        return answer({
          skip: `orders that were not carried out are no transactions (“${cells.status.slice(0, 40)}”)`,
        })

      const faults: string[] = []
      const read = (field: string, cell: string) => {
        if (isBlankNumber(cell)) return { plain: '', currency: '' }
        const number = numberIn(cell, mark)
        if (!number) faults.push(`${field} “${cell.slice(0, 60)}” is not a number such as 1234.56.`)
        return number ?? { plain: '', currency: '' }
      }
      const [shares, price] = [read('Shares', cells.shares), read('Price', cells.price)]
      const amount = useAmount ? read('Amount', cells.amount) : { plain: '', currency: '' }
      const added = (field: string, list: readonly string[]) =>
        text(sum(list.map((cell) => exact(sizeOf(read(field, cell).plain)) ?? 0n)))
      const [fee, tax] = [added('Fee', cells.fees), added('Tax', cells.taxes)]
      const day = dayIn(cells.date, order)
      const has = { shares: isGiven(shares.plain), amount: isGiven(amount.plain) }
      if (day === null && !(has.shares && isGiven(price.plain))) {
        const first = plainWord(all.find(Boolean) ?? '')
        if (
          /\btotals?\b|^sum\b|^summe|^gesamt|^totaa?l/.test(first) ||
          cells.types.some((word) => kindFor(word) === 'sum')
        )
          return answer({ skip: 'a sum of other rows' })
        if (!has.shares && !has.amount) return answer({ skip: 'text below the table, not a transaction' })
      }
      if (faults.length > 0) return answer({ reject: faults.join(' ') })

      const kind = kindOfRow(cells, has)
      if (typeof kind === 'object') {
        if ('reject' in kind) return answer(kind)
        const seen = words.get(kind.word) ?? { lines: [], count: 0 }
        seen.count++
        if (seen.lines.length < 5) seen.lines.push(line)
        words.set(kind.word, seen)
        return answer({
          reject: `We don’t recognize the type “${kind.word.slice(0, 100)}”: add this transaction by hand.`,
        })
      }
      const money = inOneCurrency(shares.plain, price.plain, amount.plain, {
        amount: upper(cells.currency) || amount.currency || (mapping.currency ?? ''),
        price: upper(cells.priceCurrency) || price.currency,
      })
      const isNamed = cells.symbol !== '' || cells.isin !== ''
      const isAside = asides.has(kind) && !isNamed
      // shares that are deposited are a transfer of them; a currency is not a share
      const isCash = noSymbol.has(kind) && !(has.shares && isNamed && cells.symbol !== money.currency)
      const { symbol, open } =
        isCash || isAside
          ? { symbol: '', open: null }
          : symbolOf(cells, upper(cells.priceCurrency) || money.currency)
      let readings = recorded({
        kind,
        date: day ?? cells.date,
        symbol,
        shares: shares.plain,
        fee,
        tax,
        amountIs,
        signed: ofTrades.has(kind) ? signedTrades : signedCash,
        feeIsRest,
        note: noted(cells, kind),
        ...money,
        price: derivePrice && has.amount ? '' : money.price,
      })
      if (!open) return { readings, id: cells.id, security: null }
      const needed = readings.some(
        (reading) => 'type' in reading && reading.symbol !== undefined && !plainCash.has(reading.type),
      )
      if (!needed) return { readings, id: cells.id, security: null }
      const key = open.isin || open.symbol || open.name
      const seen = unresolved.get(key) ?? { security: open, lines: [], count: 0 }
      seen.count++
      if (seen.lines.length < 5) seen.lines.push(line)
      unresolved.set(key, seen)
      if (symbol === '')
        readings = readings.map((reading) =>
          'type' in reading ? { reject: `We don’t know the ticker of “${key.slice(0, 80)}”.` } : reading,
        )
      return { readings, id: cells.id, security: key }
    },
  }
}

const UNDONE =
  /cancel|reject|pending|expired|failed|open$|working|storn|abgelehnt|offen|annul|anulad|declined|partially canceled|revert/

const ofTrades = new Set<Kind>(['buy', 'sell', 'trade', 'reinvested'])
/** What may name a security; a name alone is a description of it. */
const asides = new Set<Kind>(['fee', 'tax'])
const noSymbol = new Set<Kind>(['deposit', 'withdrawal', 'sum', 'nothing', 'sweep', 'conversion', 'interest'])
const plainCash = new Set(['deposit', 'withdrawal', 'interest'])

function noted({ note, name }: Cells, kind: Kind): string {
  const text = note && !isBlankNumber(note) ? note : kind === 'fee' || kind === 'tax' ? name : ''
  return text.slice(0, 1000)
}

function upper(currency: string): string {
  const code = currency.trim()
  return minorUnit(code) ? code : /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : ''
}

/**
 * Brings price and amount to one currency. A price in pence is divided by 100; where the amount is in another currency
 * than the price (the account's), the amount counts and the price follows from it.
 */
function inOneCurrency(
  shares: string,
  price: string,
  amount: string,
  currency: { amount: string; price: string },
): { price: string; amount: string; currency: string } {
  const unit = minorUnit(currency.price || currency.amount)
  const ofPrice = unit?.major ?? (currency.price || currency.amount)
  const inUnits = unit ? hundredth(price) : price
  const ofAmount = minorUnit(currency.amount)?.major ?? (currency.amount || ofPrice)
  if (unit && minorUnit(currency.amount) && isGiven(amount)) {
    // a column that says pence for both may mean the price alone
    const product = exact(shares) && exact(inUnits) ? times(exact(sizeOf(shares))!, exact(inUnits)!) : null
    const stated = exact(sizeOf(amount))
    if (product !== null && stated !== null && stated > product * 10n)
      return { price: inUnits, amount: hundredth(amount), currency: ofPrice }
  }
  if (!isGiven(amount)) return { price: inUnits, amount, currency: ofPrice }
  return { price: ofPrice === ofAmount ? inUnits : '', amount, currency: ofAmount }
}

function hundredth(plain: string): string {
  const value = exact(plain)
  return value === null ? plain : text(divide(value, 100n))
}

function sizeOf(plain: string): string {
  return plain.startsWith('-') ? plain.slice(1) : plain
}
