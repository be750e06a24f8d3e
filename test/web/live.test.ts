import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { listen } from '../worker/socket.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

describe('the live channel', () => {
  it('tells an open page which of its regions an edit changed, and as of which revision', async () => {
    const id = await newPortfolio()
    await settled(id)
    const page = await listen(id)
    await send(`/api/portfolios/${id}`, { name: 'Renamed' }, 'PATCH')
    // the end of the refresh before may still be on its way
    const signal = await page.heard((heard) => heard.type === 'changed' && heard.regions.includes('headline'))
    page.close()
    const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(signal).toMatchObject({ type: 'changed', revision, regions: ['headline', 'log', 'freshness'] })
    await settled(id)
  })

  it('is for pages of our own address only', async () => {
    const id = await newPortfolio()
    const upgrade = { upgrade: 'websocket', origin: 'https://evil.test' }
    expect((await request(`/portfolios/${id}/live`, { headers: upgrade })).status).toBe(400)
    await settled(id)
  })

  it('says to anything but a WebSocket that it speaks nothing else', async () => {
    const id = await newPortfolio()
    const answer = await request(`/portfolios/${id}/live`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    await settled(id)
  })
})
