import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { decimal, text as plain } from '../../src/portfolio/decimal.ts'
import { readStatement, type Statement } from '../../src/statements/read-statement.ts'

const today = '2026-01-02'

function read(text: string): Statement {
  const statement = readStatement(text, today)
  if ('problem' in statement) throw new Error(statement.problem)
  return statement
}

const problem = (text: string) => readStatement(text, today)

/** `buy TSLA 2012-01-03 14.245014 @ 28.08`, `dividend QQQ 2012-03-16 0.6` */
const notation = ({ rows }: Statement) =>
  rows.map(({ transaction: t }) => {
    const what =
      t.shares !== null
        ? `${plain(t.shares)} @ ${plain(t.price!)}`
        : t.ratio
          ? `${t.ratio.numerator}:${t.ratio.denominator}`
          : plain(t.amount)
    return [t.type, t.symbol, t.date, what].filter(Boolean).join(' ')
  })

describe('a file of transactions', () => {
  const statement = read(
    [
      '\uFEFFTicker,Date,Type,Shares,Price',
      'TSLA,2012-01-03,Buy,14.245014,$28.08 ',
      'QQQ,1/13/12,BUY,5.272408,$56.90 ',
      '',
      'QQQ,02/01/2012,Sell,-2.5,"$1,060.25"',
      'VOO,2012-02-30,Buy,1,100',
      '=CMD(),2012-02-01,Buy,1,100',
      'VOO,2012-02-01,Short,1,100',
      'VOO,2012-02-01,Buy,"1.234,56",1e3',
      'VOO,2027-02-01,Buy,0,100',
      'VOO,2012-02-01,Buy,1,$1,100.00',
      'VOO,2012-02-01,Buy,-1,100',
      'VOO,2012-02-01,Sell',
      '"VOO,2012-02-01,Buy,1,100',
      'VOO,2012-02-01,SELL,(1),100',
    ].join('\r\n'),
  )

  it('has 4 that are read and 9 that are not', () => {
    expect(statement).toMatchObject({ format: 'Transactions', warnings: [] })
    expect(statement.rows).toHaveLength(4)
    expect(statement.rejected).toHaveLength(9)
  })

  it('gives what was bought and what was sold', () => {
    expect(statement.rows[0]).toEqual({
      line: 2,
      transaction: {
        type: 'buy',
        symbol: 'TSLA',
        date: '2012-01-03',
        shares: decimal('14.245014'),
        price: decimal('28.08'),
        fee: 0n,
        // 14.245014 × 28.08
        amount: decimal('399.99999312'),
        currency: null,
        ratio: null,
        note: '',
      },
    })
    expect(statement.rows[2]).toEqual({
      line: 5,
      transaction: {
        type: 'sell',
        symbol: 'QQQ',
        date: '2012-02-01',
        shares: decimal('2.5'),
        price: decimal('1060.25'),
        fee: 0n,
        // 2.5 × 1060.25
        amount: decimal('2650.625'),
        currency: null,
        ratio: null,
        note: '',
      },
    })
    expect(notation(statement).at(-1)).toBe('sell VOO 2012-02-01 1 @ 100')
  })

  it('names the line, the field and the value of what it rejects', () => {
    expect(statement.rejected).toEqual([
      { line: 6, reason: 'Date “2012-02-30” is not a date such as 2024-01-31 or 1/31/2024.' },
      { line: 7, reason: 'Ticker: “=CMD()” is not a ticker.' },
      { line: 8, reason: expect.stringMatching(/^Type: “short” is not a transaction type \(buy, sell, /) },
      {
        line: 9,
        reason:
          'Shares “1.234,56” is not a number such as 1234.56. Price “1e3” is not a number such as 1234.56.',
      },
      { line: 10, reason: expect.stringMatching(/^Date “2027-02-01”: .*future.* Shares “0”: /) },
      {
        line: 11,
        reason: 'This row has 6 cells, but the header has 5: put quotes around a cell that contains a comma.',
      },
      { line: 12, reason: expect.stringMatching(/^Shares “-1”: /) },
      { line: 13, reason: 'Shares: a sell needs shares. Price: a sell needs a price.' },
      {
        line: 14,
        reason: 'This row has a quotation mark that is never closed, or one in the middle of a cell.',
      },
    ])
  })
})

describe('columns', () => {
  it('may stand in any order and case, with others among them', () => {
    const statement = read(
      'SHARES, price ($) ,Amount,type,Broker,ticker,DATE\n10,5.5,-55.04,buy,Acme,voo,2020-01-02',
    )
    expect(notation(statement)).toEqual(['buy VOO 2020-01-02 10 @ 5.5'])
    // 10 × 5.5, whatever Amount says
    expect(statement.rows[0]!.transaction.amount).toBe(decimal('55'))
  })

  it('may stand below what a broker writes above them', () => {
    const statement = read(
      'Account X123\n\n"From 2020, to 2021"\nTicker,Type,Date,Price,Shares\nVOO,Buy,2020-01-02,5,1\n',
    )
    expect(statement.rows.map((row) => row.line)).toEqual([5])
  })

  it('take fee, currency and note when they are there', () => {
    const statement = read(
      'Ticker,Type,Date,Price,Shares,Fee,Currency,Note\nSAP.DE,Buy,2020-01-02,5,1,$1.50,eur,"=1+1, ""so""\nthere"',
    )
    expect(statement.rows[0]!.transaction).toMatchObject({
      fee: decimal('1.5'),
      currency: 'EUR',
      note: '=1+1, "so"\nthere',
    })
  })

  it('may lack cells at the end of a row', () => {
    expect(
      read('Ticker,Type,Date,Price,Shares,Fee,Note\nVOO,Buy,2020-01-02,5,1\nVOO,Buy,2020-01-02,5,1,,,,\n')
        .rows,
    ).toHaveLength(2)
  })
})

describe('our own export', () => {
  it('is read again with every type', () => {
    const statement = read(`
      Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note
      ,deposit,2020-01-02,,,,1000.00,,USD,
      TSLA,buy,2020-01-03,430.5,2,1,861,,USD,first
      TSLA,split,2020-08-31,,,,,5:1,,
      TSLA,sell,2020-09-01,475.05,5,,2375.25,,USD,
      QQQ,dividend,2020-09-21,,,,0.35,,USD,
      ,fee,2020-12-31,,,,12,,USD,custody
      ,withdrawal,2021-01-04,,,,500,,USD,
    `)
    expect(statement.rejected).toEqual([])
    expect(notation(statement)).toEqual([
      'deposit 2020-01-02 1000',
      'buy TSLA 2020-01-03 2 @ 430.5',
      'split TSLA 2020-08-31 5:1',
      'sell TSLA 2020-09-01 5 @ 475.05',
      'dividend QQQ 2020-09-21 0.35',
      'fee 2020-12-31 12',
      'withdrawal 2021-01-04 500',
    ])
  })
})

describe('the day whose share units a trade is in', () => {
  const header = 'Ticker,Type,Date,Price,Shares,Units Day\n'

  it.each([
    ['2024-06-10', '2024-06-10'],
    ['6/28/2024', '2024-06-28'],
    ['2020-01-02', '2020-01-02'],
    ['', undefined],
  ])('is taken from the file: %j', (spelled, day) => {
    const { rows } = read(`${header}NVDA,Buy,2020-01-02,5.998,120,${spelled}`)
    expect(rows[0]!.transaction.unitsDay).toBe(day)
  })

  it.each([
    ['before the trade', '2020-01-01', 'is not a date between the trade date and today'],
    ['in the future', '2026-01-03', 'is not a date between the trade date and today'],
    ['no day', '120', 'is not a date such as 2024-01-31 or 1/31/2024'],
  ])('cannot be %s', (_, spelled, reason) => {
    const { rejected } = read(`${header}NVDA,Buy,2020-01-02,5.998,120,${spelled}`)
    expect(rejected).toEqual([{ line: 2, reason: `Units Day “${spelled}” ${reason}.` }])
  })

  it('says nothing of what is no trade', () => {
    const { rows } = read(`${header.trimEnd()},Amount\nKO,dividend,2020-01-02,,,2024-06-10,5`)
    expect(rows[0]!.transaction).not.toHaveProperty('unitsDay')
  })
})

describe('a file of dividends', () => {
  const statement = read(
    'Ticker,Date,Amount\nQQQ,2012-03-16,$0.60 \nqqq,6/15/12,"$1,001.38"\nQQQ,2012-03-16,$0.60\nQQQ,2012-03-16,\nQQQ,2012-03-16,$0.00\n,2012-03-16,1\n',
  )

  it('has 3 that are read and 3 that are not', () => {
    expect(statement).toMatchObject({ format: 'Dividends', warnings: [] })
    expect(notation(statement)).toEqual([
      'dividend QQQ 2012-03-16 0.6',
      'dividend QQQ 2012-06-15 1001.38',
      'dividend QQQ 2012-03-16 0.6',
    ])
    expect(statement.rows[0]!.transaction).toEqual({
      type: 'dividend',
      symbol: 'QQQ',
      date: '2012-03-16',
      shares: null,
      price: null,
      fee: 0n,
      amount: decimal('0.60'),
      currency: null,
      ratio: null,
      note: '',
    })
    expect(statement.rejected).toEqual([
      { line: 5, reason: 'Amount: a dividend needs an amount.' },
      { line: 6, reason: expect.stringMatching(/^Amount “\$0.00”: /) },
      { line: 7, reason: expect.stringMatching(/^Ticker: /) },
    ])
  })
})

describe('a file that cannot be read', () => {
  it('has another header: it is named, and so are those that are known', () => {
    expect(problem('what,is,this\n1,2,3\n')).toEqual({
      problem:
        'We couldn’t find a header we know in the first 40 rows. The file starts with “what,is,this”; the header needs ' +
        'Ticker,Type,Date,Price,Shares (Transactions) or Ticker,Date,Amount (Dividends) or ' +
        'Run Date,Action,Symbol,Quantity,Price,Amount (Fidelity) or ' +
        'Activity Date,Instrument,Trans Code,Quantity,Price,Amount (Robinhood), in any order.',
    })
  })

  it('has known headings, and nothing below them that holds days, or that moves', () => {
    expect(problem('Depot 1;;\nDatum;Vorgang;Ticker;Quantity\ngestern;Kauf;AAPL;10\n')).toEqual({
      problem:
        'The headings on line 2 are “Datum, Vorgang, Ticker, Quantity”, but no column holds days. ' +
        'Call the one with the day of each row “Date”, and write days as 2024-01-31.',
    })
    expect(problem('Date,Type,Ticker,Price\n2024-01-05,Buy,AAPL,150.50\n')).toEqual({
      problem:
        'The headings on line 1 are “Date, Type, Ticker, Price”, but no column is known to hold shares or an amount of money. ' +
        'Call one of them “Shares” or “Amount”.',
    })
  })

  it('has its header too far down', () => {
    expect(problem('preamble\n'.repeat(40) + 'Ticker,Date,Amount\n')).toHaveProperty('problem')
  })

  it('is empty, or not text', () => {
    expect(problem('')).toEqual({ problem: 'The file is empty.' })
    expect(problem('Ticker,Date,Amount\0')).toMatchObject({
      problem: expect.stringMatching(/^This is not a text file/),
    })
  })

  it('does not put a long first line into the answer', () => {
    const answer = problem('x'.repeat(60_000))
    expect('problem' in answer && answer.problem.length).toBeLessThan(500)
  })
})

describe('a file of much', () => {
  it('with nothing under its header says so', () => {
    expect(read('Ticker,Date,Amount\n')).toEqual({
      format: 'Dividends',
      rows: [],
      rejected: [],
      rejectedCount: 0,
      skipped: [],
      warnings: ['The file has a header but no rows below it.'],
      questions: [],
      accounts: [],
      evidence: [],
      unused: [],
      columns: ['Ticker', 'Date', 'Amount'].map((heading) => ({ heading, field: null, sample: '' })),
    })
  })

  it('lists 1,000 rejected rows and counts the others', () => {
    const { rejected, warnings } = read('Ticker,Date,Amount\n' + 'QQQ,never,1\n'.repeat(1500))
    expect(rejected).toHaveLength(1000)
    expect(rejected.at(-1)!.line).toBe(1001)
    expect(warnings).toEqual(['1500 rows were rejected; the first 1000 are listed.'])
  })

  const trades = (count: number) =>
    'Ticker,Type,Date,Price,Shares\n' + 'TSLA,Buy,1/31/12,"$1,028.08 ",14.245014\n'.repeat(count)

  it('reads 100,000 rows', () => {
    expect(read(trades(100_000)).rows).toHaveLength(100_000)
  }, 60_000)

  it('takes the same steps a row however many there are', () => {
    const stepsFor = (count: number) => {
      const names = ['replace', 'slice', 'trim', 'split'] as const
      const spies = names.map((name) => vi.spyOn(String.prototype, name))
      read(trades(count))
      const steps = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
      for (const spy of spies) spy.mockRestore()
      return steps
    }
    expect(stepsFor(4_000) / stepsFor(1_000)).toBeLessThan(4.01)
  })

  it('answers a huge cell with a short reason', () => {
    const { rejected } = read(
      `Ticker,Date,Amount\n${'A'.repeat(50_000)},2012-03-16,1\n${'A'.repeat(90_000)},2012-03-16,1\n`,
    )
    expect(rejected.map((row) => row.line)).toEqual([2, 3])
    expect(rejected[0]!.reason.length).toBeLessThan(200)
  })
})

const sample = new URL('../../../shared/sample/', import.meta.url)

const file = (name: string) => read(readFileSync(new URL(name, sample), 'utf8'))

describe.skipIf(!existsSync(sample))('the owner’s own files (needs ../shared)', () => {
  it('have 146 transactions', () => {
    const statement = file('transactions.csv')
    expect(statement).toMatchObject({ format: 'Transactions', rejected: [], warnings: [] })
    expect(statement.rows).toHaveLength(146)
    expect(statement.rows[0]!.line).toBe(2)
    expect(notation(statement)[0]).toBe('buy TSLA 2012-01-03 14.245014 @ 28.08')
  })

  it('have 35 dividends', () => {
    const statement = file('dividends.csv')
    expect(statement).toMatchObject({ format: 'Dividends', rejected: [], warnings: [] })
    expect(statement.rows).toHaveLength(35)
    expect(notation(statement)[0]).toBe('dividend QQQ 2012-03-16 0.6')
  })
})
