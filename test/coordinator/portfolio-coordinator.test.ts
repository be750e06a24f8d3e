import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { json, newPortfolio, settled } from '../worker/app.ts'
import { listen } from '../worker/socket.ts'

const coordinatorOf = (id: string) => env.PORTFOLIO.getByName(id)

it('knows its portfolio by its own name, whatever wakes it: a call, a socket, its alarm', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await settled(id)
  await evictDurableObject(coordinatorOf(id))
  expect(await coordinatorOf(id).holdingsOn(null, false)).toMatchObject({ holdings: [] })

  await evictDurableObject(coordinatorOf(id))
  const page = await listen(id, '?revision=0')
  expect(await page.heard((signal) => signal.type === 'changed')).toMatchObject({ type: 'changed' })
  page.close()

  // KV lacks a copy, and nobody calls: an alarm of the runtime's own wakes an evicted object to write it
  await vi.waitFor(() =>
    runInDurableObject(coordinatorOf(id), (_, state) => expect(state.getWebSockets()).toEqual([])),
  )
  await runInDurableObject(coordinatorOf(id), async (_, { storage }) => {
    storage.kv.put('dirty', true)
    await storage.setAlarm(Date.now() + 200)
  })
  await env.SNAPSHOTS.delete(`snapshot:${id}`)
  await evictDurableObject(coordinatorOf(id))
  expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBeNull()
  await vi.waitFor(async () => expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).not.toBeNull(), {
    timeout: 10_000,
    interval: 50,
  })
})

it('takes no other portfolio than the one of its name', async () => {
  const id = crypto.randomUUID()
  const other = {
    id: crypto.randomUUID(),
    ownerId: 'owner',
    name: 'Elsewhere',
    description: '',
    baseCurrency: 'USD',
    benchmarks: [],
    costBasis: 'fifo' as const,
    createdAt: Date.now(),
  }
  await runInDurableObject(coordinatorOf(id), (instance) =>
    expect(() => instance.create(other)).toThrow(`${id} cannot keep the portfolio ${other.id}`),
  )
  expect(await json(`/api/portfolios/${other.id}`)).toMatchObject({ status: 404 })
})
