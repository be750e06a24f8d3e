import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Refused } from '../coordinator/look.ts'
import { handOver, isHandOverDue } from '../jobs/counters.ts'
import { cause, log } from '../jobs/log.ts'
import { accessDoor } from './access/access-door.ts'
import { assertGuarded, gate, routeOf } from './access/gate.tsx'
import { missing } from './access/portfolio-scope.tsx'
import { loopbackHost } from './access/loopback-host.ts'
import { requestLimits } from './access/request-limits.ts'
import { sameOrigin } from './access/same-origin.ts'
import { visitorOf } from './access/visitor.ts'
import { isOlderDatabase } from '../storage/database.ts'
import { spend } from '../storage/usage.ts'
import { faultOfQuery } from './api/asked.ts'
import { isOwnRequest } from './mcp/own-api.ts'
import { refusedLook } from './refused-look.tsx'
import { RememberedRoutes } from './remembered-routes.ts'
import { renderPage } from './render-page.tsx'
import { problem } from './problem.ts'
import { answersJson, refusal } from './refusal.tsx'
import type { AppContext, AppEnv } from './request.ts'
import { account } from './routes/account.tsx'
import { activity } from './routes/activity.tsx'
import { apiReference } from './routes/api-reference.tsx'
import { cashFlows } from './routes/cash-flows.tsx'
import { dashboard } from './routes/dashboard.tsx'
import { dashboardApi } from './routes/dashboard-api.ts'
import { dividends } from './routes/dividends.tsx'
import { actionProposals } from './routes/action-proposals.tsx'
import { actionProposalsApi } from './routes/action-proposals-api.ts'
import { dividendsApi } from './routes/dividends-api.ts'
import { everything } from './routes/everything.ts'
import { exports } from './routes/exports.ts'
import { decisions } from './routes/decisions.tsx'
import { compare } from './routes/compare.tsx'
import { feeds } from './routes/feeds.ts'
import { gap } from './routes/gap.tsx'
import { targets } from './routes/targets.tsx'
import { alerts } from './routes/alerts.tsx'
import { alertsApi } from './routes/alerts-api.ts'
import { brokers } from './routes/brokers.tsx'
import { brokersApi } from './routes/brokers-api.ts'
import { imports } from './routes/imports.tsx'
import { importsApi } from './routes/imports-api.ts'
import { instruments } from './routes/instruments.tsx'
import { ownPricesApi } from './routes/own-prices-api.ts'
import { invitations } from './routes/invitations.tsx'
import { live } from './routes/live.ts'
import { mcp } from './routes/mcp.ts'
import { notices } from './routes/notices.tsx'
import { noticesApi } from './routes/notices-api.ts'
import { passkeys } from './routes/passkeys.ts'
import { people } from './routes/people.tsx'
import { peopleApi } from './routes/people-api.ts'
import { portfolios } from './routes/portfolios.tsx'
import { groups } from './routes/groups.tsx'
import { groupsApi } from './routes/groups-api.ts'
import { portfoliosApi } from './routes/portfolios-api.ts'
import { preferences } from './routes/preferences.ts'
import { recovery } from './routes/recovery.tsx'
import { refreshes } from './routes/refreshes.ts'
import { refreshesApi } from './routes/refreshes-api.ts'
import { risk } from './routes/risk.tsx'
import { securities } from './routes/securities.tsx'
import { settings } from './routes/settings.tsx'
import { setup } from './routes/setup.tsx'
import { shared } from './routes/shared.tsx'
import { shareLinks } from './routes/share-links.tsx'
import { shareLinksApi } from './routes/share-links-api.ts'
import { signIn } from './routes/sign-in.tsx'
import { status } from './routes/status.tsx'
import { tokens } from './routes/tokens.tsx'
import { tokensApi } from './routes/tokens-api.ts'
import { transactions } from './routes/transactions.tsx'
import { transactionsApi } from './routes/transactions-api.ts'
import { serverTiming } from './server-timing.ts'
import { Problem } from './views/problem.tsx'
import { english } from './words/words.ts'

export const app = new Hono<AppEnv>({ router: new RememberedRoutes() })

// counts are saved with the requests that query D1 in any case: those that write, and the live channel's; and now and
// then with others, where all that is asked for are pages
app.use(async (c, next) => {
  if (!isOwnRequest(c.req.raw)) spend('requests')
  await next()
  const isRead = (c.req.method === 'GET' || c.req.method === 'HEAD') && c.res.status !== 101
  if (!isRead || isHandOverDue(Date.now())) c.executionCtx.waitUntil(handOver(c.env.DB, Date.now()))
})
app.use(serverTiming)

// whoever has the address of a share link may look: it is told to no other site, to no search engine and to no cache
for (const address of ['/s/*', '/feeds/*'])
  app.use(address, async (c, next) => {
    await next()
    c.header('referrer-policy', 'no-referrer')
    c.header('x-robots-tag', 'noindex')
    // a program may keep a feed for as long as the feed says
    if (!c.res.headers.get('cache-control')?.includes('max-age'))
      c.header('cache-control', 'private, no-store')
    // the picture of a feed is there to be shown on other pages
    if (c.res.headers.get('content-type')?.startsWith('image/svg'))
      c.header('cross-origin-resource-policy', 'cross-origin')
  })
