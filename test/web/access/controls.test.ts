import { beforeAll, expect, it } from 'vitest'
import { type Need, routeTable } from '../../../src/web/access/route-table.ts'
import { anotherAccount } from '../../worker/account.ts'
import { asStranger, json, newPortfolio, send } from '../../worker/app.ts'
import { invested } from '../../worker/invested.ts'
import { page, post } from '../page.ts'

// A page leads nobody to a refusal: each link and each form of every page is looked up in the route table. The pages are
// found by following the links.

let id: string
let empty: string
const members: Record<string, { cookie: string }> = {}

/** Dividends to record, a sale, and a split in 2022: as few years as that takes, of which each page is made. */
const trades = `Ticker,Date,Type,Shares,Price,Amount
TSLA,2022-01-03,Buy,14.245014,$193.38,
QQQ,2022-02-03,Buy,10,$505.40,
AAPL,2022-03-02,Buy,20,$338.60,
QQQ,2022-03-21,Dividend,,,$1.20
QQQ,2022-06-01,Sell,4,$442.70,
`

/** What a member of a portfolio who does not run the instance may reach. */
const granted: Record<string, readonly Need[]> = {
  // a group is whoever's who sees it
  viewer: ['always', 'public', 'account', 'session', 'group', 'viewer'],
  editor: ['always', 'public', 'account', 'session', 'group', 'viewer', 'editor'],
}

beforeAll(async () => {
  // everything that has a control: unrecorded and dismissed dividends, splits, own prices, a review, imports, a deleted row
  id = await invested(trades, { dividends: 'recorded' })
  empty = await newPortfolio({ name: 'Empty' })
  const path = `/portfolios/${id}`
  const { proposals } = await json(`/api${path}/dividend-proposals`)
  const [first] = proposals as { symbol: string; ex_date: string }[]
  await post(`${path}/dividends/dismissed`, { dividend: `${first!.symbol}@${first!.ex_date}` })
  await post(`${path}/cash-flows`, { type: 'deposit', date: '2022-01-03', amount: '10' })
  await post(`${path}/instruments/GONE/own-prices`, { prices: '2022-01-03 5' })
  await send(`/api${path}/transactions`, {
    type: 'buy',
    symbol: 'MINE',
    date: '2022-01-03',
    shares: '1',
    price: '5',
    review: '2022-02-03',
  })
  await post(`${path}/instruments/MINE/own-prices`, { prices: '2022-02-03 6' })
  await post(`${path}/instruments/TSLA/rulings`, { ruling: 'no_split', day: '2022-08-25' })
  for (const role of Object.keys(granted)) {
    members[role] = await anotherAccount(role)
    for (const portfolio of [id, empty]) {
      const answer = await post(`/portfolios/${portfolio}/people/invitations`, { role, note: '' })
      const [, invitation] = /value="https:\/\/yardstick\.test(\/invitations\/[\w-]{43})"/.exec(
        await answer.text(),
      )!
      await asStranger(invitation!, { headers: members[role], method: 'POST', body: new URLSearchParams() })
    }
  }
})

type Way = { method: string; path: string }

/** A file of static/, which is answered before the Worker is asked. */
const isFile = /^\/(assets\/|favicon|manifest\.|icons\/|apple-touch|openapi\.json$)/

/** Where a page leads: the addresses of its links, forms and regions. */
function waysOf(html: string): Way[] {
  const text = html.replaceAll('&amp;', '&')
  const forms = [...text.matchAll(/<form\b[^>]*>/g)].map(([tag]) => ({
    method: /method="post"/.test(tag) ? 'POST' : 'GET',
    path: /\baction="([^"]*)"/.exec(tag)?.[1] ?? '',
  }))
  const address = /\b(href|hx-get|hx-post|hx-put|hx-patch|hx-delete|data-region|formaction)="(\/[^"]*)"/g
  const links = [...text.matchAll(address)].map(([, name, path]) => ({
    // no form here is sent as GET by another button
    method:
      name === 'formaction'
        ? 'POST'
        : (/^hx-(post|put|patch|delete)$/.exec(name!)?.[1]?.toUpperCase() ?? 'GET'),
    path: path!,
  }))
  return [...forms, ...links].filter(({ path }) => path.startsWith('/') && !isFile.test(path))
}

const routes = Object.entries(routeTable).map(([name, need]) => {
  const [method, path] = name.split(' ') as [string, string]
  const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
  return {
    name,
    method,
    need,
    pattern,
    words: path.split('/').filter((part) => !part.startsWith(':')).length,
  }
})

const found = new Map<string, (typeof routes)[number] | undefined>()

/** The route that answers, of several the one that names most of the path. Most pages lead to the same. */
function routeOf({ method, path }: Way) {
  const way = `${method} ${path}`
  if (!found.has(way)) {
    const { pathname } = new URL(path, 'https://yardstick.test')
    const answering = routes.filter((route) => route.method === method && route.pattern.test(pathname))
    found.set(way, answering.toSorted((a, b) => b.words - a.words)[0])
  }
  return found.get(way)
}

