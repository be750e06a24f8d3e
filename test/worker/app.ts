import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Fault } from '../yahoo/faults.ts'
import { SESSION } from './account.ts'
import { noteEntered } from './app-log.ts'
import type { MarketGateway } from './faulty-gateway.ts'
import { nothingBehind } from './underway.ts'

export const HOST = 'https://yardstick.test'

/** A request to the Worker, as the browser of the owner would send it. */
export function request(path: string, init: RequestInit = {}): Promise<Response> {
  noteEntered(init.body)
  const headers = new Headers(init.headers)
  if (init.method && init.method !== 'GET') headers.set('origin', HOST)
  return exports.default.fetch(signed(HOST + path, { redirect: 'manual', ...init, headers }))
}

/** A request with the session of the owner, and whatever other cookies it has. */
export function signed(address: string, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers)
  const cookies = [headers.get('cookie'), SESSION.cookie].filter(Boolean)
  headers.set('cookie', cookies.join('; '))
  return new Request(address, { ...init, headers })
}

/** A request of somebody who is not signed in, or is with what the headers have. */
export function asStranger(path: string, init: RequestInit = {}): Promise<Response> {
  noteEntered(init.body)
  const headers = new Headers(init.headers)
  if (init.method && init.method !== 'GET') headers.set('origin', HOST)
  return exports.default.fetch(new Request(HOST + path, { redirect: 'manual', ...init, headers }))
}

/** A request of a program that has an API token and nothing else, and says nothing of where it comes from. */
export function byToken(token: string, path: string, init: RequestInit = {}): Promise<Response> {
  noteEntered(init.body)
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return exports.default.fetch(new Request(HOST + path, { redirect: 'manual', ...init, headers }))
}

// eslint-disable-next-line typescript/no-explicit-any -- tests read what they expect, and fail when it is not there
export async function json(path: string, init?: RequestInit): Promise<any> {
  const answer = await request(path, init)
  return answer.status === 204 ? null : answer.json()
}

export function send(
  path: string,
  body: unknown,
  method = 'POST',
  headers: Record<string, string> = {},
): Promise<Response> {
  return request(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

export async function newPortfolio(input: Record<string, unknown> = {}): Promise<string> {
  const made = await send('/api/portfolios', { name: 'Test', dividends: 'recorded', ...input })
  expect(made.status).toBe(201)
  return ((await made.json()) as { id: string }).id
}

export function importCsv(id: string, csv: BodyInit, query = ''): Promise<Response> {
  return request(`/api/portfolios/${id}/imports${query}`, {
    method: 'POST',
    body: csv,
    headers: { 'content-type': 'text/csv' },
  })
}

/**
 * Waits until the portfolio's refresh has ended, through the real local queue, and everything with it: the refresh is
 * called done before its snapshot is made and copied, and another message may still bring what it has to say.
 */
export async function settled(
  id: string,
): Promise<{ generation: number; status: string; failed: unknown[]; total: number }> {
  await nothingBehind(id)
  return json(`/api/portfolios/${id}/refreshes/latest`)
}

/** Tells the market how to fail from here on; null: not at all. */
export async function setFault(fault: Fault | null): Promise<void> {
  // the tests' own entry has a gateway that can be told (test/worker/index.ts)
  const gateways = env.MARKET_GATEWAY as unknown as DurableObjectNamespace<MarketGateway>
  await gateways.getByName('market').setFault(fault)
}

/** Upstream attempts so far, by endpoint. */
export async function upstreamCalls(): Promise<Record<string, number>> {
  const { calls } = await env.MARKET_GATEWAY.getByName('market').status()
  const byEndpoint: Record<string, number> = {}
  for (const { endpoint, count } of calls) byEndpoint[endpoint] = (byEndpoint[endpoint] ?? 0) + count
  return byEndpoint
}
