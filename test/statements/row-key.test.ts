import { describe, expect, it } from 'vitest'
import { readStatement } from '../../src/statements/read-statement.ts'
import { rowKeys } from '../../src/statements/row-key.ts'

function keysOf(text: string): string[] {
  const read = readStatement(text, '2026-01-02')
  if ('problem' in read) throw new Error(read.problem)
  return rowKeys(read.rows.map((row) => row.transaction))
}

describe('the keys of a file’s rows', () => {
  it('say what the row says, in plain spelling', () => {
    expect(
      keysOf(`
        Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency
        tsla,BUY,1/3/12,$28.080,14.245014,,,,USD
        TSLA,sell,2012-01-04,30,-4,1.50,,,
        QQQ,dividend,2012-03-16,,,,$0.60,,USD
        ,deposit,2012-03-17,,,,"1,000.00",,USD
        TSLA,split,2020-08-31,,,,,5:1,
      `),
    ).toEqual([
      'buy|TSLA|2012-01-03|14.245014|28.08|0|USD#1',
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