const walks = new Map<string, ReturnType<typeof walked>>()

/** The walk of a role, made once. */
function walk(role: string): ReturnType<typeof walked> {
  const made = walks.get(role) ?? walked(role)
  walks.set(role, made)
  return made
}

/** So many pages are read of one route with one kind of query: there is one for each row of the ledger. */
const OF_A_KIND = 6

/** Each part of a query alone and beside each other one: all of them together lead nowhere else, and are most of the pages. */
const BESIDE_EACH_OTHER = 2

/** Reads the pages that links lead to, and returns what each leads to. */
async function walked(role: string): Promise<{ pages: string[]; ways: (Way & { on: string })[] }> {
  // grows while it is walked
  const addresses = new Set([`/portfolios/${id}`, `/portfolios/${empty}`, '/', '/account'])
  const read = new Map<string, Set<string>>()
  const [pages, ways]: [string[], (Way & { on: string })[]] = [[], []]
  for (const path of addresses) {
    const { pathname, searchParams } = new URL(path, 'https://yardstick.test')
    if (/\.(csv|json|svg)$|\/export\b|\/live$/.test(pathname)) continue
    if (searchParams.size > BESIDE_EACH_OTHER) continue
    const kind = `${routeOf({ method: 'GET', path })?.name} ${[...searchParams.keys()].toSorted().join()}`
    const alike = read.get(kind) ?? new Set()
    read.set(kind, alike)
    if (alike.has(pathname) || alike.size === OF_A_KIND) continue
    alike.add(pathname)
    const answer = await asStranger(path, { headers: members[role]! })
    const html = await answer.text()
    if (answer.status === 302 || answer.status === 303) continue
    expect([path, answer.status]).toEqual([path, 200])
    pages.push(pathname)
    for (const way of waysOf(html)) {
      ways.push({ ...way, on: path })
      if (way.method === 'GET') addresses.add(way.path.replace(/#.*/, ''))
    }
  }
  return { pages, ways }
}

it.each(Object.keys(granted))('%s: no page leads to what the server refuses', async (role) => {
  const { pages, ways } = await walk(role)
  const found = ways.map((way) => ({ ...way, route: routeOf(way) }))
  // what is no route is a file
  const unknown = found.filter(({ route, path }) => !route && !['/', '/openapi.json'].includes(path))
  expect(unknown).toEqual([])
  const refused = found
    .filter(({ route }) => route && !granted[role]!.includes(route.need))
    .map(({ on, route }) => `${on} → ${route!.name}`)
  expect([...new Set(refused)]).toEqual([])
  // the walk has been everywhere
  for (const part of [
    '',
    '/transactions',
    '/dividends',
    '/cash-flows',
    '/gap',
    '/decisions',
    '/risk',
    '/targets',
    '/activity',
    '/settings',
    '/instruments/TSLA',
  ])
    expect(pages).toContain(`/portfolios/${id}${part}`)
})

it('an editor has the ways that a viewer lacks, so that the walk would have met them', async () => {
  const names = namesOf((await walk('editor')).ways)
  const changes = Object.entries(routeTable).filter(
    ([name, need]) => need === 'editor' && name.startsWith('POST /portfolios/:id/'),
  )
  // one stands where a corporate action is proposed, two on pages that only an edit leads to, one where
  // dividends count by themselves, and two where a broker is connected (test/web/brokers.test.ts)
  expect(changes.map(([name]) => name).filter((name) => !names.has(name))).toEqual([
    'POST /portfolios/:id/instruments/:symbol/proposals',
    'POST /portfolios/:id/transactions/:tx/restore',
    'POST /portfolios/:id/dividends/dismissed',
    'POST /portfolios/:id/dividends/undo',
    'POST /portfolios/:id/brokers/:broker/fetch',
    'POST /portfolios/:id/brokers/statements/:statement/settle',
  ])
  await post(`/portfolios/${id}/dividends/counting`, { dividends: 'automatic' })
  const dividendsFor = async (role: string) =>
    namesOf(
      waysOf(await (await asStranger(`/portfolios/${id}/dividends`, { headers: members[role]! })).text()),
    )
  expect(await dividendsFor('editor')).toContain('POST /portfolios/:id/dividends/dismissed')
  expect(await dividendsFor('viewer')).not.toContain('POST /portfolios/:id/dividends/dismissed')
})

const namesOf = (ways: readonly Way[]) => new Set(ways.map((way) => routeOf(way)?.name))

it('a page of a share link leads nowhere', async () => {
  const made = await post(`/portfolios/${id}/links`, { note: '', shows: 'percentages', days: '30' })
  const [, path] = /value="https:\/\/yardstick\.test(\/s\/[\w-]{43})"/.exec(await made.text())!
  const html = await (await asStranger(path!)).text()
  expect(html).toContain('Shared with you')
  expect(waysOf(html)).toEqual([])
  expect(html).not.toMatch(/<form|<script/)
  expect(await page(`/portfolios/${id}/settings`)).toContain('Share links')
})
