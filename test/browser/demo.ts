import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './signed-in.ts'

/** The demo portfolio in an empty database, its prices fetched. Answers its id. */
export async function demoPortfolio(server: Pick<Server, 'fetch'>, { origin }: URL): Promise<string> {
  const made = await server.fetch('/portfolios/demo', {
    method: 'POST',
    body: new URLSearchParams(),
    headers: { origin },
    redirect: 'manual',
  })
  const id = made.headers.get('location')!.split('/')[2]!
  for (let tries = 0; tries < 150; tries++) {
    const latest = await server.fetch(`/api/portfolios/${id}/refreshes/latest`)
    if (((await latest.json()) as { status: string }).status === 'done') return id
    await sleep(200)
  }
  throw new Error('the demo portfolio never got its prices')
}
