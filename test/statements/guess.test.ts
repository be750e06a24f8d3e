import { describe, expect, it } from 'vitest'
import { inWords } from '../../src/statements/question.ts'
import { readStatement } from '../../src/statements/read-statement.ts'
import { statementOf, told } from './told.ts'

describe('a table that no format names', () => {
  it('is read by its German headings and a comma that proves itself', () => {
    const file = `Depotumsätze 2024

Buchungstag;Vorgang;Wertpapier;ISIN;Stück;Kurs;Provision;Endbetrag;Währung
03.01.2024;Kauf;Apple Inc;US0378331005;10;170,50;9,90;-1.714,90;EUR
15.02.2024;Dividende;Apple Inc;US0378331005;;;;2,10;EUR
01.03.2024;Verkauf;Apple Inc;US0378331005;4;165,00;9,90;650,10;EUR
31.03.2024;Zinsen;;;;;;1,05;EUR
`
    expect(told(file)).toEqual({
      format: 'Spreadsheet',
      rows: [
        '4 buy AAPL 2024-01-03 10 @ 170.5 fee 9.9 EUR',
        '5 dividend AAPL 2024-02-15 2.1 EUR',
        '6 sell AAPL 2024-03-01 4 @ 165 fee 9.9 EUR',
        '7 interest 2024-03-31 1.05 EUR',
      ],
      left_out: [],
      rejected: [],
      positions: { AAPL: '6' },
      cash: { EUR: '-1061.65' },
    })
    expect(statementOf(file).evidence).toEqual([
      'Decimals follow a comma: line 4 says “170,50”.',
      'The amount has the fee in it: on line 4 -1.714,90 is shares × price and the fee.',
    ])
  })

  it('is no file of dividends because three of its columns are called so', () => {
    expect(
      told('Ticker,Date,Amount,Shares,Price\nVOO,2024-01-31,-500,5,100\nVOO,2024-02-29,210,-2,105\n'),
    ).toMatchObject({
      format: 'Spreadsheet',
      rows: ['2 buy VOO 2024-01-31 5 @ 100', '3 sell VOO 2024-02-29 2 @ 105'],
    })
  })

  it.each([
    // sold after it was bought, in either order of lines
    [
      '2024-01-31,VOO,5,100,500\n2024-02-29,VOO,-2,105,-210\n',
      ['2 buy VOO 2024-01-31 5 @ 100', '3 sell VOO 2024-02-29 2 @ 105'],
    ],
    [
      '2024-02-29,VOO,-2,105,-210\n2024-01-31,VOO,5,100,500\n',
      ['2 sell VOO 2024-02-29 2 @ 105', '3 buy VOO 2024-01-31 5 @ 100'],
    ],
  ])('takes a minus of shares and amount for a sale where the file proves it', (lines, rows) => {
    const file = `Date,Symbol,Shares,Price,Amount\n${lines}`
    expect(told(file).rows).toEqual(rows)
    expect(statementOf(file).evidence).toContain(
      'A minus before shares and amount is a sale: so no more is ever sold than was bought before.',
    )
  })

  it.each([
    ['no purchase is there', '2024-02-29,VOO,-2,105,-210\n'],
    ['more would be sold than was bought', '2024-01-31,VOO,-5,100,-500\n2024-02-29,VOO,2,105,210\n'],
  ])('asks what a minus of both means where %s', (_, lines) => {
    const file = `Date,Symbol,Shares,Price,Amount\n${lines}`
    const { rows, questions } = statementOf(file)
    expect(rows).toEqual([])
    expect(questions[0]).toEqual({ about: 'type', word: 'minus shares, minus amount', lines: [2], count: 1 })
    const words = { 'minus shares, minus amount': 'buy', 'plus shares, plus amount': 'sell' } as const
    expect(told(file, { answers: { words } }).rows[0]).toMatch(/^2 buy VOO/)
  })

  it('takes the columns for shares, price and amount whose product comes out', () => {
    const file = `Date,Symbol,Type,Price,Amount,Total,Value
2024-01-31,VOO,Buy,100.00,5,500.00,612.00
2024-02-29,VOO,Sell,105.00,2,210.00,248.00
`
    expect(told(file).rows).toEqual(['2 buy VOO 2024-01-31 5 @ 100', '3 sell VOO 2024-02-29 2 @ 105'])
  })

  it('names the columns whose money is not used', () => {
    const file = 'Date,Symbol,Type,Shares,Price,Bonus paid\n2024-01-31,VOO,Buy,5,100.00,3.50\n'
    expect(statementOf(file).warnings).toEqual([
      'The column “Bonus paid” holds money that is not used (line 2: 3.50).',
    ])
  })

  it('leaves out orders that were not carried out, sums and text below', () => {
    const file = `Date,Symbol,Side,Shares,Price,Status
2024-01-31,VOO,Buy,5,100.50,Executed
2024-01-31,VOO,Buy,5,99.00,Cancelled
Total,,,5,,

All figures are without warranty.
`
    expect(told(file)).toMatchObject({
      rows: ['2 buy VOO 2024-01-31 5 @ 100.5'],
      left_out: [3, 4, 6],
      rejected: [],
    })
  })

  it('is no list of what is held', () => {
    expect(readStatement('Symbol,Shares,Price As Of,Price\nVOO,5,2024-01-31,100.00\n', '2026-01-02')).toEqual(
      {
        problem: 'This file lists what is held, without days. Import the list of transactions instead.',
      },
    )
  })
})

