import { beforeEach, describe, expect, it } from 'vitest'
import type { QuarantinedQuote, Quote } from '../../src/portfolio/instrument.ts'
import { instrumentsOf } from '../../src/storage/instruments.ts'
import { quarantinedQuotes, saveQuotes } from '../../src/storage/quotes.ts'
import { db, forgetPrices, instrument, NOW, quote, quoted, quotesOf, rows, rowsWritten } from './sample.ts'

beforeEach(forgetPrices)

describe('a quote', () => {
  it('is stored with what it is a quote of, and when we took it', async () => {
    await saveQuotes(db(), [quoted('AAPL', { price: '185.9200000001' })], NOW + 5)
    expect(await quotesOf('AAPL')).toEqual([
      {
        ...quote('AAPL', { price: '185.9200000001' }),
        fetchedAt: NOW + 5,
        held: null,
        source: null,
        payDay: null,
        exDay: null,
        dividendRate: null,
      },
    ])
    expect(await instrumentsOf(db(), ['AAPL'])).toEqual([instrument('AAPL')])
  })

  it('that traded later replaces the one that is there', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    await saveQuotes(db(), [quoted('AAPL', { price: '101', at: NOW + 60_000 })], NOW + 61_000)
    expect(await quotesOf('AAPL')).toMatchObject([
      { price: '101', at: NOW + 60_000, fetchedAt: NOW + 61_000 },
    ])
  })

  it('that traded earlier does not replace it, however late it comes; that we asked is noted', async () => {
    await saveQuotes(db(), [quoted('AAPL', { price: '100', at: NOW })], NOW)
    const [before] = await rows('quotes')
    await saveQuotes(db(), [quoted('AAPL', { price: '90', at: NOW - 1, previousClose: '80' })], NOW + 60_000)
    expect(await rows('quotes')).toEqual([{ ...before, fetched_at: NOW + 60_000 }])
  })

  it('that was taken earlier changes nothing, even when it carries the same instant', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    const before = await rows('quotes')
    await saveQuotes(db(), [quoted('AAPL', { price: '90' })], NOW - 1)
    expect(await rows('quotes')).toEqual(before)
  })

  it('asked for again while nothing traded is known to be fresh', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    await saveQuotes(db(), [quoted('AAPL')], NOW + 60_000)
    expect(await quotesOf('AAPL')).toEqual([
      {
        ...quote('AAPL'),
        fetchedAt: NOW + 60_000,
        held: null,
        source: null,
        payDay: null,
        exDay: null,
        dividendRate: null,
      },
    ])
  })

  it('without a previous close keeps the one that is known', async () => {
    await saveQuotes(db(), [quoted('AAPL', { previousClose: '98.7' })], NOW)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW + 1, previousClose: null })], NOW + 1)
    expect((await quotesOf('AAPL'))[0]!.previousClose).toBe('98.7')
  })

  it('delivered twice in one message is written once', async () => {
    const many = [quoted('AAPL'), quoted('MSFT')]
    expect(await rowsWritten((counted) => saveQuotes(counted, many, NOW))).toBeGreaterThan(0)
    expect(await rowsWritten((counted) => saveQuotes(counted, many, NOW))).toBe(0)
  })

  it('comes with 149 others in one go', async () => {
    const many = Array.from({ length: 150 }, (_, i) => quoted(`S${i}`))
    await saveQuotes(db(), many, NOW)
    const symbols = many.map((each) => each.quote.symbol)
    expect(await quotesOf(...symbols)).toHaveLength(150)
  })
})

it('what is said of a declared dividend stays until something else is said', async () => {
  const first = { payDay: '2026-05-14', exDay: '2026-05-11', dividendRate: '1.04' }
  const next = { payDay: '2026-08-13', exDay: '2026-08-10', dividendRate: '1.08' }
  const said = (of: Partial<Quote> = {}) => [{ quote: { ...quote('AAPL'), ...of } }]
  const kept = async () =>
    (await quotesOf('AAPL')).map(({ payDay, exDay, dividendRate }) => ({ payDay, exDay, dividendRate }))
  await saveQuotes(db(), said(first), NOW)
  // a chart's quote says nothing
  await saveQuotes(db(), said(), NOW + 60_000)
  expect(await kept()).toEqual([first])
  await saveQuotes(db(), said(next), NOW + 120_000)
  expect(await kept()).toEqual([next])
})

describe('a price that is not believed', () => {
  const held: QuarantinedQuote = {
    price: '1000',
    currency: 'USD',
    at: NOW + 1,
    reason: 'it is “odd”',
    since: '2026-03-11',
  }

  it('is kept beside the one that is shown, and listed', async () => {
    await saveQuotes(db(), [quoted('AAPL'), quoted('MSFT')], NOW)
    await saveQuotes(db(), [{ quote: quote('AAPL'), held }], NOW + 60_000)
    expect(await quotesOf('AAPL')).toEqual([
      {
        ...quote('AAPL'),
        fetchedAt: NOW + 60_000,
        held,
        source: null,
        payDay: null,
        exDay: null,
        dividendRate: null,
      },
    ])
    expect(await quarantinedQuotes(db(), 10)).toEqual([{ symbol: 'AAPL', ...held }])
  })

  it('is forgotten with the next that is, and not by a message that comes late', async () => {
    await saveQuotes(db(), [{ ...quoted('AAPL'), held }], NOW)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW - 1 })], NOW - 1)
    expect(await quarantinedQuotes(db(), 10)).toHaveLength(1)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW + 1 })], NOW + 1)
    expect(await quarantinedQuotes(db(), 10)).toEqual([])
  })
})
