import { fromNumber, text as plain } from '../../portfolio/decimal.ts'
import type { Row } from '../csv.ts'
import type { Document } from '../documents.ts'
import type { Mapping } from '../mapping.ts'
import { lineCounter } from './xml.ts'

/**
 * {"meta":{…},"accounts":[…],"activities":[
 *   {"fee":1,"quantity":6,"type":"BUY","unitPrice":184.25,"currency":"USD","dataSource":"…","date":"2024-01-03T00:00:00.000Z","symbol":"AAPL","comment":null}]}
 *
 * The symbols of its main source are those of ours; those of COINGECKO and MANUAL are names to be resolved.
 */
const mapping: Mapping = {
  name: 'Ghostfolio',
  header: [],
  field: {
    date: 'date',
    type: 'type',
    symbol: 'symbol',
    isin: 'isin',
    name: 'name',
    shares: 'quantity',
    price: 'unit price',
    fee: 'fee',
    currency: 'currency',
    note: 'comment',
  },
  words: [[/^(?:item|liability|valuable)$/, 'nothing']],
  amount: 'gross',
  decimals: '.',
}

const COLUMNS = [
  'date',
  'type',
  'symbol',
  'isin',
  'name',
  'quantity',
  'unit price',
  'fee',
  'currency',
  'comment',
]

export function ghostfolioExport(text: string): Document | { problem: string } {
  const activities = activitiesIn(text)
  if (activities === null)
    return { problem: 'This JSON file has no list of activities, as an export of Ghostfolio has.' }
  const rows = activities.map(({ line, activity }): Row => ({ line, cells: cellsOf(activity) }))
  return { mapping, header: { line: 0, cells: COLUMNS }, rows }
}

function cellsOf(activity: unknown): string[] {
  const of = cellOf(activity)
  const type = of('type')
  // the symbol of a fee or of interest is a name or an id of its own
  const isAside = /^(?:FEE|INTEREST|ITEM|LIABILITY|VALUABLE)$/.test(type)
  const isListed = !isAside && of('dataSource') !== 'MANUAL' && of('dataSource') !== 'COINGECKO'
  const symbol = of('symbol')
  const note = of('comment') || (isAside ? symbol : '')
  return [
    of('date'),
    type,
    isListed ? symbol : '',
    '',
    isListed || isAside ? '' : symbol,
    of('quantity'),
    of('unitPrice'),
    of('fee'),
    of('currency'),
    note,
  ]
}

/** The cells of an object by the names of its fields: exact decimals and texts, '' for what is neither. */
export function cellOf(of: unknown): (name: string) => string {
  return (name) => {
    const value = of && typeof of === 'object' ? (of as Record<string, unknown>)[name] : null
    if (typeof value === 'number' && Number.isFinite(value)) return plain(fromNumber(value))
    return typeof value === 'string' ? value.trim() : ''
  }
}

/** The list of activities of a file in JSON, each with the line on which it begins; null for a file that has none. */
export function activitiesIn(text: string): { line: number; activity: unknown }[] | null {
  const file = parsed(text)
  const list = file && typeof file === 'object' && 'activities' in file ? file.activities : null
  if (!Array.isArray(list)) return null
  const lines = linesOf(text)
  return list.map((activity: unknown, i) => ({ line: lines[i] ?? i + 1, activity }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The line on which each activity begins: the objects of the list, found by their brackets. */
function linesOf(text: string): number[] {
  const line = lineCounter(text)
  const lines: number[] = []
  let depth = 0
  const start = text.indexOf('[', text.indexOf('"activities"'))
  for (let i = start + 1; i < text.length; i++) {
    const letter = text[i]
    if (letter === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++
    } else if (letter === '{' || letter === '[') {
      if (depth === 0) lines.push(line(i))
      depth++
    } else if (letter === '}' || letter === ']') {
      if (depth === 0) break
      depth--
    }
  }
  return lines
}
