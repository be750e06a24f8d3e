import type { Refused } from '../coordinator/look.ts'
import { findSecurities } from '../jobs/find-securities.ts'
import { suggestedBenchmarks } from '../portfolio/benchmark-suggestions.ts'
import { securityQuery } from '../statements/security-query.ts'
import { database } from '../storage/database.ts'
import { knownVisitor } from './access/visitor.ts'
import { problem } from './problem.ts'
import { answersJson, refusal } from './refusal.tsx'
import { renderPage } from './render-page.tsx'
import { type AppContext, isInPlace } from './request.ts'
import { type OtherLook, RefusedLook } from './views/refused-look.tsx'
import { english } from './words/words.ts'

/** Seconds after which prices that are on their way may be there. */
const AGAIN = 3

/** So many others are offered for a symbol that is not known. */
const MOST = 8

/**
 * Responds to a look that cannot be shown. While its prices are on their way a page says so and asks for itself again, with
 * and without script, and a program is told when to. For a symbol that the source does not know it offers others.
 */
export async function refusedLook(c: AppContext, refused: Refused): Promise<Response> {
  const { awaits, unknown, refused: detail } = refused
  const isPart = answersJson(c) || isInPlace(c)
  if (awaits) c.header(isPart ? 'Retry-After' : 'Refresh', String(AGAIN))
  if (isPart) return awaits ? problem(c, 503, detail) : refusal(c, 400, detail)
  if (c.req.param('id') === undefined) return refusal(c, 400, detail)
  const list = (await knownVisitor(c))?.list ?? []
  const portfolio = c.req.param('id') ?? ''
  const others = unknown === undefined ? [] : await othersFor(c, unknown)
  const title = awaits
    ? english('Prices on their way')
    : unknown === undefined
      ? english('That cannot be shown')
      : english('No prices of {symbol}', { symbol: unknown })
  const content = (
    <RefusedLook
      title={title}
      detail={detail}
      portfolio={portfolio}
      others={others}
      again={awaits && again(c)}
    />
  )
  return renderPage(c, awaits ? 202 : 400, title, content, { list, current: portfolio })
}

function again(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

/** The same address with what may have been meant. */
async function othersFor(c: AppContext, unknown: string): Promise<OtherLook[]> {
  const { securities } = await findSecurities(c.env, database(c.env.DB), securityQuery(unknown), Date.now())
  const found = [
    ...suggestedBenchmarks(unknown).map(({ spelling, name }) => ({ spelling, name })),
    ...securities.map(({ symbol, name }) => ({ spelling: symbol, name })),
  ]
  return found
    .filter(({ spelling }) => spelling !== unknown)
    .slice(0, MOST)
    .map(({ spelling, name }) => {
      const { pathname, searchParams } = new URL(c.req.url)
      for (const named of ['vs', 'benchmark', 'what_if'])
        for (const value of searchParams.getAll(named))
          if (value.toUpperCase().includes(unknown))
            searchParams.set(
              named,
              value.toUpperCase() === unknown ? spelling : withOther(value, unknown, spelling),
            )
      return { href: `${pathname}?${searchParams.toString()}`, name, spelling }
    })
}

function withOther(typed: string, unknown: string, other: string): string {
  const words = typed.split(' ')
  return words.map((word) => (word.toUpperCase() === unknown ? other : word)).join(' ')
}
