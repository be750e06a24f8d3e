import { beforeEach, describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import type { Portfolio } from '../../src/storage/portfolios.ts'
import {
  allTransactions,
  deleteTransactions,
  keysLike,
  pageOfTransactions,
  transactionOf,
  updateTransaction,
} from '../../src/storage/transactions.ts'
import { db, enter, keptPortfolio, NOW, rows, transaction } from './sample.ts'

let portfolio: Portfolio

beforeEach(async () => {
  portfolio = await keptPortfolio()
})

describe('exact decimals', () => {
  it.each(['0.00000001', '0.1', '14.245014', '999999999999.99999999', '1000000000000'])(
    '%s shares are stored as this text and come back to the last digit',
    async (shares) => {
      const entered = transaction(`2024-01-02 buy ${shares} AAPL @ 0.01000001`)
      await enter(portfolio, [entered])
      const found = await transactionOf(db(), portfolio.id, entered.id)
      expect(text(found!.shares!)).toBe(shares)
      expect(text(found!.price!)).toBe('0.01000001')
      const row = (await rows('transactions')).find(({ id }) => id === entered.id)
      expect(row).toMatchObject({ shares, price: '0.01000001', fee: '0' })
    },
  )

  it('money up to 1e12 keeps its cents', async () => {
    const entered = transaction('2024-01-02 deposit 999999999999.99')
    await enter(portfolio, [entered])
    expect(text((await transactionOf(db(), portfolio.id, entered.id))!.amount)).toBe('999999999999.99')
  })
})

it('currency, ratio and note come back as they were entered', async () => {
  const entered = [
    transaction('2024-01-02 buy 1 SAP @ 130.5', {
      currency: 'EUR',
      fee: '4.90',
      note: 'it’s “first” 🎉\nline two',
    }),
    transaction('2020-08-31 split 0 TSLA', { ratio: '5:1' }),
    transaction('2024-01-03 deposit 100'),
  ]
  await enter(portfolio, entered)
  expect(await allTransactions(db(), portfolio.id)).toEqual(
    entered.map((each, i) => ({ ...each, version: 1, sequence: i + 1 })),
  )
  expect(entered[1]!.ratio).toEqual({ numerator: 5, denominator: 1 })
})

it('2,500 rows go in at once, each with a place of its own in the order of entry', async () => {
  await enter(portfolio, [transaction('2024-01-01 deposit 1')])
  const many = Array.from({ length: 2_500 }, (_, i) => transaction(`2024-01-02 buy ${i + 1} AAPL @ 1`))
  await enter(portfolio, many)
  const kept = await allTransactions(db(), portfolio.id)
  expect(kept).toHaveLength(2_501)
  expect(kept.slice(1).map(({ id }) => id)).toEqual(many.map(({ id }) => id))
  expect(new Set(kept.map(({ sequence }) => sequence)).size).toBe(2_501)
})

const keys = async () => {
  const own = (await rows('transactions')).filter((row) => row.portfolio_id === portfolio.id)
  return new Set(own.map((row) => row.row_key))
}
const like = async (...bases: string[]) => new Set((await keysLike(db(), portfolio.id, bases)).values())

describe('a row key', () => {
  const twice = () => transaction('2024-01-02 buy 1 AAPL @ 1')

  it('that is there already keeps its row, and the others go in', async () => {
    const first = twice()
    await enter(portfolio, [first], ['key#1'])
    await enter(portfolio, [twice(), twice()], ['key#1', 'key#2'])
    expect(await keys()).toEqual(new Set(['key#1', 'key#2']))
    expect((await allTransactions(db(), portfolio.id))[0]!.id).toBe(first.id)
  })

  it('is free in another portfolio', async () => {
    const other = await keptPortfolio()
    await enter(portfolio, [twice()], ['key#1'])
    await enter(other, [twice()], ['key#1'])
    expect((await allTransactions(db(), other.id)).length).toBe(1)
  })

  it('is found by its row, whatever its ordinal', async () => {
    await enter(portfolio, [twice(), twice(), twice()], ['key#1', 'key#12', 'keys#1'])
    expect(await like('key')).toEqual(new Set(['key#1', 'key#12']))
    expect(await like('keys', 'none', 'key')).toEqual(new Set(['key#1', 'key#12', 'keys#1']))
  })

  it('with % and _ stands for itself only, and so do upper and lower case', async () => {
    await enter(portfolio, [twice(), twice(), twice(), twice()], ['a%c#1', 'abc#1', 'a_c#1', 'A%C#1'])
    expect(await like('a%c')).toEqual(new Set(['a%c#1']))
    expect(await like('a_c')).toEqual(new Set(['a_c#1']))
  })

  it('may be longer than the 50 bytes of a LIKE pattern on D1', async () => {
    const long = `buy|AAPL|2024-01-02|123456.12345678|9876.12345678|12.34|USD`
    await enter(portfolio, [twice()], [`${long}#1`])
    expect(await like(long)).toEqual(new Set([`${long}#1`]))
  })

  it('of another portfolio is not found', async () => {
    const other = await keptPortfolio()
    await enter(other, [twice()], ['key#1'])
    expect(await like('key')).toEqual(new Set())
    expect(await keys()).toEqual(new Set())
  })
})

describe('pages', () => {
  const days = [
    '2024-01-05',
    '2024-01-05',
    '2024-01-02',
    '2024-01-05',
    '2024-01-03',
    '2024-01-02',
    '2024-01-05',
  ]

  async function pages(limit: number): Promise<string[][]> {
    const found: string[][] = []
    let before: { date: string; sequence: number } | null = null
    for (;;) {
      const page = await pageOfTransactions(db(), portfolio.id, { limit, before })
      if (page.length === 0) return found
      found.push(page.map(({ id }) => id))
      before = page.at(-1)!
    }
  }

  it.each([1, 2, 3, 100])('of %i go newest first, without a gap or a repeat', async (limit) => {
    const entered = days.map((day, i) => transaction(`${day} deposit ${i + 1}`))
    await enter(portfolio, entered)
    const newestFirst = [6, 3, 1, 0, 4, 5, 2].map((i) => entered[i]!.id)
    const found = await pages(limit)
    expect(found.flat()).toEqual(newestFirst)
    expect(found[0]).toHaveLength(Math.min(limit, days.length))
  })
})

describe('an edit', () => {
  it('counts the version up and keeps the row’s place and key', async () => {
    const entered = transaction('2024-01-02 buy 10 AAPL @ 150')
    await enter(portfolio, [entered], ['key#1'])
    const edited = { ...transaction('2024-01-03 sell 4.5 MSFT @ 160', { note: 'corrected' }), id: entered.id }
    await inOneTransaction(db(), [updateTransaction(db(), 1, edited, NOW)])
    expect(await transactionOf(db(), portfolio.id, entered.id)).toEqual({
      ...edited,
      version: 2,
      sequence: 1,
    })
    expect(await keys()).toEqual(new Set(['key#1']))
  })

  it('that saw an older version changes nothing', async () => {
    const entered = transaction('2024-01-02 buy 10 AAPL @ 150')
    await enter(portfolio, [entered])
    const first = { ...transaction('2024-01-02 buy 11 AAPL @ 150'), id: entered.id }
    const late = { ...transaction('2024-01-02 buy 99 AAPL @ 150'), id: entered.id }
    await inOneTransaction(db(), [updateTransaction(db(), 1, first, NOW)])
    await inOneTransaction(db(), [updateTransaction(db(), 1, late, NOW)])
    const found = await transactionOf(db(), portfolio.id, entered.id)
    expect(text(found!.shares!)).toBe('11')
    expect(found!.version).toBe(2)
  })
})

it('a transaction is read and deleted within its portfolio only', async () => {
  const other = await keptPortfolio()
  const entered = transaction('2024-01-02 buy 10 AAPL @ 150')
  await enter(portfolio, [entered])
  expect(await transactionOf(db(), other.id, entered.id)).toBeNull()
  await inOneTransaction(db(), deleteTransactions(other.id, [entered.id]))
  expect((await allTransactions(db(), portfolio.id)).length).toBe(1)
  await inOneTransaction(db(), deleteTransactions(portfolio.id, [entered.id]))
  expect((await allTransactions(db(), portfolio.id)).length).toBe(0)
})
