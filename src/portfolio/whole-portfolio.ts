import type { Day } from './day.ts'
import type { TransactionDraft } from './entry.ts'

// All that is stored of a portfolio, without ids: as one file has it (statements/everything.ts).

/** The settings of a portfolio, as its form names them. */
export type Settings = {
  name: string
  description: string
  base_currency: string
  benchmarks: string[]
  cost_basis: string
  dividends: string
  withholding: string | null
  /** Absent in files of before it. */
  risk_free_rate?: string | null
  /** Absent without any. */
  targets?: string
  dismissed_dividends: string[]
  /** Absent without any, and in files of before there were some. */
  dismissed_actions?: string[]
  /** Likewise. */
  own_instruments?: string[]
  created_at: string
}

/** What the owner said of the source's history of a symbol. */
export type Ruling = {
  symbol: string
  day: Day
  kind: 'no_split' | 'same'
  numerator: number | null
  denominator: number | null
}

/** Its fields in the order in which it is stored and written. */
export const rulingFields = ['symbol', 'day', 'kind', 'numerator', 'denominator'] as const

/** Instants are milliseconds. */
export type PastImport = {
  format: string
  accepted: number
  duplicates: number
  rejected: { line: number; reason: string }[]
  createdAt: number
  /** When its rows were deleted again; null while they are here. */
  undoneAt: number | null
}

export type KeptTransaction = {
  /** Its place in the order of entry. */
  order: number
  /** The purchases whose lots it names are numbers in the file, from 1. */
  transaction: TransactionDraft
  version: number
  /** The import that it came with, by its number in the file, from 1; null for none. */
  importNumber: number | null
  rowKey: string
  createdAt: number
  updatedAt: number
}

/** An entry of the log. A transaction or an import in it is named by its number in the file, from 1. */
export type Activity = {
  at: number
  /** The name of whoever did it; null for the app itself. */
  by: string | null
  action: string
  subject: string
  /** JSON, or a text that is none. */
  before: unknown
  after: unknown
}

/** A group of an account, as a file has it: `portfolios` are numbers in the file, from 1. */
export type GroupSettings = Pick<
  Settings,
  'name' | 'description' | 'base_currency' | 'benchmarks' | 'targets' | 'created_at'
> & {
  /** `all` is the group of all portfolios, which names none. */
  kind: 'group' | 'all'
  portfolios: number[]
}

/** Its fields in the order in which it is written. */
export const groupFields = [
  'kind',
  'name',
  'description',
  'base_currency',
  'benchmarks',
  'targets',
  'portfolios',
  'created_at',
] as const

export type WholePortfolio = {
  rulings: Ruling[]
  imports: PastImport[]
  transactions: KeptTransaction[]
  activity: Activity[]
}

/**
 * What an account wants to be told of a portfolio or a group, which is a number in the file; `kind` is one of snapshot/alert.ts, or
 * `weekly_digest`. `channels` are numbers of the file's channels, where some were chosen. What it has been told so far is no part of it.
 */
export type KeptAlert = {
  portfolio?: number
  group?: number
  kind: string
  subject?: string
  level?: string
  set_on?: Day
  channels?: number[]
  at: number
}

export const alertFields = [
  'portfolio',
  'group',
  'kind',
  'subject',
  'level',
  'set_on',
  'channels',
  'at',
] as const

/** What an account has said of the files with a header: answers as statements/question.ts has them. */
export type SaidOfFiles = { header: string; answers: object; at: number }

export const saidFields = ['header', 'answers', 'at'] as const

/** A channel by which an account is told things, without what opens it. */
export type ToldBy = { kind: string; label: string; target: string; at: number }

export const toldByFields = ['kind', 'label', 'target', 'at'] as const

/** The ticker that an account has chosen for an ISIN or a name. */
export type ChosenTicker = { name: string; symbol: string; at: number }

export const tickerFields = ['name', 'symbol', 'at'] as const
