import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { type Entry, readEntry } from '../../src/portfolio/entry.ts'

const today = '2024-06-14'
const buy: Entry = { type: 'buy', symbol: 'VOO', date: '2024-01-02', shares: '10', price: '400' }

/** `shares: shares is missing` for each fault; `accepted` when there is none. */
const faults = (entry: Partial<Entry>) => {
  const read = readEntry({ ...buy, ...entry }, today)
  return 'faults' in read ? read.faults.map(({ field, reason }) => `${field}: ${reason}`) : 'accepted'
}

const booked = (entry: Entry) => {
  const read = readEntry(entry, today)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.transaction
}

const split = (ratio: string) => booked({ type: 'split', symbol: 'VOO', date: '2024-01-02', ratio }).ratio

describe('an entry is refused', () => {
  it.each([
    [
      'an unknown type',
      { type: 'short' },
      'type: “short” is not one of buy, sell, dividend, deposit, withdrawal, fee, split',
    ],
    ['no type', { type: '' }, 'type: “” is not one of buy, sell, dividend, deposit, withdrawal, fee, split'],
    ['no ticker', { symbol: ' ' }, 'symbol: a buy needs a ticker'],
    ['a bad ticker', { symbol: '=cmd()' }, 'symbol: “=CMD()” is not a ticker'],
    ['a ticker of 21 letters', { symbol: 'A'.repeat(21) }, `symbol: “${'A'.repeat(21)}” is not a ticker`],
    ['tomorrow', { date: '2024-06-15' }, 'date: 2024-06-15 is in the future'],
    ['a day that does not exist', { date: '2024-02-30' }, 'date: “2024-02-30” is not a day (YYYY-MM-DD)'],
    ['another spelling of a day', { date: '1/2/2024' }, 'date: “1/2/2024” is not a day (YYYY-MM-DD)'],
    ['no day', { date: '' }, 'date: date is missing'],
    ['the 19th century', { date: '1899-12-31' }, 'date: 1899-12-31 is before 1900'],
    ['negative shares', { shares: '-1' }, 'shares: shares must be at least 0.00000001'],
    ['no shares', { shares: '' }, 'shares: shares is missing'],
    ['0 shares', { shares: '0' }, 'shares: shares must be at least 0.00000001'],
    ['less than 1e-8 shares', { shares: '0.0000000099' }, 'shares: shares must be at least 0.00000001'],
    ['more than 1e12 shares', { shares: '1000000000000.01' }, 'shares: shares is larger than 1000000000000'],
    [
      'eleven decimals',
      { shares: '0.12345678901' },
      'shares: “0.12345678901” is not a number with at most 10 decimals',
    ],
    ['a word', { price: 'free' }, 'price: “free” is not a number with at most 10 decimals'],
    ['an exponent', { price: '1e3' }, 'price: “1e3” is not a number with at most 10 decimals'],
    ['a comma', { price: '1,000' }, 'price: “1,000” is not a number with at most 10 decimals'],
    ['no price', { price: '' }, 'price: price is missing'],
    ['a price of 0', { price: '0.00' }, 'price: price must be at least 0.00000001'],
    ['a price above 1e9', { price: '1000000000.0000000001' }, 'price: price is larger than 1000000000'],
    [
      'an amount above 1e12',
      { shares: '1000000000000', price: '400' },
      'shares: shares × price is 400000000000000, larger than 1000000000000',
    ],
    [
      'a sale for the last digit above 1e12',
      { type: 'sell', shares: '100000000000.00000001', price: '10' },
      'shares: shares × price is 1000000000000.0000001, larger than 1000000000000',
    ],
    [
      'the least shares at the least price',
      { shares: '0.00000001', price: '0.00000001' },
      'shares: shares × price is too little to be counted',
    ],
    // 5e-11 is half of the last decimal, and goes to the even side
    [
      'an amount that rounds to nothing',
      { shares: '0.00000005', price: '0.001' },
      'shares: shares × price is too little to be counted',
    ],
    ['a negative fee', { fee: '-0.01' }, 'fee: fee cannot be negative'],
    ['no amount', { type: 'dividend' }, 'amount: amount is missing'],
    ['a negative dividend', { type: 'dividend', amount: '-5' }, 'amount: amount must be at least 0.00000001'],
    [
      'a dividend without ticker',
      { type: 'dividend', amount: '5', symbol: '' },
      'symbol: a dividend needs a ticker',
    ],
    [
      'a deposit above 1e12',
      { type: 'deposit', amount: '1000000000001' },
      'amount: amount is larger than 1000000000000',
    ],
    [
      'a split without ratio',
      { type: 'split' },
      'ratio: a split needs its ratio, new shares to old ones, such as 5:1',
    ],
    [
      'a split of 5',
      { type: 'split', ratio: '5' },
      'ratio: a split needs its ratio, new shares to old ones, such as 5:1',
    ],
    [
      'a split of 5:0',
      { type: 'split', ratio: '5:0' },
      'ratio: a split needs its ratio, new shares to old ones, such as 5:1',
    ],
    ['half a currency', { currency: 'US' }, 'currency: “US” is not a currency code such as USD'],
    ['a note of 1,001 letters', { note: 'x'.repeat(1001) }, 'note: a note holds at most 1,000 characters'],
  ] as [string, Partial<Entry>, string][])('with %s', (_, entry, fault) => {
    expect(faults(entry)).toEqual([fault])
  })

  it('with a factor out of its range is not told about the product too', () => {
    expect(faults({ shares: '0', price: '400' })).toEqual(['shares: shares must be at least 0.00000001'])
    expect(faults({ shares: '1000000000000', price: '1000000001' })).toEqual([
      'price: price is larger than 1000000000',
    ])
  })

  it('with all that is wrong at once', () => {
    expect(faults({ symbol: '', date: '2024-02-30', shares: '-1', price: '' })).toHaveLength(4)
  })
})

