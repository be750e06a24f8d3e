import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { coordinator } from '../../jobs/durable-objects.ts'
import type { Refused } from '../../coordinator/look.ts'
import type { Day } from '../../portfolio/day.ts'
import type { Look, Snapshot } from '../../snapshot/snapshot.ts'
import { keptLinks, keptOf } from '../kept-links.ts'
import { readLook } from '../look.ts'
import { readPastDay, withoutPast } from '../past-day.ts'
import { hasAlready, pastValidator } from '../past-validator.ts'
import { type Reading, type Source, sources } from '../portfolio-reader.ts'
import { problem } from '../problem.ts'
import { answersJson, refusal } from '../refusal.tsx'
import { refusedLook } from '../refused-look.tsx'
import { type AppContext, isPortfolioId } from '../request.ts'

import type { Portfolio } from '../../storage/portfolios.ts'
import type { Role } from '../../storage/visitors.ts'
import { allPortfolios } from './all-portfolios.ts'
import { refuseWrite } from './allowance.ts'
import { suffices } from './role.ts'
import { routeName, routeTable } from './route-table.ts'
import { refuseStranger, refuseToken } from './stranger.tsx'
import { visitorOf } from './visitor.ts'
import { english } from '../words/words.ts'

/** What `c.var` holds for a route about a portfolio, besides what the route reads of it. */
export type Scope = {
  actor: string
  role: Role
  coordinator: ReturnType<typeof coordinator>
  /** The past day of which everything is read; null for now. */
  asOf: Day | null
  /** What is looked at beside what is saved; null for nothing. */
  look: Look | null
  /** When the snapshot that D1 has was made; null for none. */
  computedAt: number | null
}
/** Who asks an object, which, of what day, and with what beside it. */
export type Asking = Pick<Scope, 'actor' | 'coordinator' | 'asOf' | 'look'>
type Scoped<Read> = { Bindings: Env; Variables: Scope & Read }

/** The fields of all members of a union. Each may be absent, since the value may be another member. */
type EitherOf<U> = { [K in U extends unknown ? keyof U : never]?: U extends Record<K, infer V> ? V : never }

/** The context of a route that reads from that source. */
export type ScopedContext<S extends Source> = Context<Scoped<Reading[S]>>

/**
 * Finds the portfolio that the address names, checks that the visitor has the role in it that the route table asks for,
 * and reads what the route works with. Routes reach a portfolio only through this. Who may read it is asked of D1,
 * while KV is read. The response is the same 404 whether the portfolio does not exist, was deleted or belongs to
 * somebody else, and no Durable Object is created for it. With `as_of` everything is read as of that day, and the links
 * of a page keep it. When the source depends on the query, what is read from each may be absent.
 */
