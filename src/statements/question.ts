import type { Security } from '../portfolio/instrument.ts'
import type { Field } from './columns.ts'
import { type DayOrder, dayOrders } from './day-spelling.ts'
import type { DecimalMark } from './number-spelling.ts'
import type { NamedSecurity } from './security.ts'
import type { SeenTrade } from './security-query.ts'
import type { Kind } from './type-words.ts'

/**
 * What a file leaves open. Until `days`, `decimals`, `amount` and `column` are answered no row of the table is read; a
 * `type`, a `security` or a `ticker` leaves only its own rows open.
 */
export type Question =
  | { about: 'days' | 'decimals' | 'amount'; column: string; readings: ReadOneWay[] }
  /** No column is known to hold this; `columns` are those that could. */
  | { about: 'column'; field: Field; columns: string[] }
  /** A word of the column of types that nobody knows. */
  | { about: 'type'; word: string; lines: number[]; count: number }
  /** A security that the file names, but not by a ticker. */
  | {
      about: 'security'
      security: NamedSecurity
      lines: number[]
      count: number
      /** A trade in it, whose price tells one listing from another. */
      trade?: SeenTrade
      /** The listings that it may be, as far as they are known. */
      choices?: readonly Security[]
    }
  /** A ticker of the file that the source does not know. Its rows are booked all the same, unless it is corrected. */
  | { about: 'ticker'; ticker: string; lines: number[]; count: number }
  /** Shares that a company has spun off: which part of the cost went with them, and of which company where `from` is ''. */
  | { about: 'spin_off'; symbol: string; from: string; lines: number[] }

/** One of the ways in which a column can be read, with the first rows read so. */
export type ReadOneWay = {
  answer: DayOrder | DecimalMark | AmountAnswer
  /** The way in words, such as `the month comes first`. */
  means: string
  samples: { line: number; spelled: string; read: string }[]
}

/**
 * Whether fee and tax are in the amount (net) or beside it (gross); or, where the amount is not shares × price at all, which of
 * the two counts.
 */
type AmountAnswer = (typeof amountAnswers)[number]
export const amountAnswers = ['net', 'gross', 'price', 'amount'] as const
export const decimalMarks = ['.', ','] as const satisfies readonly DecimalMark[]

/** What the person has answered, or what was remembered of a file with the same header. */
export type Answers = {
  days?: DayOrder
  decimals?: DecimalMark
  amount?: AmountAnswer
  /** The field that a column holds, by its heading in plain spelling (columns.ts); null for none. */
  columns?: Readonly<Record<string, Field | null>>
  /** The kind that a word means, by the word in plain spelling (type-words.ts). */
  words?: Readonly<Record<string, Kind>>
  /** Tickers by ISIN, or by the name in the file. */
  securities?: Readonly<Record<string, string>>
  /** By the new ticker of a spin-off, the part of the cost that went with it (`20%`), and the old company's ticker. */
  costShares?: Readonly<Record<string, string>>
  parents?: Readonly<Record<string, string>>
}

/**
 * The answers about a whole file, as a form or an address has them; undefined when one of them is none that a question
 * offers. An absent one is undefined or ''.
 */
export function answersIn(
  field: (name: 'days' | 'decimals' | 'amount') => string | undefined,
): Answers | undefined {
  const given = {
    days: field('days') || null,
    decimals: field('decimals') || null,
    amount: field('amount') || null,
  }
  const isOneOf = (answer: string | null, offered: readonly string[]) =>
    answer === null || offered.includes(answer)
  const isRight =
    isOneOf(given.days, dayOrders) &&
    isOneOf(given.decimals, decimalMarks) &&
    isOneOf(given.amount, amountAnswers)
  return isRight
    ? (Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== null)) as Answers)
    : undefined
}

/** True for a question without whose answer nothing of the table can be read. */
export function isOpen({ about }: Question): boolean {
  return about !== 'type' && about !== 'security' && about !== 'ticker' && about !== 'spin_off'
}

/** Asks in words, with the first row read in each way. */
export function inWords(question: Question): string {
  switch (question.about) {
    case 'days':
    case 'decimals':
    case 'amount': {
      const ways = question.readings.map(({ means, samples: [first] }) =>
        first ? `${means} (line ${first.line}: “${first.spelled}” is ${first.read})` : means,
      )
      return `Nothing in the column “${question.column}” shows whether ${ways.join(' or ')}. ${advice[question.about]}`
    }
    case 'column':
      return `We don’t see which column holds ${fieldNames[question.field] ?? question.field}. Name one of them so, for example “${headings[question.field] ?? question.field}”.`
    case 'type':
      return `We don’t know the type “${question.word}” (${count(question.count)}, the first on line ${question.lines[0]}).`
    case 'security':
      return `We don’t know the ticker of ${named(question.security)} (${count(question.count)}, the first on line ${question.lines[0]}).`
    case 'ticker':
      return `The source of prices knows no ${question.ticker} (${count(question.count)}, the first on line ${question.lines[0]}). Unless you correct it, it is booked as it is.`
    case 'spin_off':
      return question.from === ''
        ? `The file does not say of which company ${question.symbol} was a spin-off, nor which part of the cost went to it (line ${question.lines[0]}).`
        : `The file does not say which part of the cost went to ${question.symbol} in its spin-off from ${question.from} (line ${question.lines[0]}).`
  }
}

export function named({ isin, name, symbol }: NamedSecurity): string {
  return (
    [name || symbol, isin && (name || symbol ? `(${isin})` : isin)].filter(Boolean).join(' ') ||
    'a security without a name'
  )
}

function count(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}

const advice = {
  days: 'Write the days as 2024-01-31.',
  decimals: 'Write the numbers without grouping thousands, such as 1234.5.',
  amount: 'Leave the column out, or write what each row moved in cash.',
}

const fieldNames: Partial<Record<Field, string>> = {
  date: 'the day',
  symbol: 'the ticker',
  shares: 'the number of shares',
  price: 'the price',
  amount: 'the amount',
  type: 'the type (buy, sell, dividend …)',
}

const headings: Partial<Record<Field, string>> = {
  date: 'Date',
  symbol: 'Ticker',
  shares: 'Shares',
  price: 'Price',
  amount: 'Amount',
  type: 'Type',
}

/** What was answered for a name of the file, which may be any word, `constructor` too. */
export function given<T>(answers: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return answers && Object.hasOwn(answers, name) ? answers[name] : undefined
}
