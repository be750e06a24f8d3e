import { afterEach, expect, it, vi } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { follow, page, post, words } from './page.ts'

afterEach(() => void vi.useRealTimers())

type Row = { id: string; type: string; date: string; amount: string; derived?: true; version: number | null }

async function kept(input: Record<string, unknown> = {}): Promise<string> {
  const id = await newPortfolio({ benchmarks: [], dividends: 'automatic', ...input })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2024-01-10,60,100\n')
  await settled(id)
  return id
}

async function rows(id: string, query = ''): Promise<Row[]> {
  return (await json(`/api/portfolios/${id}/transactions${query}`)).transactions
}

const derivedOf = async (id: string) => (await rows(id, '?derived=1')).filter(({ derived }) => derived)

const counted = async (id: string) => Number((await json(`/api/portfolios/${id}/performance`)).dividends)

const added = (all: readonly Row[]) => all.reduce((sum, { amount }) => sum + Number(amount), 0)

it('a new portfolio counts dividends by itself, and one that says so counts recorded ones', async () => {
  const made = await (await send('/api/portfolios', { name: 'New' })).json()
  expect(made).toMatchObject({ dividends: 'automatic', withholding: null })
  const id = await newPortfolio({ dividends: 'recorded', withholding: '15%' })
  expect(await json(`/api/portfolios/${id}`)).toMatchObject({ dividends: 'recorded', withholding: '0.15' })
  const patch = (body: object) => send(`/api/portfolios/${id}`, body, 'PATCH')
  expect(await (await patch({ withholding: null, dividends: 'automatic' })).json()).toMatchObject({
    dividends: 'automatic',
    withholding: null,
  })
  const odd = [{ dividends: 'some' }, { withholding: '1' }, { withholding: '-0.1' }, { withholding: 'x' }]
  const answers = await Promise.all(odd.map(async (body) => (await patch(body)).status))
  expect(answers).toEqual([422, 422, 422, 422])
})

it('lists derived rows where they are asked for only, marked, after nothing was stored', async () => {
  const id = await kept()
  const derived = await derivedOf(id)
  expect(derived.length).toBeGreaterThan(2)
  expect(derived[0]).toMatchObject({ type: 'dividend', symbol: 'KO', derived: true, version: null })
  expect((await rows(id)).map(({ type }) => type)).toEqual(['buy'])
  expect(await counted(id)).toBeCloseTo(added(derived), 6)
  const flows = (await json(`/api/portfolios/${id}/cash-flows`)).rows as {
    derived?: true
    transaction: null
  }[]
  expect(flows.filter((row) => row.derived && row.transaction === null)).toHaveLength(derived.length)
  // a row that nobody recorded can be neither edited nor deleted
  const instrument = await page(`/portfolios/${id}/instruments/KO`)
  expect(words(instrument)).toContain('automatic, not recorded')
  expect(instrument).not.toContain('/transactions/derived:')
  // page by page, each once
  const pages: Row[] = []
  for (let next: string | null = ''; next !== null;) {
    const answer = await json(
      `/api/portfolios/${id}/transactions?derived=1&limit=1${next && `&after=${next}`}`,
    )
    pages.push(...answer.transactions)
    next = answer.next
  }
  expect(pages.map((row) => row.id)).toEqual((await rows(id, '?derived=1')).map((row) => row.id))
})

it('counts nothing twice when a statement with its pay-dates comes, and again what is deleted', async () => {
  const id = await kept()
  const derived = await derivedOf(id)
  const lines = derived.map(({ date, amount }) => `KO,${addDays(date, 17)},${amount}`)
  const today = new Date().toISOString().slice(0, 10)
  const paid = lines.filter((line) => line.split(',')[1]! <= today)
  const answer = await (await importCsv(id, `Ticker,Date,Amount\n${paid.join('\n')}\n`)).json()
  expect(answer).toMatchObject({ accepted: paid.length })
  await settled(id)
  expect(await derivedOf(id)).toHaveLength(derived.length - paid.length)
  expect(await counted(id)).toBeCloseTo(added(derived), 6)

  const recorded = (await rows(id)).find(({ type }) => type === 'dividend')!
  await request(`/api/portfolios/${id}/transactions/${recorded.id}`, { method: 'DELETE' })
  expect(await derivedOf(id)).toHaveLength(derived.length - paid.length + 1)
  expect(await counted(id)).toBeCloseTo(added(derived), 6)
})

it('is left out of the files that import again, and its row of the cash book is skipped', async () => {
  const id = await kept()
  const file = async (name: string) => (await request(`/portfolios/${id}/export/${name}`)).text()
  expect(await file('transactions.csv')).not.toMatch(/dividend/i)
  expect((await file('dividends.csv')).trim().split('\n')).toHaveLength(1)
  const book = await file('cash-flows.csv')
  expect(book).toContain('derived dividend')
  const again = await newPortfolio({ benchmarks: [] })
  expect(await (await importCsv(again, book)).json()).toMatchObject({ accepted: 1 })
})

it('one that never came is dismissed, undone and logged', async () => {
  const id = await kept()
  const before = await derivedOf(id)
  const name = before[0]!.id.replace('derived:', '')
  const path = `/api/portfolios/${id}/dismissed-dividends/${name}`
  expect(await (await request(path, { method: 'PUT' })).json()).toMatchObject({ dismissed: [name] })
  expect((await request(path, { method: 'PUT' })).status).toBe(200)
  expect((await derivedOf(id)).map((row) => row.id)).toEqual(before.slice(1).map((row) => row.id))
  expect(words(await page(`/portfolios/${id}/dividends`))).toContain('1 dividend marked as not received')
  expect(words(await page(`/portfolios/${id}/activity`))).toContain('Dismissed dividends')
  await post(`/portfolios/${id}/dividends/restored`, { dividend: name })
  expect(await derivedOf(id)).toEqual(before)
  const unknown = `/api/portfolios/${id}/dismissed-dividends/KO@2024-01-11`
  expect((await request(unknown, { method: 'PUT' })).status).toBe(404)
})

it('a portfolio of recorded ones is offered the change, with what it would do to the headline', async () => {
  const id = await kept({ dividends: 'recorded', benchmarks: ['VOO'] })
  const gap = async () => {
    const { benchmarks } = await json(`/api/portfolios/${id}/performance`)
    return Number(benchmarks.VOO.gap)
  }
  const before = await gap()
  const { proposals } = await json(`/api/portfolios/${id}/dividend-proposals`)
  const text = words(await page(`/portfolios/${id}`))
  const told =
    /(\d+) dividends worth \$([\d.,]+) are not counted; counting them moves the portfolio [+]\$([\d.,]+) against VOO/
  const [, count, sum, change] = told.exec(text) ?? []
  expect(Number(count)).toBe(proposals.length)
  expect(Number(sum!.replace(',', ''))).toBeCloseTo(added(proposals), 2)
  const after = await follow(await post(`/portfolios/${id}/dividends/counting`, { dividends: 'automatic' }))
  expect(words(after)).not.toContain('not counted')
  expect((await gap()) - before).toBeCloseTo(Number(change!.replace(',', '')), 1)
})
