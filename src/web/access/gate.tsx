import type { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { roles, type Visitor } from '../../storage/visitors.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { refuseWrite } from './allowance.ts'
import { scopes } from './portfolio-scope.tsx'
import { type Need, routeName, routeTable } from './route-table.ts'
import { isOpen, refuseStranger, refuseToken, unclaimed } from './stranger.tsx'
import { visitorOf } from './visitor.ts'
import { english } from '../words/words.ts'

/**
 * Lets a request through to a route only with what the route table says that it needs. What needs a role in a portfolio is
 * checked by the route's scope, which reads the portfolio at the same time (portfolio-scope.tsx).
 */
export const gate = createMiddleware<AppEnv>(async (c, next) => {
  const need = needOf(c)
  if (need === 'always' || isScoped(need)) return next()
  if (need === 'public' || need === null) {
    return (await isOpen(c)) ? next() : unclaimed(c)
  }
  const visitor = await visitorOf(c)
  if (!visitor) return refuseStranger(c)
  if (need === 'token')
    return visitor.by === 'token'
      ? next()
      : refusal(c, 403, english('This address is for programs. Send an API token, and no session beside it.'))
  const refused =
    refuseToken(c, visitor) ?? refuseAccount(c, need, visitor) ?? (await refuseWrite(c, visitor.account))
  return refused ?? next()
})

function refuseAccount(c: AppContext, need: Need, { by, isAdmin }: Visitor) {
  if (need === 'session' && by === 'token')
    return refusal(c, 403, english('An API token cannot do this. Sign in with a browser.'))
  if (need === 'admin' && !isAdmin)
    return refusal(c, 403, english('Only the person who runs this Yardstick can do this.'))
  return null
}

/** What the route of a request needs; null where the app has no route. */
export function needOf(c: AppContext): Need | null {
  const route = routeOf(c)
  return route === null ? null : routeTable[route]!
}

/** The name of a request's route in the route table; null where the app has none. */
export function routeOf(c: AppContext): string | null {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')
  return route ? routeName(route.method, route.path) : null
}

/** Whoever needs a role, or owns a group, is found by the route's scope. */
function isScoped(need: Need | null): boolean {
  return need === 'group' || (roles as readonly (string | null)[]).includes(need)
}

/** Ends the start of an app with a route that the table does not have, or that no scope guards though it needs a role. */
export function assertGuarded({ routes }: Pick<Hono<AppEnv>, 'routes'>): void {
  const own = routes.filter(({ method }) => method !== 'ALL')
  const names = new Set(own.map(({ method, path }) => routeName(method, path)))
  const guarded = new Set(
    own.filter(({ handler }) => scopes.has(handler)).map(({ method, path }) => routeName(method, path)),
  )
  const wrong = [
    ...[...names].filter((name) => !Object.hasOwn(routeTable, name)),
    ...Object.keys(routeTable).filter((name) => !names.has(name)),
    ...[...names].filter((name) => isScoped(routeTable[name] ?? null) !== guarded.has(name)),
  ]
  if (wrong.length > 0) throw new Error(`the route table and the routes differ: ${wrong.join(', ')}`)
}
