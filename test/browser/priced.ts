import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './signed-in.ts'

/** Waits until a portfolio has the prices that were asked for, and readers have the snapshot with them. */
export async function priced(server: Pick<Server, 'fetch'>, id: string): Promise<void> {
  const until = Date.now() + 90_000
  const status = async () => {
    const latest = await server.fetch(`/api/portfolios/${id}/refreshes/latest`)
    return ((await latest.json()) as { status: string }).status
  }
  for (let now = await status(); now !== 'done'; now = await status()) {
    if (Date.now() > until) throw new Error(`the prices of ${id} are ${now}`)
    await sleep(50)
  }
  // whoever has seen more than there is is answered by the portfolio's object, behind the snapshot that it is still making
  const newest = `/api/dashboard-initial-data?portfolio_id=${id}&revision=${Number.MAX_SAFE_INTEGER}`
  await (await server.fetch(newest)).arrayBuffer()
}