describe('what a column proves', () => {
  const trades = (...days: string[]) =>
    `Date,Symbol,Type,Shares,Price\n${days.map((day) => `${day},VOO,Buy,5,100.50\n`).join('')}`
  const daysOf = (file: string) => statementOf(file).rows.map(({ transaction }) => transaction.date)

  it('one day decides for all', () => {
    expect(daysOf(trades('03/04/2024', '25/04/2024'))).toEqual(['2024-04-03', '2024-04-25'])
    expect(daysOf(trades('03/04/2024', '04/25/2024'))).toEqual(['2024-03-04', '2024-04-25'])
  })

  it('a day in the future decides, and so does the order of many rows', () => {
    // read the other way 2026-12-01 would be to come
    expect(daysOf(trades('12/01/2026'))).toEqual(['2026-01-12'])
    const sorted = [
      '01/02/2024',
      '02/02/2024',
      '03/02/2024',
      '01/03/2024',
      '05/03/2024',
      '02/04/2024',
      '01/05/2024',
      '04/06/2024',
    ]
    expect(daysOf(trades(...sorted))[4]).toBe('2024-03-05')
  })

  it('days that contradict each other are refused with their lines', () => {
    expect(readStatement(trades('25/04/2024', '03/04/2024', '04/25/2024'), '2026-01-02')).toEqual({
      problem:
        'The days contradict each other: line 2 says “25/04/2024”, line 4 says “04/25/2024”, and no order of day and month fits both.',
    })
  })

  it('days of which a spreadsheet has swapped those that it could are refused', () => {
    const texts = ['13/02/2024', '25/03/2024', '17/04/2024']
    expect(readStatement(trades(...texts, '2024-05-02', '2024-07-06', '2024-01-08'), '2026-01-02')).toEqual({
      problem:
        'A spreadsheet seems to have swapped day and month: line 2 says “13/02/2024”, and line 5 “2024-05-02”, which may have been meant the other way round. Import the file as you got it, without saving it in a spreadsheet.',
    })
    // an American file in a European spreadsheet, and one that stores numbers of days
    for (const days of [
      ['02/13/2024', '03/25/2024', '04/17/2024', '2024-05-02', '2024-07-06', '2024-01-08'],
      [...texts, '45414', '45479', '45299'],
    ])
      expect(readStatement(trades(...days), '2026-01-02')).toMatchObject({
        problem: expect.stringContaining('A spreadsheet seems to have swapped day and month'),
      })
    // the 14th is no month, so nothing was swapped
    expect(daysOf(trades(...texts, '2024-05-02', '2024-07-06', '2024-01-14'))).toContain('2024-07-06')
    expect(daysOf(trades(...texts, '05/02/2024', '2024-07-06', '2024-01-08', '2024-01-09'))).toContain(
      '2024-02-05',
    )
  })

  it('numbers that contradict each other are refused with theirs', () => {
    const file = 'Date;Symbol;Type;Shares;Price\n2024-01-31;VOO;Buy;1.5;1.234\n2024-01-31;VOO;Buy;1,5;1.234\n'
    expect(readStatement(file, '2026-01-02')).toEqual({
      problem:
        'The numbers contradict each other: line 2 says “1.5”, line 3 says “1,5”, and no decimal mark fits both.',
    })
  })

  it('"2,500" beside "185,92" is two and a half', () => {
    const file = 'Date,Symbol,Type,Shares,Price\n2024-01-31,VOO,Buy,"2,500","185,92"\n'
    expect(told(file).rows).toEqual(['2 buy VOO 2024-01-31 2.5 @ 185.92'])
  })

  it('shares × price decides what a mark is', () => {
    const file = 'Date;Symbol;Type;Shares;Price;Amount\n2024-01-31;VOO;Buy;1,500;2;3\n'
    expect(told(file).rows).toEqual(['2 buy VOO 2024-01-31 1.5 @ 2'])
  })

  it('the balance decides whether a fee is in the amount', () => {
    const file = `Date,Symbol,Type,Shares,Amount,Fee,Balance
2024-01-02,,Deposit,,1000.00,,1000.00
2024-01-03,VOO,Buy,5,-500.00,4.00,496.00
`
    expect(told(file).rows).toEqual(['2 deposit 2024-01-02 1000', '3 buy VOO 2024-01-03 5 @ 100 fee 4'])
    expect(statementOf(file).evidence).toContain('The balance shows that fee and tax are not in the amount.')
  })

  it('closes decide what nothing else does', () => {
    const file = trades('03/04/2024')
    const closes = (symbol: string, day: string) =>
      symbol !== 'VOO' ? null : day === '2024-04-03' ? 99 : 180
    expect(statementOf(file, { closes }).rows[0]!.transaction.date).toBe('2024-04-03')
    expect(statementOf(file, { closes: () => null }).questions).toMatchObject([{ about: 'days' }])
  })
})

