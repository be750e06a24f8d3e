import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../src/web/access/secret.ts'
import { asStranger, json } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'
import { trades } from './sized.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

let id: string
let larger: string

beforeAll(async () => {
  setClock()
  id = await invested(trades(1), { name: 'Ours', description: 'A private remark' })
  larger = await invested(trades(10), { name: 'Ours' })
  vi.useRealTimers()
})

/** Makes a link with the form of the settings; returns its path, which the page shows once. */
async function linkTo(portfolio: string, shows: string, note = 'For Bob'): Promise<string> {
  const answer = await post(`/portfolios/${portfolio}/links`, { note, shows, days: '7' })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  const [, path] = /value="https:\/\/yardstick\.test(\/s\/[\w-]{43})"/.exec(await answer.text())!
  return path!
}

const seen = async (path: string) => (await asStranger(path)).text()

describe('a share link', () => {
  it('shows whoever has it what the portfolio is worth, and against what', async () => {
    const text = words(await seen(await linkTo(id, 'amounts')))
    const { value, xirr } = await json(`/api/portfolios/${id}/performance`)
    const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
    expect(text).toContain(usd.format(Number(value)))
    expect(text).toContain(`${(100 * xirr).toFixed(2)}% a year against`)
    for (const part of ['Ours', 'the same money in VOO', 'AAPL', 'Apple', 'Allocation', 'By currency', 'Why'])
      expect(text).toContain(part)
  })

  it('shows no remark, no address of the portfolio and no script', async () => {
    for (const shows of ['amounts', 'percentages']) {
      const html = await seen(await linkTo(id, shows))
      expect(html).not.toMatch(/A private remark|<script|For Bob|Ann|\bhx-/)
      expect(html).not.toContain(id)
    }
  })

  it('is told to no search engine, no other site and no cache', async () => {
    const path = await linkTo(id, 'percentages')
    for (const each of [path, `${path}/preview.png`]) {
      const { headers } = await asStranger(each)
      expect([
        headers.get('x-robots-tag'),
        headers.get('referrer-policy'),
        headers.get('cache-control'),
      ]).toEqual(['noindex', 'no-referrer', 'private, no-store'])
    }
  })

  it('is of today only: one day after the other would tell what was traded when', async () => {
    const path = await linkTo(id, 'percentages')
    for (const each of [path, `${path}/preview.png`]) {
      const answer = await asStranger(`${each}?as_of=2022-05-31`)
      expect([each, answer.status, await answer.text()]).toEqual([
        each,
        400,
        expect.stringContaining('Leave out as_of'),
      ])
    }
  })

  it('names its picture, a PNG of 1200 by 630', async () => {
    const path = await linkTo(id, 'percentages')
    expect(await seen(path)).toContain(
      `<meta property="og:image" content="https://yardstick.test${path}/preview.png"/>`,
    )
    const answer = await asStranger(`${path}/preview.png`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    const bytes = new DataView(await answer.arrayBuffer())
    expect([bytes.getUint32(0), bytes.getUint32(16), bytes.getUint32(20)]).toEqual([0x89504e47, 1200, 630])
    expect(bytes.byteLength).toBeLessThan(60_000)
  })

  it('is nothing any more once it is withdrawn, has expired, or its portfolio is deleted', async () => {
    const withdrawn = await linkTo(id, 'amounts', 'Sent by mistake')
    const settings = await page(`/portfolios/${id}/settings`)
    const [, last] = /Sent by mistake[^]*?links\/([\w-]+)\/withdraw/.exec(settings)!
    expect((await asStranger(withdrawn)).status).toBe(200)
    await post(`/portfolios/${id}/links/${last}/withdraw`, {})
    const old = await linkTo(id, 'amounts')
    await env.DB.prepare('UPDATE share_links SET expires_at = 1 WHERE hash = ?')
      .bind(await hashOf(old.split('/')[2]!))
      .run()
    const gone = await linkTo(larger, 'amounts')
    await env.DB.prepare('UPDATE portfolios SET deleted_at = 1 WHERE id = ?').bind(larger).run()
    for (const path of [withdrawn, old, gone, `/s/${'x'.repeat(43)}`, '/s/short'])
      for (const each of [path, `${path}/preview.png`])
        expect([each, (await asStranger(each)).status]).toEqual([each, 404])
    await env.DB.prepare('UPDATE portfolios SET deleted_at = NULL WHERE id = ?').bind(larger).run()
  })

  it('is stored as a hash only', async () => {
    const secret = (await linkTo(id, 'amounts')).split('/')[2]!
    const { results } = await env.DB.prepare('SELECT * FROM share_links').all()
    expect(JSON.stringify(results)).not.toContain(secret)
    expect(await page(`/portfolios/${id}/settings`)).not.toContain(secret)
  })
})

describe('a link with percentages only', () => {
  it('has none of the amounts, in no spelling', async () => {
    const path = await linkTo(id, 'percentages')
    const answer = await asStranger(path)
    const headers = [...answer.headers].join(' ')
    const digits = (text: string) => text.replace(/(?<=\d)[.,’' \u00A0\u202F](?=\d)/g, '')
    const said = digits(`${await answer.text()} ${headers}`.replaceAll(path, ''))
    const amounts = [
      await json(`/api/portfolios/${id}/performance`),
      await json(`/api/dashboard-holdings-data?portfolio_id=${id}&lots=1`),
      await json(`/api/portfolios/${id}/gap?benchmark=VOO`),
    ]
      .flatMap((each) => [...JSON.stringify(each).matchAll(/"-?(\d+(?:\.\d+)?)"/g)])
      // 100 is a weight as well
      .filter(([, amount]) => Number(amount) > 999)
      .flatMap(([, amount]) => [Number(amount).toFixed(2), Number(amount).toFixed(0)])
      .map(digits)
      .filter((amount) => amount.length >= 5)
    expect(amounts.length).toBeGreaterThan(20)
    // the same search finds them where they are shown
    const open = digits(await seen(await linkTo(id, 'amounts')))
    expect(amounts.filter((amount) => open.includes(amount)).length).toBeGreaterThan(5)
    expect(amounts.filter((amount) => said.includes(amount))).toEqual([])
    expect(said).not.toMatch(/[$€£]|USD\s*\d/)
  })

  it('looks the same for a portfolio ten times as large', async () => {
    const [one, ten] = [await linkTo(id, 'percentages'), await linkTo(larger, 'percentages')]
    expect((await seen(ten)).replaceAll(ten, '')).toBe((await seen(one)).replaceAll(one, ''))
    const [small, large] = await Promise.all(
      [one, ten].map(async (path) => (await asStranger(`${path}/preview.png`)).arrayBuffer()),
    )
    expect(new Uint8Array(large!)).toEqual(new Uint8Array(small!))
  })
})
