import { parseXml, type XmlElement } from '@rgrove/parse-xml'
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import ICAL from 'ical.js'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../src/web/access/secret.ts'
import { app } from '../../src/web/app.tsx'
import { ics } from '../../src/web/feeds/ics.ts'
import { asStranger, HOST, json, newPortfolio, request, send } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'
import { trades } from './sized.ts'

beforeEach(async () => {
  setClock()
  // a portfolio has at most twenty
  await env.DB.prepare('DELETE FROM share_links').run()
})
afterEach(() => void vi.useRealTimers())

const kinds = ['calendar', 'activity', 'figures', 'badge', 'card'] as const
type Kind = (typeof kinds)[number]

let id: string
let larger: string
let bought: { id: string }

const noted = async (portfolio: string) => {
  const { transactions } = await json(`/api/portfolios/${portfolio}/transactions`)
  const row = transactions.find(({ symbol }: { symbol: string }) => symbol === 'KO')
  const { id: tx, version, type, symbol, date, shares, price } = row
  const body = {
    version,
    type,
    symbol,
    date,
    shares,
    price,
    note: 'cheap; at 60, a <steal>\n12,345 in all',
    review: '2035-03-01',
  }
  const edited = await send(`/api/portfolios/${portfolio}/transactions/${tx}`, body, 'PUT')
  expect(edited.status).toBe(200)
  return row as { id: string }
}

beforeAll(async () => {
  setClock()
  const named = { name: 'Ours & <theirs>' }
  id = await invested(trades(1), named)
  larger = await invested(trades(10), named)
  bought = await noted(id)
  await noted(larger)
  vi.useRealTimers()
})

async function feed(portfolio: string, kind: Kind, shows = 'amounts'): Promise<{ path: string; id: string }> {
  const made = await send(`/api/portfolios/${portfolio}/links`, { kind, shows, days: null })
  expect(made.status).toBe(201)
  const link = await made.json<{ id: string; address: string; kind: string }>()
  expect(link.kind).toBe(kind)
  return { path: new URL(link.address).pathname, id: link.id }
}

const read = async (path: string) => (await asStranger(path)).text()

const events = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[] as never)
    .getAllSubcomponents('vevent')
    .map((each) => new ICAL.Event(each))

describe('a calendar', () => {
  it('is read by another program as it was meant, with folded lines and escaped texts', () => {
    const summary = 'Café, crème; \\ 💶 '.repeat(12).trim()
    const text = ics('A, b', '2034-02-28', [
      { uid: 'one@yardstick', day: '2034-02-28', summary, description: 'two\nlines' },
    ])
    expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const [event] = events(text)
    expect([event!.uid, event!.summary, event!.description]).toEqual(['one@yardstick', summary, 'two\nlines'])
    expect([event!.startDate.toString(), event!.endDate.toString(), event!.startDate.isDate]).toEqual([
      '2034-02-28',
      '2034-03-01',
      true,
    ])
  })

  it('has the ex-dates of the next twelve months and the days of review', async () => {
    const { path } = await feed(id, 'calendar')
    const answer = await asStranger(path)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const found = events(await answer.text())
    const { dividends } = await json(`/api/portfolios/${id}/income`)
    expect(dividends.length).toBeGreaterThan(3)
    expect(
      found.filter(({ uid }) => uid.startsWith('ex-date')).map((each) => each.startDate.toString()),
    ).toEqual(dividends.map(({ ex_date }: { ex_date: string }) => ex_date))
    expect(new Set(found.map(({ uid }) => uid)).size).toBe(found.length)
    const review = found.find(({ uid }) => uid === `review-${bought.id}@yardstick`)!
    expect([review.startDate.toString(), review.summary]).toEqual([
      '2035-03-01',
      'Review: buy KO, Feb 1, 2034',
    ])
    expect(review.description).toContain('a <steal>\n12,345 in all')
    // asked again it is the same, so that no program adds what it has
    expect(await read(path)).toBe(await read(path))
  })
})

