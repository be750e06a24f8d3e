import { afterEach, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'

afterEach(() => void vi.useRealTimers())

it('proposed dividends are accepted once, counted once, and known to a file that brings them again', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2024-01-10,60,100\n')
  await settled(id)
  const path = `/api/portfolios/${id}/dividend-proposals`
  const { proposals } = await json(path)
  expect(proposals.length).toBeGreaterThan(2)
  const [first] = proposals
  expect(first).toMatchObject({ symbol: 'KO', shares: '100', id: `KO@${first.ex_date}` })

  expect(await (await send(path, { accept: [first.id] })).json()).toMatchObject({ accepted: 1 })
  expect(await (await send(path, { accept: [first.id] })).json()).toMatchObject({ accepted: 0 })
  expect((await json(path)).proposals).toHaveLength(proposals.length - 1)
  const performance = async () => json(`/api/portfolios/${id}/performance`)
  expect((await performance()).dividends).toBe(first.amount)

  expect(await (await send(path, { accept: 'all' })).json()).toMatchObject({ accepted: proposals.length - 1 })
  expect((await json(path)).proposals).toEqual([])
  const total = proposals.reduce((sum: number, { amount }: { amount: string }) => sum + Number(amount), 0)
  expect(Number((await performance()).dividends)).toBeCloseTo(total, 6)

  const file = `Ticker,Date,Amount\nKO,${first.ex_date},${first.amount}\n`
  expect(await (await importCsv(id, file)).json()).toMatchObject({ accepted: 0, duplicates: 1 })
})

it('what is to be accepted must be said', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  const answer = await send(`/api/portfolios/${id}/dividend-proposals`, { accept: 7 })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
})
