import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { text } from '../../portfolio/decimal.ts'
import { SYMBOL } from '../../portfolio/instrument.ts'
import { countedPrices } from '../../portfolio/own-price.ts'
import { database } from '../../storage/database.ts'
import { instrumentsOf } from '../../storage/instruments.ts'
import { type OwnedOf, ownedOf } from '../../storage/own-prices.ts'
import { changeOwned } from '../access/owned-portfolios.ts'
import { signedIn } from '../access/visitor.ts'
import { jsonBody, jsonList, smallJson } from '../json-body.ts'
import {
  MOST_OWN_PRICES,
  ownInstrumentBody,
  readOwnInstrumentForm,
  readOwnPrices,
  tooManyChanged,
  UNCLEAR,
} from '../own-price-form.ts'
import { readPastDay } from '../past-day.ts'
import { problem, refused } from '../problem.ts'
import type { AppContext, AppEnv } from '../request.ts'

// What an account prices itself. It concerns the portfolios that the account owns, and none that others share with it:
// the prices are rows of kind `price` in those of them that have the symbol.

export const ownPricesApi = new Hono<AppEnv>()

ownPricesApi.put('/api/instruments/:symbol', smallJson, async (c) => {
  const body = await jsonBody(c, ownInstrumentBody, ['symbol'])
  if (body instanceof Response) return body
  const found = await asked(c)
  if (found instanceof Response) return found
  const { symbol, known, priced } = found
  const read = readOwnInstrumentForm(
    symbol,
    body,
    priced?.currency ?? (await likelyCurrency(c, symbol, known)),
  )
  if ('faults' in read) return refused(c, read.faults)
  const { own } = read
  if (priced && own?.currency !== priced.currency) {
    const reason = `there are prices of your own in ${priced.currency}; replace them by an empty list first`
    return refused(c, [{ field: own ? 'currency' : 'priced', reason }])
  }
  const stopped = await changeOwned(c, known.portfolios, (object, account) =>
    object.setOwnInstrument(account, symbol, own),
  )
  if (stopped) return stopped
  return c.json({
    symbol,
    priced: own ? 'own' : 'market',
    currency: own?.currency ?? null,
    name: own?.name ?? null,
  })
})

ownPricesApi.get('/api/instruments/:symbol/prices', async (c) => {
  const past = readPastDay(c)
  if ('fault' in past) return problem(c, 400, past.fault)
  const { account } = await signedIn(c)
  const symbol = c.req.param('symbol').toUpperCase()
  const known = SYMBOL.test(symbol) ? await ownedOf(database(c.env.DB), account, symbol) : null
  if (!known || (known.having.length === 0 && known.instrument === null))
    return problem(c, 404, `None of your portfolios has ${symbol.slice(0, 30)}.`)
  return c.json(listed(await pricedIn(c, symbol, known), past.day))
})

ownPricesApi.put(
  '/api/instruments/:symbol/prices',
  bodyLimit({ maxSize: 256 * 1024, onError: (c) => problem(c, 413, TOO_LARGE) }),
  async (c) => {
    const list = await jsonList(c)
    if (list instanceof Response) return list
    const found = await asked(c)
    if (found instanceof Response) return found
    const { symbol, known, priced } = found
    const read = readOwnPrices(list, symbol, Date.now())
    if ('faults' in read) return refused(c, read.faults)
    if (known.having.length === 0 && known.instrument === null) return problem(c, 422, unknownOf(symbol))
    const currency =
      known.instrument?.currency ?? priced?.currency ?? (await likelyCurrency(c, symbol, known))
    if (currency === null)
      return problem(
        c,
        422,
        `The currency of ${symbol} ${UNCLEAR}. Say it with PUT /api/instruments/${symbol} and {"priced": "own", "currency": "EUR"}.`,
      )
    // what nobody has traded yet waits in each of them for who will
    const among = known.having.length > 0 ? known.having : known.portfolios
    const { prices } = read
    const excess = tooManyChanged(
      { prices, currency },
      among.map(({ id }) => id),
      known.prices,
    )
    if (excess) return refused(c, [{ field: 'prices', reason: excess }])
    const stopped = await changeOwned(c, among, (object, account) =>
      object.replaceOwnPrices(account, { symbol, currency, prices }),
    )
    if (stopped) return stopped
    const { account } = await signedIn(c)
    return c.json(listed(await pricedIn(c, symbol, await ownedOf(database(c.env.DB), account, symbol)), null))
  },
)

const TOO_LARGE = `The body is larger than 256 kB. A list has at most ${MOST_OWN_PRICES} prices.`

function unknownOf(symbol: string): string {
  return `None of your portfolios has ${symbol}. Book its purchase, or say with PUT /api/instruments/${symbol} and {"priced": "own"} that you price it.`
}

type Priced = ReturnType<typeof countedPrices>

/** What a change begins with: the symbol, what the account's portfolios have of it, and its prices; or why it cannot be. */
async function asked(
  c: AppContext,
): Promise<{ symbol: string; known: OwnedOf; priced: Priced | null } | Response> {
  const { account } = await signedIn(c)
  const symbol = c.req.param('symbol')!.toUpperCase()
  if (!SYMBOL.test(symbol))
    return refused(c, [{ field: 'symbol', reason: `“${symbol.slice(0, 40)}” is not a ticker` }])
  const known = await ownedOf(database(c.env.DB), account, symbol)
  if (known.portfolios.length === 0) return problem(c, 422, 'You have no portfolio yet. Make one first.')
  return { symbol, known, priced: await pricedIn(c, symbol, known) }
}

/** The prices that count, as a ledger has them; null where there are none. */
async function pricedIn(c: AppContext, symbol: string, known: OwnedOf): Promise<Priced | null> {
  if (known.prices.length === 0) return null
  const listing = known.instrument?.currency ?? (await listingCurrency(c, symbol))
  const bases = new Map(known.portfolios.map(({ id, baseCurrency }) => [id, baseCurrency]))
  return countedPrices(
    known.prices,
    (row) => row.currency ?? row.listingCurrency ?? listing ?? bases.get(row.portfolio)!,
  )
}

/** What is meant where nobody names a currency: that of its listing, or of the portfolios; null where these differ. */
async function likelyCurrency(c: AppContext, symbol: string, known: OwnedOf): Promise<string | null> {
  const listing = known.instrument?.currency ?? (await listingCurrency(c, symbol))
  if (listing !== null) return listing
  const among = known.having.length > 0 ? known.having : known.portfolios
  const [first, ...others] = new Set(among.map(({ baseCurrency }) => baseCurrency))
  return others.length === 0 ? (first ?? null) : null
}

async function listingCurrency(c: AppContext, symbol: string): Promise<string | null> {
  const [listing] = await instrumentsOf(database(c.env.DB), [symbol])
  return listing?.currency ?? null
}

/** Those up to a past day, oldest first. */
function listed(priced: Priced | null, until: string | null): { date: string; price: string }[] {
  const all = [...(priced?.prices ?? [])].map(([date, price]) => ({ date, price: text(price) }))
  return until === null ? all : all.filter(({ date }) => date <= until)
}
