import { type Day, isDay } from '../portfolio/day.ts'
import { decimal } from '../portfolio/decimal.ts'
import { readEntry, type TransactionDraft } from '../portfolio/entry.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { transactionTypes } from '../portfolio/kind.ts'
import {
  type Activity,
  alertFields,
  type ChosenTicker,
  groupFields,
  type GroupSettings,
  type KeptAlert,
  type ToldBy,
  toldByFields,
  type KeptTransaction,
  type PastImport,
  type Ruling,
  rulingFields,
  saidFields,
  type SaidOfFiles,
  tickerFields,
  type WholePortfolio,
} from '../portfolio/whole-portfolio.ts'
import { END, fieldOf, FIRST, VERSION } from './everything.ts'
import {
  instant,
  isObject,
  isText,
  isWhole,
  Misread,
  need,
  object,
  parsed,
  rows,
} from './everything-fields.ts'
import { textCell } from './text-cell.ts'
import { transactionsCsv } from './transactions-csv.ts'
import { columnNames } from './write-statement.ts'

// Reading a file of whole portfolios; `everything.ts` shows one, and writes it.

/** The part of a file about one portfolio: its settings, which nobody has looked at, and all of it. */
export type Part = { settings: unknown; text: string }
export type Parts = {
  portfolios: Part[]
  securities: ChosenTicker[]
  files: SaidOfFiles[]
  groups: GroupSettings[]
  alerts: KeptAlert[]
  channels: ToldBy[]
}

/**
 * Takes a file apart into its portfolios, or answers a sentence. A file of ours is only cut at its lines, so that each part is
 * parsed where it is worked on; one that another program has laid out is parsed here.
 */
export function partsOf(text: string): Parts | { problem: string } {
  const version = /"version"\s*:\s*(\d+)/.exec(text.slice(0, 200))?.[1]
  if (version !== undefined && Number(version) > VERSION)
    return { problem: 'This file is of a newer version of Yardstick. Update this one first.' }
  try {
    return cut(text) ?? parted(parsed(text))
  } catch (error) {
    if (error instanceof Misread) return { problem: error.message }
    throw error
  }
}

function cut(text: string): Parts | null {
  const [head, ...rest] = text.split(`\n${FIRST}`)
  if (rest.length === 0 || !rest.at(-1)!.endsWith(END)) return null
  const ended = rest.map((part, i) =>
    i === rest.length - 1 ? part.slice(0, -END.length) : part.replace(/,$/, ''),
  )
  const portfolios = ended.map((part): Part => {
    const line = part.slice(0, part.indexOf('\n'))
    return { settings: parsed(line.replace(/,$/, '')), text: FIRST + part }
  })
  const empty = parsed(`${head}]}`)
  if (empty === undefined || portfolios.some(({ settings }) => settings === undefined)) return null
  return { ...parted(empty), portfolios }
}

function parted(file: unknown): Parts {
  if (file === undefined) throw new Misread('This file is damaged: it is not JSON to its end.')
  const {
    yardstick,
    version,
    securities = [],
    files = [],
    groups = [],
    channels = [],
    alerts = [],
    portfolios,
  } = object(file, 'The file', 'yardstick version securities files channels groups alerts portfolios')
  if (yardstick !== 'everything' || version !== VERSION || !Array.isArray(portfolios))
    throw new Misread('This file is not one that “Everything” exports.')
  return {
    securities: rows({ securities }, 'securities', readSecurity),
    files: rows({ files }, 'files', readSaid),
    groups: rows({ groups }, 'groups', readGroup),
    alerts: rows({ alerts }, 'alerts', readAlert),
    channels: rows({ channels }, 'channels', readChannel),
    portfolios: portfolios.map((part: unknown) => ({
      settings: isObject(part) ? part.portfolio : undefined,
      text: JSON.stringify(part),
    })),
  }
}

function readSecurity(row: unknown, where: string): ChosenTicker {
  const { name, symbol, at } = object(row, where, tickerFields.join(' '))
  need(isText(name) && name !== '' && name.length <= 200, where, 'name')
  need(isText(symbol) && SYMBOL.test(symbol), where, 'symbol')
  return { name, symbol, at: instant(at, where, 'at') } as ChosenTicker
}

