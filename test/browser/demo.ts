import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { createTestHarness } from 'wrangler'

/** The demo portfolio in an empty database, its prices fetched. Answers its id. */
export async function demoPortfolio(
  server: Pick<ReturnType<typeof createTestHarness>, 'fetch'>,
  { origin }: URL,
): Promise<string> {
  const post = async (path: string, type: string, body: string) =>
    (await (
      await server.fetch(path, { method: 'POST', body, headers: { origin, 'content-type': type } })
    ).json()) as { id: string }
  const { id } = await post('/api/portfolios', 'application/json', JSON.stringify({ name: 'Demo portfolio' }))
  const csv = readFileSync(join(import.meta.dirname, '../../src/local/demo.csv'), 'utf8')
  await post(`/api/portfolios/${id}/imports`, 'text/csv', csv)
  for (let tries = 0; tries < 150; tries++) {
    const latest = await server.fetch(`/api/portfolios/${id}/refreshes/latest`)
    if (((await latest.json()) as { status: string }).status === 'done') return id
    await sleep(200)
  }
  throw new Error('the demo portfolio never got its prices')
}
