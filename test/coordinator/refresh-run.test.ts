import { afterAll, expect, it, vi } from 'vitest'
import { CHUNK } from '../../src/jobs/messages.ts'
import {
  importCsv,
  json,
  newPortfolio,
  request,
  send,
  setFault,
  settled,
  upstreamCalls,
} from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { listen } from '../worker/socket.ts'

const SYMBOLS = CHUNK + 10

afterAll(async () => {
  await setFault(null)
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('a refresh of more symbols than a message has is told to open pages once', async () => {
  setClock()
  listInvented()
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, purchases(invented(SYMBOLS), '2035-02-01'))
  const { generation } = await settled(id)
  const page = await listen(id)

  setClock(NOON + 20 * 60_000)
  await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
  await page.heard(
    (signal) => signal.type === 'progress' && signal.status === 'done' && signal.total === SYMBOLS,
  )
  expect((await settled(id)).generation).toBe(generation + 1)
  const changed = page.signals.filter(({ type }) => type === 'changed')
  expect(changed).toHaveLength(1)
  expect(changed[0]).toMatchObject({ regions: expect.arrayContaining(['headline', 'holdings', 'freshness']) })
  page.close()
})

it('a symbol that does not come holds up no other when somebody asks again', async () => {
  setClock(NOON)
  vi.restoreAllMocks()
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, purchases(['V'], '2035-02-01'))
  const { generation } = await settled(id)
  await setFault({ kind: '429', endpoint: 'chart' })
  await importCsv(id, purchases(['KO'], '2035-02-01'))
  const { quote: before = 0 } = await upstreamCalls()
  setClock(NOON + 20 * 60_000)
  const pressed = await send(`/api/portfolios/${id}/refreshes`, {})
  expect(await pressed.json()).toEqual({ generation: generation + 1 })
  const asked = async () => json(`/api/portfolios/${id}/refreshes/latest`)
  await vi.waitFor(async () => expect(await asked()).toMatchObject({ total: 2, done: 1 }), {
    timeout: 60_000,
    interval: 50,
  })
  expect((await upstreamCalls()).quote).toBe(before + 1)
})
