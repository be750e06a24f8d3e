import { describe, expect, it } from 'vitest'
import { statementOf, told } from './told.ts'

// Columns that count and that a file has besides those of a plain list: none of them is passed over in silence.

describe('a list of trades in our own columns, with one more', () => {
  it('leaves out what its status says was not carried out', () => {
    const file = `Ticker,Type,Date,Price,Shares,Status
AAPL,Buy,2025-01-15,185.92,10,Filled
MSFT,Buy,2025-01-16,410,5,Cancelled
`
    expect(told(file)).toMatchObject({ rows: ['2 buy AAPL 2025-01-15 10 @ 185.92'], left_out: [3] })
  })

  it('takes the currency of each trade, whatever its heading', () => {
    const file = `Ticker,Type,Date,Price,Shares,Trade Currency
AAPL,Buy,2025-01-15,185.92,10,USD
VOD.L,Buy,2025-01-17,70.5,100,GBX
`
    expect(told(file).rows).toEqual([
      '2 buy AAPL 2025-01-15 10 @ 185.92 USD',
      '3 buy VOD.L 2025-01-17 100 @ 0.705 GBP',
    ])
  })

  it.each([
    // 10 × 185.92 + 1 + 2 = 1862.20
    ['a tax', 'Fee,Tax,Total', '1,2,1862.20', '3'],
    // 10 × 185.92 + 1 + 0.50 = 1860.70
    ['a second fee', 'Broker fee,Exchange fee,Total', '1,0.50,1860.70', '1.5'],
  ])('adds %s to the fee', (_, headings, cells, fee) => {
    const file = `Ticker,Type,Date,Price,Shares,${headings}\nAAPL,Buy,2025-01-15,185.92,10,${cells}\n`
    expect(told(file).rows).toEqual([`2 buy AAPL 2025-01-15 10 @ 185.92 fee ${fee}`])
  })

  it('buys where the market says that it did', () => {
    const file = 'Ticker,Type,Date,Price,Shares,Exchange\nVOD,Buy,2025-01-15,0.705,100,LSE\n'
    expect(told(file).rows).toEqual(['2 buy VOD.L 2025-01-15 100 @ 0.705'])
  })

  it('asks which counts where a total is not what the shares came to', () => {
    const file = 'Ticker,Type,Date,Price,Shares,Total\nAAPL,Buy,2025-01-15,185.92,10,2000\n'
    expect(statementOf(file)).toMatchObject({ rows: [], questions: [{ about: 'amount' }] })
  })

  it('asks of a dividend whether its tax was withheld already', () => {
    const file = 'Ticker,Date,Amount,Tax,Currency\nKO,2025-01-15,20.00,3.00,USD\n'
    expect(statementOf(file)).toMatchObject({ rows: [], questions: [{ about: 'amount' }] })
    expect(told(file, { answers: { amount: 'gross' } }).rows).toEqual([
      '2 dividend KO 2025-01-15 20 USD',
      '2 tax KO 2025-01-15 3 USD',
    ])
  })
})

describe('a fee', () => {
  it('in another currency than the trade is a row of its own', () => {
    const file = `Date,Side,Ticker,Quantity,Price,Currency,Fee,Fee Currency
2025-01-15,Buy,AAPL,10,185.92,USD,9.00,GBP
2025-01-16,Buy,VOD.L,100,0.70,GBP,8.00,GBP
`
    expect(told(file).rows).toEqual([
      '2 buy AAPL 2025-01-15 10 @ 185.92 USD',
      '2 fee AAPL 2025-01-15 9 GBP',
      '3 buy VOD.L 2025-01-16 100 @ 0.7 fee 8 GBP',
    ])
  })

  it('in the coin itself makes the coins fewer that came', () => {
    const file = `Date,Side,Coin,Quantity,Price,Currency,Fee,Fee coin
2025-01-15,Buy,ETH,1,3000,EUR,0.001,ETH
2025-01-16,Sell,ETH,0.5,3000,EUR,0.001,ETH
`
    expect(told(file).rows).toEqual([
      '2 buy ETH-EUR 2025-01-15 0.999 @ 3000 EUR',
      '3 sell ETH-EUR 2025-01-16 0.501 @ 3000 EUR',
    ])
  })

  it('of a deposit is in it or beside it, which is asked', () => {
    const file = 'Date,Type,Amount,Fee,Currency\n2025-01-15,Deposit,1000.00,2.50,EUR\n'
    expect(statementOf(file)).toMatchObject({ rows: [], questions: [{ about: 'amount' }] })
    expect(told(file, { answers: { amount: 'gross' } }).cash).toEqual({ EUR: '997.5' })
    expect(told(file, { answers: { amount: 'net' } }).cash).toEqual({ EUR: '1000' })
  })
})

describe('a coin', () => {
  it.each(['ETH/BTC', 'SOL-ETH', 'ETHXBT'])('that is paid in another, %s, has no price in money', (pair) => {
    const file = `Date,Pair,Side,Price,Quantity\n2025-01-15,BTC/USDT,Buy,90000,0.01\n2025-02-15,${pair},Buy,0.035,1\n`
    expect(told(file)).toMatchObject({ rows: ['2 buy BTC-USD 2025-01-15 0.01 @ 90000 USD'], rejected: [3] })
    expect(statementOf(file).rejected[0]!.reason).toContain(`The price of ${pair} is in`)
  })

  it('that was earned is no money, also where two columns count it', () => {
    const file = `Type,Input Currency,Input Amount,Output Currency,Output Amount,Date
Interest,BTC,0.00001,BTC,0.00001,2025-01-15 06:00:00
`
    expect(told(file)).toMatchObject({ rows: [], rejected: [2] })
  })
})

it('dividends of Japan have their tax in a column', () => {
  const file = `受渡日,銘柄コード,銘柄,数量,単価,配当金額（税引前）,税額,受取金額
2025/3/31,7203,トヨタ自動車,100,40,4000,812,3188
`
  const { rows, cash } = told(file)
  expect(rows).toHaveLength(2)
  expect(Object.values(cash)).toEqual(['3188'])
})

describe('what a number stands beside', () => {
  it('is its currency, also in a list in our own columns', () => {
    const file = `Date,Ticker,Type,Shares,Price
2025-01-15,AAPL,Buy,10,$185.92
2025-01-16,SAP.DE,Buy,5,€210.00
2025-01-17,VOD.L,Buy,100,£0.70
`
    expect(told(file).rows).toEqual([
      '2 buy AAPL 2025-01-15 10 @ 185.92',
      '3 buy SAP.DE 2025-01-16 5 @ 210 EUR',
      '4 buy VOD.L 2025-01-17 100 @ 0.7 GBP',
    ])
  })

  it('is a security, of which a deposit of shares at a price says nothing', () => {
    const file = `Date,Pot,Description,Price,Shares,Amount
2025-01-15,One,Deposit,290.10,1.2345,358.13
2025-03-15,One,Fee,295.00,-0.01,-2.95
`
    const { rows, rejected } = statementOf(file)
    expect(rows.filter(({ transaction }) => transaction.type === 'deposit')).toEqual([])
    expect(rejected[0]).toMatchObject({ line: 2 })
  })
})
