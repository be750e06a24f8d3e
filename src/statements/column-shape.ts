import { columnName, fieldsOf } from './columns.ts'
import type { Row } from './csv.ts'
import { daysOf, isSerialDay } from './day-spelling.ts'
import { coinPaidIn, halvesOfPair, isCoin, isMoney, moneyCode } from './money-codes.ts'
import { isBlankNumber, marksOf } from './number-spelling.ts'
import { isinIn, isinOfCusip, isIsin, isOptionCode, isTickerLike } from './security.ts'
import { kindOf, plainWord } from './type-words.ts'

/** A column, what its heading may mean, and the parts of its cells that look like this or that, of those that are not empty. */
export type Column = {
  index: number
  heading: string
  name: string
  fields: ReturnType<typeof fieldsOf>
  cells: string[]
  filled: number
  days: number
  /** Numbers that are days of a spreadsheet, or instants. */
  serials: number
  numbers: number
  isins: number
  /** Cells that have an ISIN somewhere in them. */
  withIsin: number
  cusips: number
  tickers: number
  /**
   * Codes of four digits, by which shares are known in Tokyo and Hong Kong, of five, as brokers write the latter, or of
   * six, as in Shanghai and Seoul.
   */
  fourDigits: number
  /** Tickers with the suffix of an exchange, which no name has. */
  suffixed: number
  /** Pairs of a coin and a currency: `BTC-EUR`. */
  pairs: number
  /** Codes of currencies. */
  codes: number
  /** Words for kinds of assets. */
  assets: number
  /** Words that say what a row is, and how many different things they say. */
  words: number
  kinds: number
}

/** So many rows are looked at, from the whole table. */
const SAMPLED = 120

/** Looks at the columns of a table whose headings are told apart (guess.ts). */
export function columnsOf(header: Row, rows: readonly Row[]): Column[] {
  const step = Math.max(1, Math.floor(rows.length / SAMPLED))
  const sample = rows.filter((_, i) => i % step === 0).slice(0, SAMPLED)
  return header.cells.map((heading, index) => {
    const cells = sample.map((row) => row.cells[index] ?? '')
    const filled = cells.filter((cell) => !isBlankNumber(cell))
    const part = (looks: (cell: string) => boolean) =>
      filled.length === 0 ? 0 : filled.filter(looks).length / filled.length
    const name = columnName(heading)
    const kinds = filled.map((cell) => kindOf(cell))
    return {
      index,
      heading,
      name,
      // of equal headings the later ones are numbered
      fields: fieldsOf(name.replace(/ \d{1,2}$/, '')),
      cells,
      filled: filled.length,
      days: part(
        (cell) => !isSerialDay(cell) && !/^\d{1,5}(?:[.,]\d+)?$/.test(cell) && isDayInAnyOrder(cell),
      ),
      serials: part(isSerialDay),
      numbers: part((cell) => marksOf(cell).marks.length > 0),
      isins: part(isIsin),
      withIsin: part((cell) => isinIn(cell) !== ''),
      cusips: part((cell) => isinOfCusip(cell) !== null),
      tickers: part(
        (cell) =>
          (isTickerLike(cell) || CASH.test(cell) || isOptionCode(cell)) &&
          !isIsin(cell) &&
          isNaN(Number(cell)) &&
          !isRate(cell),
      ),
      suffixed: part((cell) => /^[A-Z0-9-]{1,10}\.[A-Z]{1,2}$/.test(cell)),
      fourDigits: part((cell) => /^\d{4,6}$|^\d{3}[A-Z]$/.test(cell)),
      pairs: part((cell) => isCoin(halvesOfPair(cell)?.coin ?? '') || coinPaidIn(cell) !== null),
      codes: part((cell) => isMoney(moneyCode(cell.toUpperCase())) || isMoney(cell)),
      assets: part((cell) => ASSETS.test(plainWord(cell))),
      words: kinds.filter((kind) => kind !== null).length / Math.max(1, filled.length),
      kinds: new Set(kinds.filter((kind) => kind !== null)).size,
    }
  })
}

/** Cash among the symbols, as programs of portfolios write it. */
export const CASH = /^\$+CASH/i

const ASSETS =
  /stock|equit|share|^eq$|^(?:fut|opt)(?:idx|stk|cur|com)|\betf|fund|fonds|bond|option|crypto|cash|currency|aktie|action|anlei|security|warrant|cfd|commodit|securit|metal|\brente/

/** A pair of currencies, such as `EURUSD`, is the name of a rate. */
function isRate(cell: string): boolean {
  const halves = halvesOfPair(cell)
  return halves !== null && isMoney(halves.coin)
}

/** A column without any number may hold one all the same, where its heading says so. */
export function isNumeric({ numbers, filled }: Column): boolean {
  return filled === 0 || numbers > 0.6
}

function isDayInAnyOrder(cell: string): boolean {
  return Object.values(daysOf(cell).days).some((day) => day !== null)
}
