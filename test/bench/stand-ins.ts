import { database } from '../../src/storage/database.ts'
import { visitorBy } from '../../src/storage/visitors.ts'
import { hashOf } from '../../src/web/access/secret.ts'
import { type Beside, builtModules, cookieOf, type OwnOptions } from './responses.ts'

/** What a bare Worker asks of the local platform, in place of the app: nothing, or what its pages ask again and again. */
export const asked = ['nothing', 'visitor'] as const
export type Asked = (typeof asked)[number]

/** Ours, with desks that do nothing: what its clock and its queue take is what it takes to hand over. */
export const HANDING_OVER = 'handing over'

/**
 * Two Workers beside ours that tell what of an invocation's CPU is not its own: one that asks D1's stand-in what a page of
 * a portfolio asks, and does nothing with it; and ours once more, which hands over to nobody.
 */
export async function beside(port: number, portfolio: string): Promise<(own: OwnOptions) => Beside[]> {
  const visitor = await visitorQuery(portfolio)
  return (own) => {
    const { compatibilityDate, d1Databases } = own
    const bare = {
      name: 'bare',
      compatibilityDate,
      d1Databases,
      durableObjects: { NOTHING: { className: 'Nothing', useSQLite: true } },
      modules: [{ type: 'ESModule', path: 'bare.js', contents: bareSource(visitor) }],
      unsafeDirectSockets: [{ host: '127.0.0.1', port }],
    }
    const { queueConsumers: _once, assets: _none, ...rest } = own
    const desk = { className: 'Nothing', scriptName: 'bare', useSQLite: true }
    const handing = {
      ...rest,
      name: HANDING_OVER,
      bindings: { MARKET: 'demo' },
      durableObjects: { ...(own.durableObjects as object), PRICE_DESK: desk },
      modules: builtModules(),
    }
    return [bare, handing] as unknown as Beside[]
  }
}

type Query = { text: string; values: unknown[] }

/** The query that says who asks and what role they have in the portfolio. */
async function visitorQuery(portfolioId: string): Promise<Query> {
  let query: Query | null = null
  const answer = async () => ({ results: [], meta: {} })
  const bind = (text: string, values: unknown[]) => {
    query = { text, values }
    return { all: answer, run: answer }
  }
  const d1 = { prepare: (text: string) => ({ bind: (...values: unknown[]) => bind(text, values) }) }
  const hash = await hashOf(cookieOf('owner').split('=')[1]!)
  await visitorBy(database(d1 as unknown as D1Database), 'session', { hash, portfolioId, now: Date.now() })
  return query!
}

const bareSource = (visitor: Query) => `
import { DurableObject } from 'cloudflare:workers'

export class Nothing extends DurableObject {
  tick() {}
  carryOut() {
    return { retryAfter: null, reason: '' }
  }
}

const { text, values } = ${JSON.stringify(visitor)}
const asked = {
  nothing: () => {},
  visitor: ({ DB }) => DB.prepare(text).bind(...values).all(),
}

export default {
  async fetch({ url }, env) {
    await asked[new URL(url).pathname.slice(1)](env)
    return new Response('ok')
  },
}
`