describe('an entry is taken', () => {
  it.each([
    ['the least shares', { shares: '0.00000001' }],
    ['the most shares', { shares: '1000000000000', price: '1' }],
    ['the least price', { price: '0.00000001' }],
    ['the highest price', { shares: '1000', price: '1000000000' }],
    ['the least amount that is counted', { shares: '0.00000002', price: '0.005' }],
    ['today', { date: today }],
    ['a leap day', { date: '2024-02-29' }],
    ['an index or a pair', { symbol: '^GSPC' }],
    ['a class of shares', { symbol: 'BRK-B' }],
    ['a foreign listing', { symbol: 'OCDO.L' }],
    ['a fee of 0', { fee: '0' }],
  ] as [string, Partial<Entry>][])('with %s', (_, entry) => expect(faults(entry)).toBe('accepted'))

  it('with spaces around and in any case', () => {
    expect(
      booked({
        type: ' Buy ',
        symbol: ' voo',
        date: ' 2024-01-02 ',
        shares: ' 10 ',
        price: '400 ',
        currency: 'usd',
      }),
    ).toEqual(booked({ ...buy, currency: 'USD' }))
  })
})

describe('what is booked', () => {
  it('of a buy or sale amounts to price × shares, whatever was typed', () => {
    // 14.245014 × 28.08
    const typed = { ...buy, shares: '14.245014', price: '28.08', amount: '9999' }
    expect(text(booked(typed).amount)).toBe('399.99999312')
    expect(text(booked({ ...typed, type: 'sell', amount: 'lots' }).amount)).toBe('399.99999312')
  })

  it('of a buy is nothing but what was entered', () => {
    expect(booked({ ...buy, fee: '1.5', note: ' first ' })).toEqual({
      type: 'buy',
      symbol: 'VOO',
      date: '2024-01-02',
      shares: 100_000_000_000n,
      price: 4_000_000_000_000n,
      fee: 15_000_000_000n,
      amount: 40_000_000_000_000n,
      currency: null,
      ratio: null,
      note: 'first',
    })
  })

  it('of cash has no ticker, shares, price or fee', () => {
    expect(booked({ ...buy, type: 'deposit', amount: '500', fee: '3' })).toMatchObject({
      symbol: null,
      shares: null,
      price: null,
      fee: 0n,
      amount: 5_000_000_000_000n,
    })
  })

  it('of a fee may have a ticker or none', () => {
    const fee = { type: 'fee', date: '2024-01-02', amount: '3' }
    expect([booked(fee).symbol, booked({ ...fee, symbol: 'VOO' }).symbol]).toEqual([null, 'VOO'])
  })

  it('of a split is its ratio', () => {
    expect([split('5:1'), split('1:10'), split(' 3 / 2 ')]).toEqual([
      { numerator: 5, denominator: 1 },
      { numerator: 1, denominator: 10 },
      { numerator: 3, denominator: 2 },
    ])
  })
})
