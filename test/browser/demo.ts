import { priced } from './priced.ts'
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
  await priced(server, id)
  return id
}