function readGroup(row: unknown, where: string): GroupSettings {
  const fields = object(row, where, groupFields.join(' '))
  const { kind, benchmarks, portfolios } = fields
  need(kind === 'group' || kind === 'all', where, 'kind')
  for (const field of ['name', 'description', 'base_currency'] as const)
    need(isText(fields[field]), where, field)
  need(Array.isArray(benchmarks) && benchmarks.every(isText), where, 'benchmarks')
  need(
    Array.isArray(portfolios) && portfolios.every((each) => isWhole(each) && each > 0),
    where,
    'portfolios',
  )
  need(fields.targets === undefined || isText(fields.targets), where, 'targets')
  instant(fields.created_at, where, 'created_at')
  return fields as GroupSettings
}

function readAlert(row: unknown, where: string): KeptAlert {
  const { at, ...fields } = object(row, where, alertFields.join(' '))
  const { portfolio, group, kind, subject, level, set_on, channels } = fields
  // it is about one of the two
  const [about, name] = group === undefined ? [portfolio, 'portfolio'] : [group, 'group']
  need(isWhole(about) && about > 0 && (portfolio ?? group) === about, where, name as string)
  need(isText(kind), where, 'kind')
  need(subject === undefined || (isText(subject) && subject.length <= 200), where, 'subject')
  need(level === undefined || (isText(level) && (decimal(level) ?? 0n) > 0n), where, 'level')
  need(set_on === undefined || (isText(set_on) && isDay(set_on)), where, 'set_on')
  const areNumbers = Array.isArray(channels) && channels.every((each) => isWhole(each) && each > 0)
  need(channels === undefined || areNumbers, where, 'channels')
  return { ...fields, at: instant(at, where, 'at') } as KeptAlert
}

/** A channel, which is not made of this: it says by which of those that there are an alert is told. */
function readChannel(row: unknown, where: string): ToldBy {
  const { kind, label, target, at } = object(row, where, toldByFields.join(' '))
  for (const [name, value] of Object.entries({ kind, label, target })) need(isText(value), where, name)
  return { kind, label, target, at: instant(at, where, 'at') } as ToldBy
}

function readSaid(row: unknown, where: string): SaidOfFiles {
  const { header, answers, at } = object(row, where, saidFields.join(' '))
  need(isText(header) && header !== '' && header.length <= 1000, where, 'header')
  need(isObject(answers) && JSON.stringify(answers).length <= LONGEST_ENTRY, where, 'answers')
  return { header, answers, at: instant(at, where, 'at') } as SaidOfFiles
}

/**
 * Reads the part of one portfolio. What is not understood is refused with a sentence, and then nothing of it is taken: a row
 * that would be read otherwise than it was written is worse than none. `today` is the latest day that may be entered.
 */
export function readPortfolioFile(text: string, today: Day): WholePortfolio | { problem: string } {
  try {
    const part = object(parsed(text), 'The portfolio', 'portfolio rulings imports transactions activity')
    const imports = rows(part, 'imports', readImport)
    const transactions = rows(part, 'transactions', (row, where) => readTransaction(row, where, today))
    const keys = new Set<string>()
    transactions.forEach(({ order, rowKey, importNumber }, i) => {
      const where = `transactions, row ${i + 1}`
      need(order > (transactions[i - 1]?.order ?? -1), where, 'order')
      need(!keys.has(rowKey), where, 'row_key')
      need(importNumber === null || importNumber <= imports.length, where, 'import')
      keys.add(rowKey)
    })
    return {
      rulings: rows(part, 'rulings', (row, where) => readRuling(row, where, today)),
      imports,
      transactions,
      activity: rows(part, 'activity', readActivity),
    }
  } catch (error) {
    if (error instanceof Misread) return { problem: error.message }
    throw error
  }
}

function readRuling(row: unknown, where: string, today: Day): Ruling {
  const { symbol, day, kind, numerator, denominator } = object(row, where, rulingFields.join(' '))
  need(isText(symbol) && SYMBOL.test(symbol), where, 'symbol')
  need(isText(day) && isDay(day) && day <= today, where, 'day')
  need(kind === 'no_split' || kind === 'same', where, 'kind')
  const isSplit = isWhole(numerator) && isWhole(denominator) && numerator > 0 && denominator > 0
  need(kind === 'no_split' ? isSplit : numerator === null && denominator === null, where, 'numerator')
  return { symbol, day, kind, numerator, denominator } as Ruling
}

function readImport(row: unknown, where: string): PastImport {
  const {
    format,
    accepted,
    duplicates,
    rejected,
    at,
    undone_at: undone,
  } = object(row, where, 'format accepted duplicates rejected at undone_at')
  need(isText(format) && format.length <= 100, where, 'format')
  need(isWhole(accepted), where, 'accepted')
  need(isWhole(duplicates), where, 'duplicates')
  need(Array.isArray(rejected) && JSON.stringify(rejected).length <= LONGEST_ENTRY, where, 'rejected')
  return {
    format: format as string,
    accepted: accepted as number,
    duplicates: duplicates as number,
    rejected: (rejected as unknown[]).map((each) => {
      const { line, reason } = object(each, where, 'line reason')
      need(isWhole(line) && isText(reason), where, 'rejected')
      return { line, reason } as { line: number; reason: string }
    }),
    createdAt: instant(at, where, 'at'),
    undoneAt: undone === undefined ? null : instant(undone, where, 'undone_at'),
  }
}