const child = (of: XmlElement, name: string) =>
  of.children.filter((each): each is XmlElement => 'name' in each && each.name === name)

describe('the activity as Atom', () => {
  it('has what RFC 4287 asks for, an entry for each change, the newest first', async () => {
    const { path } = await feed(id, 'activity')
    const answer = await asStranger(path)
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const { root } = parseXml(await answer.text())
    expect([root!.name, root!.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom'])
    for (const one of ['id', 'title', 'updated', 'author']) expect(child(root!, one)).toHaveLength(1)
    expect(child(root!, 'title')[0]!.text).toBe('Ours & <theirs>')
    const entries = child(root!, 'entry')
    const instants = entries.map((each) => child(each, 'updated')[0]!.text)
    expect(instants).toEqual(instants.toSorted().toReversed())
    expect(new Set(entries.map((each) => child(each, 'id')[0]!.text)).size).toBe(entries.length)
    const titles = entries.map((each) => child(each, 'title')[0]!.text)
    expect(titles[0]).toBe('Edited: buy KO, Feb 1, 2034')
    expect(titles).toContain('Portfolio created')
    expect(child(entries[0]!, 'content')[0]!.text).toContain('a <steal>')
  })

  it('of a portfolio that is new is one that programs read', async () => {
    const { path } = await feed(await newPortfolio({ benchmarks: [] }), 'activity')
    expect(child(parseXml(await read(path)).root!, 'updated')[0]!.text).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })
})

it('figures are those of the API', async () => {
  const { path } = await feed(id, 'figures')
  const { value, xirr, twr } = await json(`/api/portfolios/${id}/performance`)
  expect(JSON.parse(await read(path))).toMatchObject({
    name: 'Ours & <theirs>',
    currency: 'USD',
    value,
    xirr: expect.closeTo(xirr, 5) as number,
    twr: expect.closeTo(twr, 5) as number,
    benchmarks: [{ symbol: 'VOO' }, { symbol: 'QQQ' }],
  })
})

it.each(['badge', 'card'] as const)('a %s is a picture that other pages may show', async (kind) => {
  const { path } = await feed(id, kind)
  const answer = await asStranger(path)
  expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  const { root } = parseXml(await answer.text())
  expect([root!.name, root!.attributes.xmlns]).toEqual(['svg', 'http://www.w3.org/2000/svg'])
  const { value } = await json(`/api/portfolios/${id}/performance`)
  const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
  expect(child(root!, 'title')[0]!.text).toContain(usd.format(Number(value)))
})

it('what a feed says is in the language of whoever made its address, whoever reads it', async () => {
  const german = async (kind: Kind) => {
    const made = await request(`/api/portfolios/${id}/links`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'de-DE' },
      body: JSON.stringify({ kind, shows: 'amounts', days: null }),
    })
    return read(new URL((await made.json<{ address: string }>()).address).pathname)
  }
  const [review] = events(await german('calendar')).filter(({ uid }) => uid.startsWith('review'))
  expect(review!.summary).toBe('Durchsehen: Kauf KO, 01.02.2034')
  expect(await german('activity')).toContain('<title>Geändert: Kauf KO, 01.02.2034</title>')
  expect(await german('card')).toMatch(/\d,\d\d\u00a0\$ .*,\d\d\u00a0% heute</)
  // a program reads the same from everybody
  expect(await german('figures')).toBe(await read((await feed(id, 'figures')).path))
})

describe('with percentages only', () => {
  it.each(kinds)('a %s is the same for a portfolio ten times as large', async (kind) => {
    const [one, ten] = [await feed(id, kind, 'percentages'), await feed(larger, kind, 'percentages')]
    const neutral = (text: string) =>
      text
        // whose feed it is, which entry, and when it was written
        .replaceAll(/\/feeds\/[\w-]+|2026:[\w-]+(\/\d+)?|(?<=review-)[\w-]+(?=@)/g, '')
        .replaceAll(/<updated>.*?<\/updated>/g, '')
    const [small, large] = [neutral(await read(one.path)), neutral(await read(ten.path))]
    expect(large).toBe(small)
    expect(small).not.toMatch(/[$€£]|12,345|steal/)
    expect((await feed(id, kind)).path).not.toBe(one.path)
    // what tells the sizes apart is there where it is asked for
    expect(neutral(await read((await feed(larger, kind)).path))).not.toBe(
      neutral(await read((await feed(id, kind)).path)),
    )
  })
})

