import { expect, it } from 'vitest'
import type { Breaker } from '../../../src/market/http/breaker.ts'
import { circuits } from '../../../src/market/http/circuits.ts'

function watched() {
  const kept = new Map<string, Breaker>()
  const clock = { now: 0 }
  const known = [{ name: 'quote', endpoints: ['cookie', 'quote'] }]
  const store = {
    get: (name: string) => kept.get(name),
    put: (name: string, to: Breaker) => kept.set(name, to),
  }
  return { clock, guards: circuits(known, store, () => clock.now) }
}

it('a circuit says why it rests, and when the next try is', () => {
  const { clock, guards } = watched()
  const reason = 'Yahoo sent a web page instead of data (HTTP 200)'
  // five in a row, and a minute
  for (let i = 0; i < 5; i++) guards.note({ endpoint: 'quote', outcome: 'html', ms: 1, reason })
  clock.now = 20_000
  expect(guards.refusal('quote')).toEqual({
    status: 'unavailable',
    reason: `${reason}; the next try is in 40 s`,
    retryAfter: 40,
  })
  // the probe fails in another way, and it rests for two minutes
  clock.now = 60_000
  expect(guards.refusal('quote')).toBeNull()
  guards.note({ endpoint: 'quote', outcome: 'timeout', ms: 1, reason: 'Yahoo did not answer within 8 s' })
  // an exchange that led nowhere has no reason of its own, and what is not to be called is not noted
  guards.deadEnd('cookie')
  expect(guards.refusal('quote')?.reason).toBe('Yahoo did not answer within 8 s; the next try is in 120 s')
  clock.now = 180_000
  expect(guards.refusal('quote')).toBeNull()
  guards.note({ endpoint: 'quote', outcome: 'ok', ms: 1 })
  guards.note({ endpoint: 'quote', outcome: '429', ms: 1, retryAfter: 90 })
  expect(guards.refusal('quote')?.reason).toBe('requests to the market source are paused for 90 s')
})
