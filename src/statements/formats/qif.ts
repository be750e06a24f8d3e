import type { Document } from '../documents.ts'
import type { Row } from '../csv.ts'
import type { Mapping } from '../mapping.ts'

/**
 * Quicken's interchange format: one field a line, a record ends with ^. Investment accounts have records of their own; a list
 * of securities gives the tickers of their names.
 *
 *     !Type:Security          !Type:Invst
 *     NApple Inc              D1/15'24        the day; behind the apostrophe a year after 1999
 *     SAAPL                   NBuy            the action
 *     ^                       YApple Inc
 *                             I185.00         price
 *                             Q10             shares
 *                             T1,859.95       amount, with the commission in it
 *                             O9.95           commission
 *                             ^
 */
const mapping: Mapping = {
  name: 'QIF',
  header: [],
  field: {
    date: 'd',
    type: 'n',
    symbol: 'symbol',
    name: 'y',
    price: 'i',
    shares: 'q',
    amount: 't',
    fee: 'o',
    note: 'm',
  },
  words: [
    [/^cash$/, 'cash'],
    [/^reminder$/, 'nothing'],
  ],
  amount: 'net',
}

const FIELDS = 'dnyiqtom'.split('')

export function qifStatement(text: string): Document | { problem: string } {
  const tickers = new Map<string, string>()
  const rows: Row[] = []
  let isInvestment = false
  let isSecurity = false
  let record = new Map<string, string>()
  let start = 0
  for (const [i, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.startsWith('!')) {
      isInvestment = /^!type:invst/i.test(line)
      isSecurity = /^!type:secu/i.test(line)
    } else if (line.startsWith('^')) {
      if (isSecurity) tickers.set(record.get('n') ?? '', record.get('s') ?? '')
      else if (isInvestment && record.size > 0) rows.push({ line: start, cells: cellsOf(record) })
      record = new Map()
    } else if (line !== '') {
      if (record.size === 0) start = i + 1
      record.set(line[0]!.toLowerCase(), line.slice(1, 400).trim())
    }
  }
  if (rows.length === 0) return { problem: 'This QIF file has no investment account in it, only banking.' }
  const y = FIELDS.indexOf('y')
  return {
    mapping,
    header: { line: 0, cells: [...FIELDS, 'symbol'] },
    rows: rows.map(({ line, cells }) => ({ line, cells: [...cells, tickers.get(cells[y]!) ?? ''] })),
  }
}

function cellsOf(record: ReadonlyMap<string, string>): string[] {
  return FIELDS.map((field) => {
    const cell = record.get(field) ?? (field === 't' ? record.get('u') : undefined) ?? ''
    return field === 'd'
      ? cell
          .replace(/\s/g, '')
          .replace(/'(\d{2})$/, '/20$1')
          .replace(/'/, '/')
      : cell
  })
}
