import { beforeAll, describe, expect, it } from 'vitest'
import { routeTable } from '../../src/web/access/route-table.ts'
import { german } from '../../src/web/words/german.ts'
import { newPortfolio, request, send } from '../worker/app.ts'
import { invested } from '../worker/invested.ts'
import { post } from './page.ts'

/** The language of a page for a browser that asks for these, and the title of its first preference. */
async function languageFor(accepted: string, cookie = ''): Promise<[string, string]> {
  const text = await (await request('/', { headers: { 'accept-language': accepted, cookie } })).text()
  return [/<html lang="(\w+)"/.exec(text)![1]!, /<legend>(\w+)<\/legend>/.exec(text)![1]!]
}

describe('the language of the pages', () => {
  it.each([
    ['de', '', ['de', 'Sprache']],
    ['de-AT,de;q=0.9,en;q=0.8', '', ['de', 'Sprache']],
    ['en-US,en;q=0.9,de;q=0.8', '', ['en', 'Language']],
    // of what we have no words of, the next
    ['fr-FR,de;q=0.5', '', ['de', 'Sprache']],
    ['fr-FR', '', ['en', 'Language']],
    ['', '', ['en', 'Language']],
    // what was chosen goes before what the browser asks for
    ['en-US', 'language=de', ['de', 'Sprache']],
    ['de-DE', 'language=en', ['en', 'Language']],
    ['', 'language=de', ['de', 'Sprache']],
    ['de-DE', 'language=auto', ['de', 'Sprache']],
    ['en-US', 'language=<i>', ['en', 'Language']],
  ])('for a browser that asks for “%s”, with “%s”', async (accepted, cookie, expected) => {
    expect(await languageFor(accepted, cookie)).toEqual(expected)
  })

  it('is chosen by a form without script, too', async () => {
    const saved = await post('/preferences', { language: 'de', theme: 'dark', back: '/account' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/account'])
    const cookies = saved.headers.getSetCookie().map((each) => each.split(';')[0]!)
    expect(cookies).toContain('language=de')
    expect(await languageFor('en-US', cookies.join('; '))).toEqual(['de', 'Sprache'])
    const unknown = await post('/preferences', { language: 'xx' })
    expect(unknown.headers.getSetCookie().map((each) => each.split(';')[0])).toContain('language=auto')
  })
})

describe('a page in German', () => {
  let id: string
  let group: string

  beforeAll(async () => {
    id = await invested(undefined, { name: 'Depot', benchmarks: ['VOO', 'QQQ'] })
    const other = await invested('Ticker,Date,Type,Shares,Price\nKO,2024-01-03,Buy,10,$60\n', { name: 'B' })
    const made = await send('/api/groups', { name: 'C', portfolios: [id, other], benchmarks: ['VOO'] })
    group = ((await made.json()) as { id: string }).id
    await send(`/api/portfolios/${id}`, { targets: 'AAPL 60, QQQ 40' }, 'PATCH')
    await send(`/api/portfolios/${id}/transactions`, {
      type: 'buy',
      symbol: 'MINE',
      date: '2022-01-03',
      shares: '1',
      price: '5',
      review: '2022-02-03',
    })
    await post(`/portfolios/${id}/instruments/MINE/own-prices`, { prices: '2022-02-03 6' })
  })

  /** Every page and fragment that the route table has, of this portfolio. */
  const pages = () => {
    const of: Record<string, readonly string[]> = {
      region: ['headline', 'chart', 'why', 'holdings', 'allocation', 'recent', 'log', 'freshness'],
      figure: [
        'value',
        'xirr',
        'twr',
        'today',
        'income-next_12_months',
        'AAPL-vs-VOO',
        'beta',
        'volatility',
        'total_gain',
        'max_drawdown',
      ],
      part: ['AAPL', 'fees', 'cash_drag'],
      symbol: ['TSLA', 'QQQ', 'MINE', 'GONE'],
    }
    const paths = Object.keys(routeTable)
      .filter((name) => name.startsWith('GET ') && !/\/api|\.\w+$|:file|\/live$|\/export|\/mcp/.test(name))
      .map((name) => name.slice('GET '.length))
      .flatMap((path) =>
        path.startsWith('/groups/:id') ? path.replace(':id', group) : path.replace(':id', id),
      )
      .flatMap((path) => {
        const name = /:(\w+)/.exec(path)?.[1]
        return name === undefined ? [path] : (of[name] ?? []).map((value) => path.replace(`:${name}`, value))
      })
    const varied = [
      '?as_of=2022-03-01',
      '/dividends?year=2012',
      '/cash-flows?view=VOO',
      '/gap?by=lot&period=12m',
      '/gap?by=year',
      '/risk?range=12m',
      '/transactions?page=9',
      '/targets?amount=100',
      '/activity?show=imports',
      '/transactions/new?type=dividend',
      '/transactions/new?type=spin_off',
      '?vs=SPY',
      '?what_if=no+TSLA',
      '?from=2021-01-01&to=2020-01-01',
    ].map((rest) => `/portfolios/${id}${rest}`)
    return [...paths, ...varied, `/portfolios/${group}`, `/portfolios/${group}/activity`]
  }

  it('has no word in English that the catalog has in German', async () => {
    const left: string[] = []
    const read: string[] = []
    for (const path of pages()) {
      const answer = await request(path, { headers: { 'accept-language': 'de-DE,de' } })
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
      read.push(path)
      const html = await answer.text()
      if (html.startsWith('<!doctype') && !/<html lang="de"/.test(html)) left.push(`${path} is not in German`)
      for (const text of await saidIn(html))
        if (isEnglish(text)) left.push(`${path.replace(id, ':id')} ${text}`)
    }
    expect(left).toEqual([])
    // the walk has been everywhere
    expect(read.length).toBeGreaterThan(60)
  })
})

/** Sentences of the catalog that are another text in German. */
const english = new Set(
  Object.entries(german).flatMap(([words, said]) => (words === said || words.includes('{') ? [] : [words])),
)
/** Those that are German words as well, the name of the group of all, which one can change, and an endpoint of the source. */
const both = new Set([...Object.values<string>(german), 'All portfolios', 'chart'])

function isEnglish(text: string): boolean {
  return english.has(text) && !both.has(text)
}

/** Every text of a page and every attribute that is read, without the space around it. */
async function saidIn(html: string): Promise<string[]> {
  const said: string[] = []
  let text = ''
  const rewriter = new HTMLRewriter()
    .on('*', {
      element(element) {
        for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
          const value = element.getAttribute(name)
          if (value) said.push(value.trim())
        }
      },
    })
    .onDocument({
      text(chunk) {
        text += chunk.text
        if (!chunk.lastInTextNode) return
        said.push(text.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim())
        text = ''
      },
    })
  await rewriter.transform(new Response(html)).text()
  return said
}

it('leaves a name as it is, though it is a word of ours', async () => {
  expect(german.Settings).not.toBe('Settings')
  const id = await newPortfolio({ name: 'Settings' })
  const headers = { 'accept-language': 'de' }
  const html = await (await request(`/portfolios/${id}`, { headers })).text()
  expect(html).toContain('<title>Settings · Yardstick</title>')
  // and translates its own
  const log = await (await request(`/portfolios/${id}/activity`, { headers })).text()
  expect(log).toContain('<title>Aktivität · Yardstick</title>')
  await request(`/api/portfolios/${id}`, { method: 'DELETE' })
})
