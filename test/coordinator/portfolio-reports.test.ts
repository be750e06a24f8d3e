import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { metered } from '../worker/metered.ts'

const meter = metered()
let id: string

beforeAll(async () => {
  id = await invested()
  await meter.watchOver(id)
})
afterAll(() => void vi.useRealTimers())

it.each(['cash-flows', 'cash-flows?view=VOO', 'dividends', 'transactions', 'transactions?sort=gain'])(
  'the page of %s asks D1 who reads it and nothing else while nothing has changed',
  async (path) => {
    setClock()
    const look = async () => (await meter.request(`/portfolios/${id}/${path}`)).text()
    const first = await look()
    await meter.start()
    expect(await look()).toBe(first)
    const { d1Queries, objectCalls } = await meter.read()
    expect({ d1Queries, objectCalls }).toEqual({ d1Queries: 1, objectCalls: 1 })
  },
)
