import { describe, expect, it } from 'vitest'
import { knownRows, rowKeys } from '../../src/statements/row-key.ts'
import { transactions } from '../notation.ts'
import { keysOf } from './fixture.ts'

describe('the keys of a file’s rows', () => {
  it('say what the row says, in plain spelling', () => {
    expect(
      keysOf(`
        Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency
        tsla,BUY,1/13/12,$28.080,14.245014,,,,USD
        TSLA,sell,2012-01-04,30,-4,1.50,,,
        QQQ,dividend,2012-03-16,,,,$0.60,,USD
        ,deposit,2012-03-17,,,,"1,000.00",,USD
        TSLA,split,2020-08-31,,,,,5:1,
      `),
    ).toEqual([
      'buy|TSLA|2012-01-13|14.245014|28.08|0|USD#1',
      'sell|TSLA|2012-01-04|4|30|1.5|#1',
      'dividend|QQQ|2012-03-16|0.6|0|USD#1',
      'deposit||2012-03-17|1000|0|USD#1',
      'split|TSLA|2020-08-31|5:1|0|#1',
    ])
  })

  it('count equal rows, so that two small dividends of one day are two', () => {
    const file =
      'Ticker,Date,Amount\nQQQ,2012-03-16,0.01\nVOO,2012-03-16,0.01\nQQQ,3/16/12,$0.01\nQQQ,2012-03-16,0.010'
    expect(keysOf(file).map((key) => key.replace(/\|.*#/, '#'))).toEqual([
      'dividend#1',
      'dividend#1',
      'dividend#2',
      'dividend#3',
    ])
    expect(new Set(keysOf(file)).size).toBe(4)
  })

  it('are the same when the file is read again, or its notes are edited', () => {
    const rows = 'Ticker,Type,Date,Price,Shares,Note\nTSLA,Buy,2012-01-03,28.08,1,first\n'
    expect(keysOf(rows)).toEqual(keysOf(rows.replace('first', 'edited')))
  })
})

it('new rows take the ordinals that are free', () => {
  const [deposit] = transactions('2024-01-02 deposit 5')
  const taken = new Set(['deposit||2024-01-02|5|0|#1', 'deposit||2024-01-02|5|0|#3'])
  expect(rowKeys([deposit!, deposit!], taken)).toEqual([
    'deposit||2024-01-02|5|0|#2',
    'deposit||2024-01-02|5|0|#4',
  ])
})

it('a row keeps the id that its broker gave it, and only the same id is the same row', () => {
  const [fill] = transactions('2024-01-02 deposit 5')
  const stored = { ...fill!, id: '1' }
  const keys = new Map([['1', rowKeys([fill!], new Set(), ['T-1'])[0]!]])
  expect([...keys.values()]).toEqual(['deposit||2024-01-02|5|0|#1~T-1'])
  // an overlapping file has the fill that is there and another that is equal to it
  expect(knownRows([fill!, fill!], [stored], keys, ['T-1', 'T-2'])).toEqual([true, false])
  expect(knownRows([fill!, fill!], [stored], keys, ['T-2', 'T-1'])).toEqual([false, true])
  // a later file has the other one alone
  expect(knownRows([fill!], [stored], keys, ['T-2'])).toEqual([false])
  // a file without ids means the one that is there
  expect(knownRows([fill!], [stored], keys)).toEqual([true])
  // what was entered by hand is the row of the file, whatever its id
  expect(knownRows([fill!], [stored], new Map([['1', 'deposit||2024-01-02|5|0|#1']]), ['T-9'])).toEqual([
    true,
  ])
  expect(rowKeys([fill!], new Set(keys.values()), ['T-2'])).toEqual(['deposit||2024-01-02|5|0|#2~T-2'])
})

describe('of the rows of a file, those are known', () => {
  const A = '2024-01-02 deposit 1'
  const B = '2024-01-02 deposit 2'
  const C = '2024-01-02 deposit 3'

  /** Each row of the ledger as it was entered and as it is now; which rows of the file are known. */
  function known(ledger: [entered: string, now: string][], file: string[]): boolean[] {
    const keys = rowKeys(transactions(ledger.map(([entered]) => entered).join('\n')))
    const now = transactions(ledger.map(([, row]) => row).join('\n'))
    return knownRows(transactions(file.join('\n')), now, new Map(now.map(({ id }, i) => [id, keys[i]!])))
  }

  it('that were entered and never edited, as often as they were', () => {
    expect(
      known(
        [
          [A, A],
          [A, A],
        ],
        [A, A, A, B],
      ),
    ).toEqual([true, true, false, false])
  })

  it('that were edited, as they were and as they are', () => {
    expect(known([[A, B]], [A])).toEqual([true])
    expect(known([[A, B]], [B])).toEqual([true])
  })

  it('also when one was edited into what another had been', () => {
    const ledger: [string, string][] = [
      [A, B],
      [B, C],
    ]
    expect(known(ledger, [A, B])).toEqual([true, true])
    expect(known(ledger, [B, C])).toEqual([true, true])
  })

  it('and not those that were deleted since', () => {
    expect(known([], [A])).toEqual([false])
  })
})

it('returned capital that was once read as a dividend is not added again', () => {
  const [dividend] = transactions('2025-06-02 dividend TRST 3')
  const [again] = transactions('2025-06-02 return_of_capital TRST 3')
  expect(knownRows([again!], [{ ...dividend!, note: 'return of capital' }], new Map())).toEqual([true])
  expect(knownRows([again!], [dividend!], new Map())).toEqual([false])
})

it('foreign tax that was once read as a fee is not added again', () => {
  const [fee] = transactions('2025-06-02 fee OVSS 3')
  const [again] = transactions('2025-06-02 tax OVSS 3')
  expect(knownRows([again!], [{ ...fee!, note: 'Foreign Tax Withheld' }], new Map())).toEqual([true])
  expect(knownRows([again!], [fee!], new Map())).toEqual([false])
})
