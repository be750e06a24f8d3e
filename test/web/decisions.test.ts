import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json, request, send } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'

// What is calculated: test/snapshot/decision-book.test.ts.

let id: string
let bought: { id: string; version: number }
const entry = { type: 'buy', symbol: 'KO', date: '2034-03-06', shares: '10', price: '60' }

beforeEach(() => setClock())
afterEach(() => setClock())

beforeAll(async () => {
  setClock()
  id = await invested()
  const made = { ...entry, note: 'steady <b>', review: '2035-03-01' }
  bought = (await (await send(`/api/portfolios/${id}/transactions`, made)).json()) as typeof bought
})

describe('the page of decisions', { shuffle: false }, () => {
  it('says in a sentence what is due, why it was done and what became of it', async () => {
    const { due } = await json(`/api/portfolios/${id}/decisions?vs=QQQ`)
    expect(due).toMatchObject([{ transaction: bought.id, note: 'steady <b>', review: '2035-03-01' }])
    const [whole, cents] = Math.abs(Number(due[0].gap)).toFixed(2).split('.') as [string, string]
    const amount = `$${Number(whole).toLocaleString('en-US')}.${cents}`
    const way = Number(due[0].gap) < 0 ? 'behind' : 'ahead of'
    const html = await page(`/portfolios/${id}/decisions?vs=QQQ`)
    expect(html).toContain('steady &lt;b&gt;')
    expect(words(html).replace(/ (?=[.;])/g, '')).toContain(
      `A year ago: bought 10 KO because “steady &lt;b&gt;”; it is ${amount} ${way} QQQ.`,
    )
  })

  it('is found from the dashboard in one line, on the day and not before', async () => {
    const line = 'A decision is due for review'
    const html = await page(`/portfolios/${id}`)
    expect(words(html)).toContain(line)
    expect(html).toContain(`<a href="/portfolios/${id}/decisions">${line}</a>`)
    expect(words(await page(`/portfolios/${id}/headline`))).toContain(line)
    expect(words(await page(`/portfolios/${id}?as_of=2035-03-01`))).toContain(line)
    expect(words(await page(`/portfolios/${id}?as_of=2035-02-28`))).not.toContain('due for review')
  })

  it('sets the next review, or none, and keeps the note', async () => {
    const next = `/portfolios/${id}/transactions/${bought.id}/review`
    const later = await post(next, { review: '2036-03-01' })
    expect([later.status, later.headers.get('location')]).toEqual([303, `/portfolios/${id}/decisions`])
    const { due, remembered } = await json(`/api/portfolios/${id}/decisions`)
    expect(due).toEqual([])
    expect(words(await page(`/portfolios/${id}`))).not.toContain('due for review')
    expect(remembered).toMatchObject([{ transaction: bought.id, review: '2036-03-01' }])
    await post(next, { review: '' })
    expect(await json(`/api/portfolios/${id}/transactions/${bought.id}`)).toMatchObject({
      note: 'steady <b>',
      shares: '10',
    })
    expect((await json(`/api/portfolios/${id}/decisions`)).remembered).toMatchObject([{ review: null }])
  })

  it('refuses a day that is none, and changes nothing', async () => {
    const before = await json(`/api/portfolios/${id}/transactions/${bought.id}`)
    for (const review of ['soon', '2034-03-06', '2034-02-30']) {
      const refused = await post(`/portfolios/${id}/transactions/${bought.id}/review`, { review })
      expect([refused.status, words(await refused.text())]).toEqual([
        422,
        expect.stringContaining(`“${review}” is not a date after that of the transaction`),
      ])
    }
    expect(await json(`/api/portfolios/${id}/transactions/${bought.id}`)).toEqual(before)
    const gone = await post(`/portfolios/${id}/transactions/nothing/review`, { review: '' })
    expect(gone.status).toBe(404)
  })

  it('has what the gap calls best and worst', async () => {
    const { best, worst, as_of: asOf } = await json(`/api/portfolios/${id}/decisions?vs=VOO`)
    expect(asOf).toBe(TODAY)
    const gaps = [...best, ...worst.toReversed()].map(({ gap }: { gap: string }) => Number(gap))
    expect(gaps.length).toBeGreaterThan(1)
    expect(gaps).toEqual(gaps.toSorted((a, b) => b - a))
  })

  it('refuses a benchmark that is none', async () => {
    expect((await request(`/api/portfolios/${id}/decisions?vs=%3Cb%3E`)).status).toBe(400)
  })
})