export function scope<S extends Source>(source: S): MiddlewareHandler<Scoped<Reading[S]>>
export function scope<S extends Source>(
  source: (c: AppContext) => S,
): MiddlewareHandler<Scoped<EitherOf<Reading[S]>>>
export function scope(source: Source | ((c: AppContext) => Source)): MiddlewareHandler<Scoped<object>> {
  const guard: MiddlewareHandler<Scoped<object>> = async (c, next) => {
    const named = c.req.param('id') ?? c.req.query('portfolio_id') ?? ''
    const id = named === 'all' ? await allPortfolios(c) : named
    if (id === null) return (await visitorOf(c)) ? missing(c) : refuseStranger(c)
    // the query that follows is about the group
    if (named === 'all') c.set('visitor' as keyof Scope, undefined as never)
    // the links of a page name what it is about
    if (named === 'all' && c.req.path.startsWith('/portfolios/all'))
      return c.redirect(c.req.url.replace('/portfolios/all', `/portfolios/${id}`))
    const find = sources[typeof source === 'string' ? source : source(c)]
    const [visitor, read] = await Promise.all([visitorOf(c, id), isPortfolioId(id) ? find(c, id) : null])
    if (!visitor) return refuseStranger(c)
    const { role } = visitor
    if (!role || !read) return missing(c)
    const needed = routeTable[routeName(c.req.method === 'HEAD' ? 'GET' : c.req.method, routePath(c))] as
      | Role
      | 'group'
    const refused = refuseToken(c, visitor)
    if (refused) return refused
    const isGroup = visitor.kind !== null
    if (needed === 'group' && !isGroup) return missing(c)
    if (needed !== 'group' && isGroup && !readsOnly(c, needed)) return refusal(c, 403, groupRefusal)
    if (needed !== 'group' && !suffices(role, needed)) return forbidden(c, needed)
    const tooOften = await refuseWrite(c, visitor.account, id)
    if (tooOften) return tooOften
    const asked = readPastDay(c)
    if ('fault' in asked) return refusal(c, 400, asked.fault)
    const { day: asOf } = asked
    const elsewhere = asOf === null ? null : withoutPast(c, id, asOf)
    if (elsewhere) return elsewhere
    const looking = readLook(c)
    if ('fault' in looking) return refusedLook(c, { refused: looking.fault })
    const { look } = looking
    const validator = look === null ? await pastValidator(c, id, visitor, asOf) : null
    if (validator !== null && hasAlready(c, validator)) return c.body(null, 304, { etag: validator })
    const found = await read(visitor)
    if (!found) return missing(c)
    if ('refused' in found) return refusedLook(c, found)
    const variables = {
      actor: visitor.account,
      role,
      coordinator: coordinator(c.env, id),
      asOf,
      look,
      computedAt: visitor.computedAt,
      ...found,
    }
    for (const [name, value] of Object.entries(variables)) c.set(name as keyof Scope, value as never)
    await next()
    const kept = keptOf(asOf, shownLook(found, look))
    if (kept && c.res.headers.get('content-type')?.startsWith('text/html')) c.res = keptLinks(kept, id, c.res)
    const isKept = validator !== null && c.res.status === 200 && !c.res.headers.has('content-disposition')
    if (isKept) c.header('etag', validator)
    return
  }
  scopes.add(guard)
  return guard
}

/** What the links of a page keep: one of the portfolio's own benchmarks is in them already. */
function shownLook(found: object, look: Look | null): Look | null {
  if ('snapshot' in found) return (found.snapshot as Snapshot).look ?? null
  const own = 'portfolio' in found ? (found.portfolio as Portfolio).benchmarks : []
  return look?.vs != null && !own.includes(look.vs) ? look : null
}

/** A group is changed by its own routes, and has all of a portfolio's that only read, or tell whoever asks. */
function readsOnly(c: AppContext, needed: Role): boolean {
  return needed === 'viewer' && (c.req.method !== 'POST' || /\/(refreshes$|alerts\b)/.test(routePath(c)))
}

const groupRefusal = english(
  'This is a group: its transactions are those of its portfolios. Make the change in one of them.',
)

/** Every scope that a route has, for the check that those which need one have it. */
export const scopes = new WeakSet<object>()

/**
 * Returns the coordinator's answer. It is null only when the portfolio was deleted after the scope had found it, and refused
 * where what was asked for a look cannot be shown.
 */
export function found<T extends object | string>(answer: T | Refused | null): Exclude<T, Refused> {
  if (answer === null) throw new HTTPException(404)
  if (typeof answer === 'object' && 'refused' in answer)
    throw new HTTPException(400, { message: answer.refused, cause: answer })
  return answer as Exclude<T, Refused>
}

/** Responds that the portfolio does not exist, whether it does or not. */
export function missing(c: AppContext): Response | Promise<Response> {
  return answersJson(c) ? problem(c, 404, 'There is no such portfolio.') : c.notFound()
}

const refusals: Record<Exclude<Role, 'viewer'>, string> = {
  editor: english('You can view this portfolio, but you cannot change it.'),
  owner: english('Only the owner of this portfolio can do this.'),
}

function forbidden(c: AppContext, needed: Role): Response | Promise<Response> {
  return refusal(c, 403, refusals[needed === 'owner' ? needed : 'editor'])
}