const headings = Object.fromEntries(
  columnNames.filter((name) => name !== 'Note').map((name) => [fieldOf(name), name]),
)
const aboutRow = 'order note version import row_key lots_of created_at updated_at'
const ofTransaction = `${aboutRow} ${Object.keys(headings).join(' ')}`

function readTransaction(row: unknown, where: string, today: Day): KeptTransaction {
  const fields = object(row, where, ofTransaction)
  const { order, note = '', version = 1, import: importNumber = null, row_key: rowKey } = fields
  need(isWhole(order), where, 'order')
  need(isText(note), where, 'note')
  need(isWhole(version) && version > 0, where, 'version')
  need(importNumber === null || (isWhole(importNumber) && importNumber > 0), where, 'import')
  need(isText(rowKey) && rowKey !== '' && rowKey.length <= 4000, where, 'row_key')
  const createdAt = instant(fields.created_at, where, 'created_at')
  const cells = new Map([['Note', textCell(note as string)]])
  for (const [field, heading] of Object.entries(headings)) {
    const cell = fields[field]
    need(cell === undefined || isText(cell), where, field)
    if (cell !== undefined) cells.set(heading, cell as string)
  }
  const entry = transactionsCsv.read((heading) => cells.get(heading) ?? '')
  if (!('type' in entry)) throw new Misread(`${where}: “type” cannot be read.`)
  const read = readEntry(entry, today)
  if ('faults' in read) throw new Misread(`${where}: ${read.faults[0]!.field}: ${read.faults[0]!.reason}.`)
  return {
    order: order as number,
    transaction: withPurchases(read.transaction, fields.lots_of, where),
    version: version as number,
    importNumber: importNumber as number | null,
    rowKey: rowKey as string,
    createdAt,
    updatedAt: fields.updated_at === undefined ? createdAt : instant(fields.updated_at, where, 'updated_at'),
  }
}

/** With the purchases whose lots it names: a number in the file for each, 0 for one that is named by its day. */
function withPurchases(row: TransactionDraft, numbers: unknown, where: string): TransactionDraft {
  // which of a day's purchases is meant stands in `lots_of`
  need(!row.terms?.lots?.some(({ transaction }) => transaction !== undefined), where, 'lots')
  if (numbers === undefined) return row
  const lots = row.terms?.lots ?? []
  const isOne = Array.isArray(numbers) && numbers.length === lots.length && numbers.every(isWhole)
  need(isOne, where, 'lots_of')
  const named = lots.map((lot, i) => {
    const number = (numbers as number[])[i]!
    return number === 0 ? lot : { ...lot, transaction: `${number}` }
  })
  return { ...row, terms: { ...row.terms, lots: named } }
}

const actions = ['create', 'update', 'delete', 'restore', 'import']
/** What is written as one text must stay below the 2 MB that D1 takes. */
const LONGEST_ENTRY = 400_000

function readActivity(row: unknown, where: string): Activity {
  const fields = object(row, where, 'at by action subject before after')
  const { by = null, action, subject, before = null, after = null } = fields
  need(by === null || (isText(by) && by.length <= 100), where, 'by')
  need(isText(action) && actions.includes(action), where, 'action')
  need(isText(subject) && subject.length <= 200, where, 'subject')
  need(areSound(subject as string, [before, after]), where, 'before')
  return {
    at: instant(fields.at, where, 'at'),
    by: by as string | null,
    action: action as string,
    subject: subject as string,
    before,
    after,
  }
}

/** A deletion is undone from the log, so that what it says of a transaction must be one. */
function areSound(subject: string, states: readonly unknown[]): boolean {
  return states.every((state) => {
    if (state === null) return true
    if (JSON.stringify(state).length > LONGEST_ENTRY) return false
    if (typeof state === 'string') return isText(state)
    if (!subject.startsWith('transaction:')) return true
    const { date, type, symbol = null } = isObject(state) ? state : {}
    const isKnown = transactionTypes.some((each) => each === type)
    return (
      isKnown && isText(date) && isDay(date) && (symbol === null || (isText(symbol) && SYMBOL.test(symbol)))
    )
  })
}
