import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../src/statements/csv.ts'
import { holdingsReport } from '../../src/statements/holdings-report.ts'
import { readStatement } from '../../src/statements/read-statement.ts'

const acme = {
  symbol: 'ACME',
  name: 'Acme, Inc.',
  shares: '1.5',
  price: '200.0000000001',
  currency: 'EUR',
  priced: '2024-03-01T15:00:00.000Z',
  market_value: '330.0000000002',
  cost_basis: '300',
  unrealized_gain: '30.0000000002',
  gain_ratio: 0.1,
  total_return: 0.15,
  weight: 0.0725,
  day_change: '-1.1',
  day_change_ratio: -0.0033,
  benchmarks: { VOO: 0.3, QQQ: null },
  vs: { VOO: 0.1 - 0.3, QQQ: null },
  vs_money: { VOO: '-60.0000000001', QQQ: null },
  realized_gain: '-12.345',
  dividends: '0.01',
  notes: [],
}

/** One row by column. */
function report(holding: Partial<typeof acme>, isOpen = true): Record<string, string> {
  const all = [{ ...acme, ...holding }]
  const csv = isOpen
    ? holdingsReport(all, [], ['VOO', 'QQQ'], 'USD')
    : holdingsReport([], all, ['VOO', 'QQQ'], 'USD')
  const read = rowsOf(csv)
  if ('problem' in read) throw new Error(read.problem)
  const [header, row] = read.rows
  return Object.fromEntries(header!.cells.map((name, i) => [name, row!.cells[i]!]))
}

describe('the report of the holdings', () => {
  it('has every column of the table, with all decimals', () => {
    expect(report({})).toEqual({
      Symbol: 'ACME',
      Name: 'Acme, Inc.',
      Position: 'open',
      Shares: '1.5',
      Price: '200.0000000001',
      'Price Currency': 'EUR',
      'Price As Of': '2024-03-01T15:00:00.000Z',
      Value: '330.0000000002',
      Cost: '300',
      Gain: '30.0000000002',
      'Gain %': '10',
      'Total Return %': '15',
      'Weight %': '7.25',
      'Day Change': '-1.1',
      'Day Change %': '-0.33',
      'VOO %': '30',
      // in doubles 0.1 - 0.3 is -0.19999999999999998
      'vs VOO pp': '-20',
      'QQQ %': '',
      'vs QQQ pp': '',
      'vs VOO Money': '-60.0000000001',
      'vs QQQ Money': '',
      'Realized Gain': '-12.345',
      Dividends: '0.01',
      Currency: 'USD',
      Note: '',
    })
  })

  it('of what was sold out tells what it left behind', () => {
    const row = report({ shares: '0' }, false)
    expect(Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''))).toEqual({
      Symbol: 'ACME',
      Name: 'Acme, Inc.',
      Position: 'closed',
      Shares: '0',
      'vs VOO Money': '-60.0000000001',
      'Realized Gain': '-12.345',
      Dividends: '0.01',
      Currency: 'USD',
    })
  })

  it('has the open ones first', () => {
    const csv = holdingsReport([acme], [{ ...acme, symbol: 'AAAA' }], [], 'USD')
    expect(csv.split('\r\n').map((line) => line.split(',')[0])).toEqual(['Symbol', 'ACME', 'AAAA', ''])
  })

  it('leaves empty what is not known, and says why', () => {
    const unknown = { price: null, priced: null, market_value: null, gain_ratio: null, weight: null }
    const notes = ['no price for ACME on 2024-03-01', 'a price of 9 EUR is held for review: it is old']
    expect(report({ ...unknown, notes } as never)).toMatchObject({
      Price: '',
      'Price Currency': '',
      Value: '',
      'Gain %': '',
      'Weight %': '',
      Note: 'no price for ACME on 2024-03-01. a price of 9 EUR is held for review: it is old',
    })
  })

  it('starts no formula in a spreadsheet', () => {
    const { Name, Note } = report({ name: '=HYPERLINK("x")', notes: ['@SUM(A1)'] as never })
    expect([Name, Note]).toEqual([`'=HYPERLINK("x")`, `'@SUM(A1)`])
  })

  it('is no statement, and is not taken for one', () => {
    expect(readStatement(holdingsReport([acme], [acme], ['VOO'], 'USD'), '2100-01-01')).toHaveProperty(
      'problem',
    )
  })
})