describe('what nothing decides is asked', () => {
  it('days, with the rows read both ways', () => {
    const statement = statementOf(
      'Date,Symbol,Type,Shares,Price\n03/04/2024,VOO,Buy,5,100.50\n05/06/2024,VOO,Sell,2,101.50\n',
    )
    expect(statement.rows).toEqual([])
    expect(statement.questions).toEqual([
      {
        about: 'days',
        column: 'Date',
        readings: [
          {
            answer: 'dmy',
            means: 'the day comes first',
            samples: [
              { line: 2, spelled: '03/04/2024', read: '2024-04-03' },
              { line: 3, spelled: '05/06/2024', read: '2024-06-05' },
            ],
          },
          {
            answer: 'mdy',
            means: 'the month comes first',
            samples: [
              { line: 2, spelled: '03/04/2024', read: '2024-03-04' },
              { line: 3, spelled: '05/06/2024', read: '2024-05-06' },
            ],
          },
        ],
      },
    ])
    expect(inWords(statement.questions[0]!)).toBe(
      'Nothing in the column “Date” shows whether the day comes first (line 2: “03/04/2024” is 2024-04-03) or the month comes first (line 2: “03/04/2024” is 2024-03-04). Write the days as 2024-01-31.',
    )
  })

  it.each([
    [
      'decimals',
      'Date;Symbol;Type;Shares;Price\n2024-01-31;VOO;Buy;1,500;2,500\n',
      { decimals: ',' },
      '1.5 @ 2.5',
    ],
    [
      'decimals',
      'Date;Symbol;Type;Shares;Price\n2024-01-31;VOO;Buy;1,500;2,500\n',
      { decimals: '.' },
      '1500 @ 2500',
    ],
    [
      'amount',
      'Date,Symbol,Type,Shares,Amount,Fee\n2024-01-31,VOO,Buy,5,500.00,4.00\n',
      { amount: 'net' },
      '5 @ 99.2 fee 4',
    ],
    [
      'amount',
      'Date,Symbol,Type,Shares,Amount,Fee\n2024-01-31,VOO,Buy,5,500.00,4.00\n',
      { amount: 'gross' },
      '5 @ 100 fee 4',
    ],
    [
      'amount',
      'Date,Symbol,Type,Shares,Price,Amount\n2024-01-31,VOO,Buy,5,100.00,700.00\n',
      { amount: 'price' },
      '5 @ 100',
    ],
    [
      'amount',
      'Date,Symbol,Type,Shares,Price,Amount\n2024-01-31,VOO,Buy,5,100.00,700.00\n',
      { amount: 'amount' },
      '5 @ 140',
    ],
    [
      'column',
      'Date,Symbol,Whatever,Shares,Price\n2024-01-31,VOO,Osta,5,100.50\n2024-01-31,VOO,Osta,5,100.50\n',
      { columns: { whatever: 'type' }, words: { osta: 'buy' } },
      '5 @ 100.5',
    ],
  ] as const)('%s: %j', (about, file, answers, row) => {
    const open = statementOf(file)
    expect([open.rows, open.questions.map((question) => question.about)]).toEqual([[], [about]])
    const [first] = told(file, { answers }).rows
    expect(first).toBe(`2 buy VOO 2024-01-31 ${row}`)
  })

  it('a word that nobody knows, by its rows alone', () => {
    const file =
      'Date,Symbol,Type,Shares,Price\n2024-01-31,VOO,Buy,5,100.50\n2024-02-29,VOO,Frobnicate,5,100.50\n'
    expect(told(file)).toMatchObject({ rows: ['2 buy VOO 2024-01-31 5 @ 100.5'], rejected: [3] })
    expect(statementOf(file).questions).toEqual([{ about: 'type', word: 'Frobnicate', lines: [3], count: 1 }])
    expect(told(file, { answers: { words: { frobnicate: 'sell' } } }).positions).toEqual({ VOO: '0' })
  })
})

