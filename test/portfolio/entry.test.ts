import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { type Entry, type Fault, readEntry } from '../../src/portfolio/entry.ts'
import { transactionTypes } from '../../src/portfolio/kind.ts'

const today = '2024-06-14'
const buy: Entry = { type: 'buy', symbol: 'VOO', date: '2024-01-02', shares: '10', price: '400' }

/** `shares: a buy needs shares` for each fault; `accepted` when there is none. */
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
      `type: “short” is not a transaction type (${transactionTypes.join(', ')})`,
    ],
    ['no type', { type: '' }, `type: “” is not a transaction type (${transactionTypes.join(', ')})`],
    ['no ticker', { symbol: ' ' }, 'symbol: a buy needs a ticker'],
    ['a bad ticker', { symbol: '=cmd()' }, 'symbol: “=CMD()” is not a ticker'],
    ['a ticker of 22 letters', { symbol: 'A'.repeat(22) }, `symbol: “${'A'.repeat(22)}” is not a ticker`],
    ['tomorrow', { date: '2024-06-15' }, 'date: 2024-06-15 is in the future'],
    ['a day that does not exist', { date: '2024-02-30' }, 'date: “2024-02-30” is not a date (YYYY-MM-DD)'],
    ['another spelling of a day', { date: '1/2/2024' }, 'date: “1/2/2024” is not a date (YYYY-MM-DD)'],
    ['no day', { date: '' }, 'date: a transaction needs a date'],
    ['the 19th century', { date: '1899-12-31' }, 'date: 1899-12-31 is before 1900'],
    ['negative shares', { shares: '-1' }, 'shares: shares must be at least 0.00000001'],
    ['no shares', { shares: '' }, 'shares: a buy needs shares'],
    ['0 shares', { shares: '0' }, 'shares: shares must be at least 0.00000001'],
    ['less than 1e-8 shares', { shares: '0.0000000099' }, 'shares: shares must be at least 0.00000001'],
    ['more than 1e12 shares', { shares: '1000000000000.01' }, 'shares: shares must be at most 1000000000000'],
    ['a word', { price: 'free' }, 'price: “free” is not a number'],
    ['an exponent', { price: '1e3' }, 'price: “1e3” is not a number'],
    ['a comma', { price: '1,000' }, 'price: “1,000” is not a number'],
    [
      'eleven decimals that round to less than 1e-8',
      { shares: '0.00000000994' },
      'shares: shares must be at least 0.00000001',
    ],
    ['no price', { price: '' }, 'price: a buy needs a price'],
    [
      'a price of 0',
      { price: '0.00' },
      'price: price must be at least 0.00000001, unless its note says that it was a gift or a bonus',
    ],
    [
      'a sale for nothing',
      { type: 'sell', price: '0' },
      'price: price must be at least 0.00000001; enter that for shares that are worth nothing',
    ],
    [
      'a price of one’s own of 0',
      { type: 'price', shares: '', price: '', amount: '0' },
      'amount: amount must be at least 0.00000001; enter that for shares that are worth nothing',
    ],
    ['a price above 1e9', { price: '1000000000.0000000001' }, 'price: price must be at most 1000000000'],
    [
      'an amount above 1e12',
      { shares: '1000000000000', price: '400' },
      'shares: shares × price is 400000000000000, more than the limit of 1000000000000',
    ],
    [
      'a sale for the last digit above 1e12',
      { type: 'sell', shares: '100000000000.00000001', price: '10' },
      'shares: shares × price is 1000000000000.0000001, more than the limit of 1000000000000',
    ],
    [
      'the least shares at the least price',
      { shares: '0.00000001', price: '0.00000001' },
      'shares: shares × price is too small to record',
    ],
    // 5e-11 is half of the last decimal, and goes to the even side
    [
      'an amount that rounds to nothing',
      { shares: '0.00000005', price: '0.001' },
      'shares: shares × price is too small to record',
    ],
    ['a negative fee', { fee: '-0.01' }, 'fee: fee cannot be negative'],
    ['no amount', { type: 'dividend', shares: '', price: '' }, 'amount: a dividend needs an amount'],
    [
      'a negative dividend',
      { type: 'dividend', shares: '', price: '', amount: '-5' },
      'amount: amount must be at least 0.00000001',
    ],
    [
      'a dividend without ticker',
      { type: 'dividend', shares: '', price: '', amount: '5', symbol: '' },
      'symbol: a dividend needs a ticker',
    ],
    [
      'a deposit above 1e12',
      { type: 'deposit', symbol: '', shares: '', price: '', amount: '1000000000001' },
      'amount: amount must be at most 1000000000000',
    ],
    [
      'a split without ratio',
      { type: 'split', shares: '', price: '' },
      'ratio: a split needs a ratio of new shares to old, such as 5:1',
    ],
    [
      'a split of 5',
      { type: 'split', shares: '', price: '', ratio: '5' },
      'ratio: a split needs a ratio of new shares to old, such as 5:1',
    ],
    [
      'a split of 5:0',
      { type: 'split', shares: '', price: '', ratio: '5:0' },
      'ratio: a split needs a ratio of new shares to old, such as 5:1',
    ],
    ['half a currency', { currency: 'US' }, 'currency: “US” is not a currency code such as USD'],
    [
      'a review on its own day',
      { review: '2024-01-02' },
      'review: “2024-01-02” is not a date after that of the transaction',
    ],
    ['a review some day', { review: 'soon' }, 'review: “soon” is not a date after that of the transaction'],
    ['a note of 1,001 letters', { note: 'x'.repeat(1001) }, 'note: a note can have at most 1,000 characters'],
  ] as [string, Partial<Entry>, string][])('with %s', (_, entry, fault) => {
    expect(faults(entry)).toEqual([fault])
  })

  it('with a factor out of its range is not told about the product too', () => {
    expect(faults({ shares: '0', price: '400' })).toEqual(['shares: shares must be at least 0.00000001'])
    expect(faults({ shares: '1000000000000', price: '1000000001' })).toEqual([
      'price: price must be at most 1000000000',
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
  it('of a buy or sale amounts to price × shares, and an amount beside them that is another is noted', () => {
    // 14.245014 × 28.08
    const typed = { ...buy, shares: '14.245014', price: '28.08', amount: '400.00' }
    expect(text(booked(typed).amount)).toBe('399.99999312')
    expect(text(booked({ ...typed, type: 'sell', amount: '399.99999312' }).amount)).toBe('399.99999312')
    for (const amount of ['9999', '399.98', 'lots']) {
      expect(readEntry({ ...typed, amount }, today)).toMatchObject({
        notes: [`amount ${amount} is not price × shares; 399.99999312 is used`],
      })
    }
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

  it('of cash has no ticker, shares or price', () => {
    const deposit = { type: 'deposit', date: '2024-01-02', amount: '500', fee: '3', shares: '0', ratio: '' }
    expect(booked(deposit)).toMatchObject({
      symbol: null,
      shares: null,
      price: null,
      fee: 30_000_000_000n,
      amount: 5_000_000_000_000n,
    })
  })

  it('of a dividend has fee and tax in one figure', () => {
    const dividend = {
      type: 'dividend',
      symbol: 'VOO',
      date: '2024-01-02',
      amount: '5',
      fee: '0.5',
      tax: '0.75',
    }
    expect(text(booked(dividend).fee)).toBe('1.25')
    expect(faults({ ...buy, ...dividend, shares: '', price: '', tax: '4.51' })).toEqual([
      'fee: fee and tax are more than the dividend',
    ])
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

describe('a number with more than ten decimals', () => {
  it.each([
    ['0.1234567890123456', '0.123456789'],
    // half to even
    ['0.00000001235', '0.0000000124'],
    ['0.00000001225', '0.0000000122'],
    ['99.99999999999999999', '100'],
  ])('%s is rounded to %s, with a word', (typed, kept) => {
    for (const field of ['shares', 'price', 'fee'] as const) {
      const read = readEntry({ ...buy, [field]: typed }, today)
      if ('faults' in read) throw new Error(JSON.stringify(read.faults))
      expect(text(read.transaction[field]!)).toBe(kept)
      expect(read.notes).toEqual([`${field} ${typed} is rounded to ${kept}`])
    }
  })

  it('is named only when there is one', () => {
    expect(readEntry(buy, today)).toMatchObject({ notes: [] })
  })
})

describe('a field that is given is used or refused, never dropped', () => {
  const plain: Record<string, Entry> = {
    buy,
    sell: { ...buy, type: 'sell' },
    dividend: { type: 'dividend', symbol: 'VOO', date: '2024-01-02', amount: '5' },
    deposit: { type: 'deposit', date: '2024-01-02', amount: '5' },
    withdrawal: { type: 'withdrawal', date: '2024-01-02', amount: '5' },
    fee: { type: 'fee', date: '2024-01-02', amount: '5' },
    split: { type: 'split', symbol: 'VOO', date: '2024-01-02', ratio: '2:1' },
  }
  const given: Partial<Entry> = {
    symbol: 'QQQ',
    shares: '3',
    price: '7',
    fee: '1',
    tax: '0.5',
    amount: '3',
    currency: 'EUR',
    ratio: '3:1',
    note: 'why',
    review: '2027-01-02',
    unitsDay: '2024-02-01',
  }
  const cases = Object.keys(plain).flatMap((type) =>
    Object.entries(given).map(([field, value]) => [type, field as Fault['field'], value] as const),
  )

  it.each(cases)('%s with %s', (type, field, value) => {
    const without = booked(plain[type]!)
    const read = readEntry({ ...plain[type]!, [field]: value }, today)
    const said = 'faults' in read ? read.faults.map((fault) => fault.field) : read
    // refused by its name, or the row is another one for it, or a note names it
    const isHeard = Array.isArray(said)
      ? said.includes(field)
      : JSON.stringify(said, asText) !== JSON.stringify({ notes: [], transaction: without }, asText)
    expect(isHeard).toBe(true)
  })

  const absent = cases.filter(([type, field]) => !plain[type]![field])

  it.each(absent)('%s with an empty %s, or 0, is as without', (type, field) => {
    const isNumber = ['shares', 'price', 'fee', 'tax', 'amount'].includes(field)
    for (const nothing of ['', ' ', ...(isNumber ? ['0', '0.00'] : [])]) {
      expect(booked({ ...plain[type]!, [field]: nothing })).toEqual(booked(plain[type]!))
    }
  })

  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? text(value) : value)
})

describe('the share units of a trade', () => {
  const buy = { type: 'buy', symbol: 'NVDA', date: '2024-01-02', shares: '10', price: '5' }
  const read = (more: Partial<Entry>) => readEntry({ ...buy, ...more }, '2026-01-02')

  it('as traded are those of its day, whatever its price says', () => {
    expect(read({ units: ' As traded ' })).toMatchObject({
      transaction: { units: 'as_traded', unitsDay: '2024-01-02' },
    })
  })

  it('adjusted are those of the day that a file states, or of the day on which it is said', () => {
    expect(read({ units: 'adjusted', unitsDay: '2024-06-10' })).toMatchObject({
      transaction: { units: 'adjusted', unitsDay: '2024-06-10' },
    })
    const said = read({ units: 'adjusted' })
    expect('transaction' in said && said.transaction).not.toHaveProperty('unitsDay')
  })

  it('are nothing when nothing is said', () => {
    const silent = read({ units: ' ' })
    expect('transaction' in silent && silent.transaction).not.toHaveProperty('units')
  })

  it.each<[Partial<Entry>, string]>([
    [{ units: 'split' }, 'units: “split” is neither as_traded nor adjusted'],
    [
      { units: 'as_traded', unitsDay: '2024-06-10' },
      'units: as traded, they are in the share units of 2024-01-02, not in those of 2024-06-10',
    ],
    [
      { type: 'deposit', symbol: '', shares: '', price: '', amount: '5', units: 'adjusted' },
      'units: a deposit cannot have share units',
    ],
    [
      { currency: 'USD', listingCurrency: 'EUR' },
      'listingCurrency: a buy with a currency of its own has none',
    ],
    [{ listingCurrency: 'euro' }, 'listingCurrency: “EURO” is not a currency code such as USD'],
  ])('%o is refused', (more, sentence) => {
    const refused = read(more)
    expect('faults' in refused && refused.faults.map(({ field, reason }) => `${field}: ${reason}`)).toEqual([
      sentence,
    ])
  })
})
