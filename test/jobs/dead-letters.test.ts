import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { json, setFault, request, send, signed } from '../worker/app.ts'
import { deliver } from '../worker/queue.ts'

afterEach(async () => {
  vi.restoreAllMocks()
  await setFault(null)
})

/** What is listed last parked. */
async function parked(body: unknown) {
  const before = (await json('/api/status')).dead_letters
  await deliver(body, 5, 'yardstick-refresh-dlq')
  const { count, newest } = (await json('/api/status')).dead_letters
  expect(count).toBe(before.count + 1)
  const known = new Set(before.newest.map(({ id }: { id: string }) => id))
  return newest.find(({ id }: { id: string }) => !known.has(id))
}

const letterOf = async (id: string) =>
  (await json('/api/status')).dead_letters.newest.find((letter: { id: string }) => letter.id === id)

const prices = (symbol: string): RefreshMessage => ({ kind: 'quotes', symbols: [symbol], requester: null })

it('a dead letter is carried out when it is sent again, and says when it was', async () => {
  const letter = await parked(prices('WMT'))
  expect(letter).toMatchObject({ about: 'prices of WMT', resendable: true, resent_at: null })
  const answer = await send(`/api/dead-letters/${letter.id}/resend`, {})
  expect(answer.status).toBe(202)
  const { resent_at } = (await answer.json()) as { resent_at: string }
  expect(Math.abs(Date.parse(resent_at) - Date.now())).toBeLessThan(60_000)
  await vi.waitFor(
    async () =>
      expect(await env.DB.prepare("SELECT price FROM quotes WHERE symbol = 'WMT'").first()).not.toBeNull(),
    { timeout: 60_000, interval: 50 },
  )
  expect(await letterOf(letter.id)).toMatchObject({ resendable: false, resent_at })
})

it('what the clock asked for long ago is carried out all the same', async () => {
  const letter = await parked({ ...prices('PG'), until: Date.now() - 86_400_000 })
  expect((await send(`/api/dead-letters/${letter.id}/resend`, {})).status).toBe(202)
  await vi.waitFor(
    async () =>
      expect(await env.DB.prepare("SELECT price FROM quotes WHERE symbol = 'PG'").first()).not.toBeNull(),
    { timeout: 60_000, interval: 50 },
  )
})

it('however often the button is clicked, it is sent once', async () => {
  const { id } = await parked(prices('KO'))
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  const clicks = await Promise.all(
    Array.from({ length: 5 }, () => request(`/dead-letters/${id}/resend`, { method: 'POST' })),
  )
  expect(clicks.map(({ status, headers }) => [status, headers.get('location')])).toEqual(
    clicks.map(() => [303, '/status#dead-letters']),
  )
  expect(sent).toHaveBeenCalledTimes(1)
  const { resent_at } = await letterOf(id)
  expect(
    await json(`/api/dead-letters/${id}/resend`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    }),
  ).toEqual({ id, resent_at })
})

it('one that the queue does not take stays as it was', async () => {
  const { id } = await parked(prices('KO'))
  vi.spyOn(env.REFRESH, 'sendBatch').mockRejectedValue(new Error('Queue is overloaded'))
  expect((await send(`/api/dead-letters/${id}/resend`, {})).status).toBe(503)
  vi.restoreAllMocks()
  expect(await letterOf(id)).toMatchObject({ resendable: true, resent_at: null })
  expect((await send(`/api/dead-letters/${id}/resend`, {})).status).toBe(202)
})

it('all that wait are sent by one button, each once, and what cannot be sent stays', async () => {
  const letters = [await parked(prices('ZZA')), await parked(prices('ZZB'))]
  const nonsense = await parked({ kind: 'nonsense' })
  expect(await (await request('/status')).text()).toContain('action="/dead-letters/resend"')
  const sending = vi.spyOn(env.REFRESH, 'sendBatch')
  const clicks = await Promise.all(
    Array.from({ length: 3 }, () => request('/dead-letters/resend', { method: 'POST' })),
  )
  expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303])
  const sent = sending.mock.calls.flatMap(([batch]) => [...batch].map(({ body }) => JSON.stringify(body)))
  // what others parked goes with them
  expect(sent.filter((body) => /ZZ[AB]/.test(body)).toSorted()).toEqual(
    [prices('ZZA'), prices('ZZB')].map((body) => JSON.stringify(body)),
  )
  for (const { id } of letters) expect(await letterOf(id)).toMatchObject({ resendable: false })
  expect(await letterOf(nonsense.id)).toMatchObject({ resendable: false, resent_at: null })
  const again = await send('/api/dead-letters/resend', {})
  expect([again.status, await again.json()]).toMatchObject([202, { sent: 0 }])
})

it('what is none of our messages is shown and cannot be sent', async () => {
  const letter = await parked({ kind: 'nonsense', note: '<b>' })
  expect(letter).toMatchObject({ about: null, resendable: false })
  expect((await send(`/api/dead-letters/${letter.id}/resend`, {})).status).toBe(422)
  const page = await (await request('/status')).text()
  expect(page).toContain('&lt;b&gt;')
  expect(page).not.toContain(`/dead-letters/${letter.id}/resend`)
})

it('one that is not there is not found, on the page and for scripts', async () => {
  expect((await request('/dead-letters/nobody/resend', { method: 'POST' })).status).toBe(404)
  expect((await send('/api/dead-letters/nobody/resend', {})).status).toBe(404)
})

it('a form of another site sends nothing', async () => {
  const { id } = await parked(prices('KO'))
  const { exports } = await import('cloudflare:workers')
  const foreign = await exports.default.fetch(
    signed(`https://yardstick.test/dead-letters/${id}/resend`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.test' },
    }),
  )
  expect(foreign.status).toBe(403)
  expect(await letterOf(id)).toMatchObject({ resent_at: null })
})
