import { expect } from 'vitest'
import { importCsv, newPortfolio, settled } from './app.ts'
import { setClock } from './clock.ts'

/**
 * Three purchases, a sale and a dividend, between them TSLA's splits of 5:1 (2020) and 3:1 (2022): 14.245014 shares
 * of 2012 are 213.67521 of today.
 */
export const trades = `Ticker,Date,Type,Shares,Price,Amount
TSLA,2012-01-03,Buy,14.245014,$28.08,
QQQ,2012-02-03,Buy,10,$61.50,
QQQ,2012-03-19,Dividend,,,$1.20
AAPL,2021-03-02,Buy,20,$125.10,
QQQ,2022-06-01,Sell,4,$307.00,
`

/** A portfolio with these trades, its histories fetched and its refresh over, at noon. */
export async function invested(csv: string = trades, input: Record<string, unknown> = {}): Promise<string> {
  setClock()
  const id = await newPortfolio(input)
  const imported = await importCsv(id, csv)
  expect(imported.status).toBe(201)
  expect(await imported.json()).toMatchObject({ rejected: [] })
  expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
  return id
}

const made = new Map<string, Promise<string>>()

/** Such a portfolio that all tests of a file share: they only read it. */
export async function sharedInvested(
  csv: string = trades,
  input: Record<string, unknown> = {},
): Promise<string> {
  const key = JSON.stringify([csv, input])
  const known = made.get(key) ?? invested(csv, input)
  made.set(key, known)
  return known
}

/** Shares none of another file's, whose storage is gone. */
export function forgetShared(): void {
  made.clear()
}