describe('a sale that cost more than it brought', () => {
  const netOf = (file: string) => told(file, { answers: { amount: 'net' } })
  const head = 'Date;Type;Ticker;Qty;Fee;Net amount\n'
  const others = '21.02.2024;Buy;KO;10;1;601\n22.02.2024;Sell;KO;4;1;247\n'

  it('has a negative amount where other sales have positive ones', () => {
    // 2 × 2.88 = 5.76, of which 13.76 were kept
    expect(netOf(`${head}${others}23.02.2024;Sell;KO;2;13.76;-8\n`).rows).toContain(
      '4 sell KO 2024-02-23 2 @ 2.88 fee 13.76',
    )
  })

  it.each(['-8', '8-', '(8)'])('also as %s, and where purchases are negative', (amount) => {
    for (const bought of ['601', '-601'])
      expect(
        netOf(`${head}${others.replace('601', bought)}23.02.2024;Sell;KO;2;13.76;${amount}\n`).rows,
      ).toContain('4 sell KO 2024-02-23 2 @ 2.88 fee 13.76')
  })

  it('or where its price says so', () => {
    const file = `${head.replace('Fee;', 'Price;Fee;')}23.02.2024;Sell;KO;2;2.88;13.76;-8\n`
    expect(netOf(file).rows).toEqual(['2 sell KO 2024-02-23 2 @ 2.88 fee 13.76'])
  })

  it('is asked for its price where nothing says whose sign it is', () => {
    const { rows, rejected } = netOf(`${head}21.02.2024;Buy;KO;10;1;601\n23.02.2024;Sell;KO;2;13.76;-8\n`)
    expect(rows).toEqual(['2 buy KO 2024-02-21 10 @ 60 fee 1'])
    expect(rejected).toEqual([3])
  })

  it('is none where the amount has the sign of the shares', () => {
    const { rows } = netOf(`${head}21.02.2024;Buy;KO;10;1;601\n23.02.2024;Sell;KO;-2;13.76;-8\n`)
    // 8 + 13.76 = 21.76
    expect(rows).toContain('3 sell KO 2024-02-23 2 @ 10.88 fee 13.76')
  })
})