describe('the address of a feed', () => {
  it('is good for this one thing, is stored as a hash, and is nothing any more once it is revoked', async () => {
    const { path, id: link } = await feed(id, 'calendar')
    const secret = path.split('/')[2]!
    const stored = await env.DB.prepare('SELECT * FROM share_links WHERE id = ?').bind(link).all()
    expect(JSON.stringify(stored.results)).toContain(await hashOf(secret))
    expect(JSON.stringify(stored.results)).not.toContain(secret)
    expect((await asStranger(path)).status).toBe(200)
    for (const other of [`/feeds/${secret}/figures.json`, `/s/${secret}`, `/s/${secret}/preview.png`])
      expect([other, (await asStranger(other)).status]).toEqual([other, 404])
    const shown = await send(`/api/portfolios/${id}/links`, { shows: 'amounts' })
    const pageOf = new URL((await shown.json<{ address: string }>()).address).pathname.split('/')[2]!
    for (const file of ['calendar.ics', 'figures.json', 'card.svg'])
      expect((await asStranger(`/feeds/${pageOf}/${file}`)).status).toBe(404)
    await send(`/api/portfolios/${id}/links/${link}`, undefined, 'DELETE')
    expect((await asStranger(path)).status).toBe(404)
  })

  it('answers for no past day and no what-if, which would tell when something was traded', async () => {
    const { path } = await feed(id, 'figures', 'percentages')
    for (const query of ['as_of=2034-02-01', 'vs=KO', 'what_if=no+KO'])
      expect([query, (await asStranger(`${path}?${query}`)).status]).toEqual([query, 400])
  })

  it('is told to no search engine; its answer may be kept for minutes by whoever has it, and is asked for with its ETag', async () => {
    for (const kind of kinds) {
      const { path } = await feed(id, kind)
      const { headers } = await asStranger(path)
      expect([
        headers.get('x-robots-tag'),
        headers.get('referrer-policy'),
        headers.get('cache-control'),
      ]).toEqual(['noindex', 'no-referrer', 'private, max-age=300'])
      const again = await asStranger(path, { headers: { 'if-none-match': headers.get('etag')! } })
      expect([kind, again.status]).toEqual([kind, 304])
    }
  })

  it('is made and shown once in the settings, where it is listed and the log names it', async () => {
    const made = await post(`/portfolios/${id}/links`, {
      kind: 'calendar',
      note: 'My phone',
      shows: 'percentages',
      days: 'never',
    })
    const [, path] = /value="https:\/\/yardstick\.test(\/feeds\/[\w-]{43}\/calendar\.ics)"/.exec(
      await made.text(),
    )!
    expect((await asStranger(path!)).status).toBe(200)
    const settings = await page(`/portfolios/${id}/settings`)
    expect(settings).not.toContain(path)
    expect(words(settings)).toContain('My phone Calendar of ex-dates and reviews (ICS), percentages only')
    expect(words(await page(`/portfolios/${id}/activity`))).toContain(
      'created a feed (calendar) with percentages only: My phone.',
    )
    expect(
      (await post(`/portfolios/${id}/links`, { kind: 'film', shows: 'amounts', days: '7' })).status,
    ).toBe(422)
  })

  it('is read at most 30 times a minute', async () => {
    const { path } = await feed(id, 'figures')
    const ask = async () => {
      const context = createExecutionContext()
      const answer = await app.fetch(new Request(HOST + path), { ...env, LIMITS: '' } as Env, context)
      await waitOnExecutionContext(context)
      return answer
    }
    for (let count = 0; count < 30; count++) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await refused.text()).toContain('at most 30 times a minute')
  })
})
