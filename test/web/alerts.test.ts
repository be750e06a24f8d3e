import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { anotherAccount } from '../worker/account.ts'
import { asStranger, importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { words } from './page.ts'

let id: string
let frank: { cookie: string }
const page = async (query = '', as?: { cookie: string }) => {
  const path = `/portfolios/${id}/alerts${query}`
  return words(await (as ? await asStranger(path, { headers: as }) : await request(path)).text())
}
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  request(`/portfolios/${id}/alerts${path}`, { method: 'POST', body: new URLSearchParams(form), headers })
const api = () => json(`/api/portfolios/${id}/alerts`)
/** Removes what is set. */
async function none(): Promise<void> {
  for (const { id: alert } of (await api()).alerts)
    await send(`/api/portfolios/${id}/alerts/${alert}`, undefined, 'DELETE')
}

beforeAll(async () => {
  setClock()
  id = await newPortfolio({ name: 'Ours', benchmarks: ['VOO'] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60,10\n')
  await settled(id)
  frank = await anotherAccount('frank')
  await env.DB.prepare("INSERT INTO members VALUES (?, 'frank', 'viewer', 0)").bind(id).run()
})
// in whatever order they run, each test begins with none
beforeEach(none)
afterAll(() => void vi.useRealTimers())

describe('the page of alerts', () => {
  it('says what to do where there are none, and what is missing for some', async () => {
    const text = await page()
    expect(text).toContain('None yet. Choose below what you want to be told')
    expect(text).toContain('Nothing is sent yet: add a channel')
    expect(text).toContain('A part is off its target once the portfolio has targets')
  })

  it('asks for what a kind needs, sets it and removes it', async () => {
    const form = await page('?kind=price_below&subject=KO')
    expect(form).toMatch(/Of KO · .* VOO Price/)
    expect(form).not.toContain('Percent')
    expect(await page('?kind=gap_zero')).not.toContain('Price In the currency')
    // a kind that there is not is none
    expect(await page('?kind=constructor')).toContain('Tell me when')

    const set = await post('', { kind: 'price_below', subject: 'KO', level: '1.50' })
    expect([set.status, set.headers.get('location')]).toEqual([303, `/portfolios/${id}/alerts`])
    expect(await page()).toContain('KO below $1.50 Waiting. Remove')
    const [{ id: alert }] = (await api()).alerts
    expect((await post(`/${alert}/remove`, {})).status).toBe(303)
    expect((await post(`/${alert}/remove`, {})).status).toBe(404)
    expect((await api()).alerts).toEqual([])
  })

  it.each([
    [{ kind: 'price_below', subject: 'KO', level: 'much' }, 'Enter a price such as 500'],
    [{ kind: 'price_below', subject: 'KO', level: '0' }, 'Enter a price such as 500'],
    [{ kind: 'price_below', subject: 'NOPE', level: '1' }, 'Choose one of this portfolio’s'],
    [{ kind: 'weight_above', subject: 'KO', level: '101' }, 'Enter a percentage such as 10'],
    [{ kind: 'drawdown', subject: 'VOO', level: '10' }, 'Choose one of this portfolio’s'],
  ])('refuses %j with a sentence, and keeps what was typed', async (form, says) => {
    const answer = await post('', form)
    const html = await answer.text()
    expect([answer.status, words(html)]).toEqual([422, expect.stringContaining(says)])
    expect(html).toContain(`value="${form.level}"`)
    expect((await api()).alerts).toEqual([])
  })

  it('has a digest on or off', async () => {
    expect((await post('/digest', { wanted: 'on' })).status).toBe(303)
    expect(await page()).toContain('Stop the digest')
    expect((await api()).digest).toBe(true)
    expect((await post('/digest', { wanted: 'off' })).status).toBe(303)
    expect((await api()).digest).toBe(false)
    expect((await post('/digest', { wanted: 'perhaps' })).status).toBe(422)
  })

  it('is everybody’s own, also that of a viewer', async () => {
    const origin = { origin: 'https://yardstick.test' }
    const body = new URLSearchParams({ kind: 'price_above', subject: 'VOO', level: '90000' })
    const set = await asStranger(`/portfolios/${id}/alerts`, {
      method: 'POST',
      body,
      headers: { ...frank, ...origin },
    })
    expect(set.status).toBe(303)
    expect(await page('', frank)).toContain('VOO above $90,000')
    expect(await page()).not.toContain('VOO above')
    expect((await api()).alerts).toEqual([])
    // whoever is taken out has none any more
    await send(`/api/portfolios/${id}/members/frank`, undefined, 'DELETE')
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM alerts WHERE account_id = 'frank'").first('n'),
    ).toBe(0)
  })

  it('is there for a group, whose prices and gap are its own', async () => {
    const made = await send('/api/groups', { name: 'All of it', portfolios: [id], benchmarks: ['VOO'] })
    const { id: group } = (await made.json()) as { id: string }
    const body = new URLSearchParams({ kind: 'gap_zero', subject: 'VOO' })
    expect((await request(`/portfolios/${group}/alerts`, { method: 'POST', body })).status).toBe(303)
    expect((await json(`/api/portfolios/${group}/alerts`)).alerts).toMatchObject([
      { kind: 'gap_zero', subject: 'VOO' },
    ])
  })
})

it('leads there from the page of a holding', async () => {
  const html = await (await request(`/portfolios/${id}/instruments/KO`)).text()
  expect(html).toContain(`/portfolios/${id}/alerts?kind=price_below&amp;subject=KO`)
})

describe('channels', () => {
  it('are chosen for an alert and for the digest, all unless some are', async () => {
    const made = async (label: string) => {
      const channel = { kind: 'webhook', label, address: `https://hooks.example.com/${label}` }
      return ((await (await send('/api/notice-channels', channel)).json()) as { id: string }).id
    }
    const [phone, mail] = [await made('Phone'), await made('Mail')]
    const set = async (form: [string, string][]) => {
      await none()
      const body = new URLSearchParams([['kind', 'price_held'], ['chosen', '1'], ...form])
      const answer = await request(`/portfolios/${id}/alerts`, { method: 'POST', body })
      return [answer.status, (await api()).alerts[0]?.channels]
    }
    expect(await page('?kind=price_held')).toMatch(/Tell me by (Phone Mail|Mail Phone) Set alert/)
    expect(await set([])).toEqual([422, undefined])
    expect(await set([['channels', 'nobody’s']])).toEqual([422, undefined])
    expect(await set([['channels', mail]])).toEqual([303, [mail]])
    expect(await page()).toMatch(/A price held for review Waiting.* By Mail\. Remove/)
    // all of them are all, those of later too
    const both: [string, string][] = [phone, mail].map((each) => ['channels', each])
    expect(await set(both)).toEqual([303, null])
    await none()

    const digest = `/api/portfolios/${id}/digest`
    expect((await send(digest, { channels: ['nobody’s'] }, 'PUT')).status).toBe(422)
    expect((await send(digest, { channels: phone }, 'PUT')).status).toBe(204)
    expect(await api()).toMatchObject({ digest: true, digest_channels: [phone] })
    const want = (...chosen: [string, string][]) => {
      const body = new URLSearchParams([['wanted', 'on'], ['chosen', '1'], ...chosen])
      return request(`/portfolios/${id}/alerts/digest`, { method: 'POST', body })
    }
    const again = await want()
    expect([again.status, await again.text()]).toEqual([
      422,
      expect.stringContaining('id="digest-channels-fault">Choose one channel at least.'),
    ])
    await want(...both)
    expect(await api()).toMatchObject({ digest: true, digest_channels: null })
    for (const channel of [phone, mail]) await send(`/api/notice-channels/${channel}`, undefined, 'DELETE')
  })
})

describe('the API of alerts', () => {
  it('sets, replaces, lists and removes', async () => {
    const made = await send(`/api/portfolios/${id}/alerts`, { kind: 'drawdown', level: 12.5 })
    const alert = (await made.json()) as { id: string }
    expect([made.status, alert]).toEqual([
      201,
      {
        id: expect.any(String),
        kind: 'drawdown',
        subject: null,
        level: '12.5',
        set_on: '2035-03-07',
        created_at: expect.any(String),
        told_at: null,
        channels: null,
        is_beyond: expect.any(Boolean),
      },
    ])
    const path = `/api/portfolios/${id}/alerts/${alert.id}`
    const put = await send(path, { kind: 'price_above', subject: 'ko', level: '1' }, 'PUT')
    expect([put.status, await put.json()]).toEqual([
      200,
      expect.objectContaining({
        id: alert.id,
        kind: 'price_above',
        subject: 'KO',
        level: '1',
        is_beyond: true,
      }),
    ])
    expect((await api()).alerts).toHaveLength(1)
    expect((await send(path, undefined, 'DELETE')).status).toBe(204)
    expect((await send(path, undefined, 'DELETE')).status).toBe(404)
    expect((await send(path, { kind: 'price_held' }, 'PUT')).status).toBe(404)
    for (const method of ['PUT', 'DELETE'])
      expect((await send(`/api/portfolios/${id}/digest`, undefined, method)).status).toBe(204)
  })

  it.each([
    [{}, 'kind'],
    [{ kind: 'weather' }, 'kind'],
    [{ kind: 'price_held', level: '3' }, 'level'],
    [{ kind: 'source_down', subject: 'KO' }, 'subject'],
    [{ kind: 'gap_zero', subject: 'QQQ' }, 'subject'],
    [{ kind: 'price_below', subject: 'KO', level: [] }, 'level'],
  ])('refuses %j by its field', async (body, field) => {
    const answer = await send(`/api/portfolios/${id}/alerts`, body)
    expect([
      answer.status,
      ((await answer.json()) as { faults: { field: string }[] }).faults[0]!.field,
    ]).toEqual([422, field])
  })

  it('takes fifty on a portfolio, and says so of the next', async () => {
    for (let n = 1; n <= 50; n++)
      expect((await send(`/api/portfolios/${id}/alerts`, { kind: 'price_held' })).status).toBe(201)
    const answer = await send(`/api/portfolios/${id}/alerts`, { kind: 'price_held' })
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'You have 50 alerts on this portfolio, which is the most.',
    ])
  })
})