app.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // with no-referrer a browser would hide even from us where our own forms come from
    referrerPolicy: 'same-origin',
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  }),
)
// pages are private: no cache but the reader's own may keep one, and that one asks before it shows it again
app.use(async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control') && c.res.status !== 101)
    c.header('cache-control', 'private, no-cache')
})
app.use(loopbackHost)
// what is refused by where it came from is not read: a body without a length is, before it is let through
app.use(sameOrigin)
app.use(requestLimits)
app.use(etag())
app.use(accessDoor)
app.use(gate)
// what is asked of the API by a misspelled name would have been answered as if it had not been
app.use('/api/*', async (c, next) => {
  const route = routeOf(c)
  const fault = route && faultOfQuery(route, new URL(c.req.url).searchParams)
  return fault ? problem(c, 400, fault) : next()
})

// the pages and their fragments
app.route('/', portfolios)
app.route('/', dashboard)
app.route('/', transactions)
app.route('/', dividends)
app.route('/', cashFlows)
app.route('/', compare)
app.route('/', gap)
app.route('/', decisions)
app.route('/', risk)
app.route('/', targets)
app.route('/', instruments)
app.route('/', ownPricesApi)
app.route('/', imports)
app.route('/', brokers)
app.route('/', alerts)
app.route('/', activity)
app.route('/', settings)
app.route('/', exports)
app.route('/', securities)
app.route('/', refreshes)
app.route('/', live)
app.route('/', status)
app.route('/', preferences)
app.route('/', setup)
app.route('/', signIn)
app.route('/', passkeys)
app.route('/', recovery)
app.route('/', account)
app.route('/', notices)
app.route('/', people)
app.route('/', shareLinks)
app.route('/', invitations)
app.route('/', tokens)
app.route('/', shared)
app.route('/', feeds)
app.route('/', everything)
app.route('/', apiReference)

// the JSON API
app.route('/', portfoliosApi)
app.route('/', groups)
app.route('/', groupsApi)
app.route('/', importsApi)
app.route('/', brokersApi)
app.route('/', alertsApi)
app.route('/', transactionsApi)
app.route('/', dividendsApi)
app.route('/', actionProposals)
app.route('/', actionProposalsApi)
app.route('/', refreshesApi)
app.route('/', dashboardApi)
app.route('/', peopleApi)
app.route('/', shareLinksApi)
app.route('/', tokensApi)
app.route('/', noticesApi)

// what an assistant is told is what the JSON API answers
app.route(
  '/',
  mcp((request, c) => app.fetch(request, c.env, c.executionCtx)),
)

assertGuarded(app)

app.notFound(async (c) => {
  const allowed = methodsAt(c)
  if (allowed.length > 0) {
    c.header('allow', allowed.join(', '))
    return refusal(
      c,
      405,
      english('This address takes {methods}, not {method}.', {
        methods: allowed.join(', '),
        method: c.req.method,
      }),
    )
  }
  if (answersJson(c)) return problem(c, 404, 'There is nothing at this address.')
  // a page that says that something is missing must not fail itself
  const list = (await visitorOf(c).catch(() => null))?.list ?? []
  const detail = english('The page may have moved, or the portfolio was deleted.')
  const page = <Problem status={404} title={english('Page not found')} detail={detail} portfolios={list} />
  return renderPage(c, 404, english('Page not found'), page, { list })
})

app.onError((error, c) => {
  // errors that hono itself throws (csrf) have their response in them; `found` throws some without
  if (error instanceof HTTPException) {
    if (error.res) return error.getResponse()
    if (error.status !== 400) return missing(c)
    return error.cause ? refusedLook(c, error.cause as Refused) : refusal(c, 400, error.message)
  }
  const request = requestId(c)
  c.header('x-request-id', request)
  log('error', { request, path: withoutSecret(new URL(c.req.url).pathname), error: cause(error) })
  if (isOlderDatabase(error))
    return refusal(
      c,
      503,
      english(
        'The database is older than this version of Yardstick, and nothing in it is lost. Whoever runs Yardstick updates it: `npm run deploy` on Cloudflare, `npm start` on your own machine.',
      ),
    )
  return refusal(
    c,
    500,
    english(
      'Nothing you entered is lost. Try again; if it keeps happening, the log has the cause at request {request}.',
      { request },
    ),
  )
})

/** The addresses of an invitation, a share link and a feed have a secret in them. */
function withoutSecret(path: string): string {
  return path.replace(/^(\/invitations|\/s|\/feeds)\/[^/]*/, '$1/…')
}

/** The name of a request in the log: Cloudflare's, that of whoever sent it, or a new one. */
function requestId(c: AppContext): string {
  const named = [c.req.header('cf-ray'), c.req.header('x-request-id')]
  return named.find((id) => id !== undefined && /^[\w-]{1,64}$/.test(id)) ?? crypto.randomUUID()
}

/** The methods that the address has routes for, when it has none for the method that was asked. */
function methodsAt(c: AppContext): string[] {
  const requested = c.req.method === 'HEAD' ? 'GET' : c.req.method
  const takes = (method: string) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method)
  if (takes(requested)) return []
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(takes)
}
