import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOST, json, newPortfolio, request, send } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'
import { follow, page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const trades = `Ticker,Date,Type,Shares,Price,Amount
KO,2033-01-10,Buy,100,60,
KO,2033-02-01,Dividend,,,11.00
AAPL,2033-05-02,Buy,1,400,
AAPL,2034-06-01,Dividend,,,2.50
`

describe('the dividends page', () => {
  it('lists what is recorded, adds it up by year and ticker, and leads to the forms', async () => {
    const id = await sharedInvested(trades)
    const html = await page(`/portfolios/${id}/dividends`)
    const text = words(html)
    expect(text).toMatch(/All dividends \$13\.50 2 recorded/)
    expect(text).toMatch(/Ticker 2034 2033 Total Yield Yield on cost/)
    expect(text).toMatch(/All \$2\.50 \$11\.00 \$13\.50/)
    const [latest] = (await json(`/api/portfolios/${id}/transactions`)).transactions
    expect(html).toContain(`href="/portfolios/${id}/transactions/${latest.id}/edit"`)
    expect(html).toContain(`href="/portfolios/${id}/export/dividends.csv"`)
  })

  it('shows the rows behind one sum', async () => {
    const id = await sharedInvested(trades)
    const text = words(await page(`/portfolios/${id}/dividends?year=2034&ticker=AAPL`))
    expect(text).toMatch(/Recorded 1 2034 × AAPL ×/)
    expect(text).not.toContain('Feb 1, 2033')
    expect(words(await page(`/portfolios/${id}/dividends?year=%3Cb%3E&ticker=%3Cb%3E`))).toContain(
      'No matches.',
    )
  })

  it('records one proposed dividend, then all, and none of them twice', async () => {
    const id = await invested(trades)
    const path = `/portfolios/${id}/dividends`
    const { proposals } = await json(`/api/portfolios/${id}/dividend-proposals`)
    expect(proposals.length).toBeGreaterThan(2)
    expect(words(await page(path))).toContain(`Not recorded yet ${proposals.length}`)

    const accept = (what: string) => post(`${path}/proposals`, { accept: what })
    expect(words(await follow(await accept(proposals[0].id)))).toContain('1 dividend recorded.')
    expect(words(await follow(await accept(proposals[0].id)))).toContain(
      'Already recorded; nothing was added.',
    )
    const all = await follow(await accept('all'))
    expect(words(all)).toContain(`${proposals.length - 1} dividends recorded.`)
    expect(words(all)).not.toContain('Not recorded yet')

    const { dividends } = await json(`/api/portfolios/${id}/performance`)
    const total = proposals.reduce(
      (sum: number, { amount }: { amount: string }) => sum + Number(amount),
      13.5,
    )
    expect(Number(dividends)).toBeCloseTo(total, 6)
  })

  it('takes back what was recorded together, and nothing else', async () => {
    const id = await invested(trades)
    const path = `/portfolios/${id}/dividends`
    const proposed = async () => (await json(`/api/portfolios/${id}/dividend-proposals`)).proposals
    const before = await proposed()
    await post(`${path}/proposals`, { accept: before[0].id })
    // within the same millisecond, as the clock stands
    const answer = await post(`${path}/proposals`, { accept: 'all' })
    const notice = await follow(answer)
    expect(words(notice)).toContain(`${before.length - 1} dividends recorded. Undo`)
    const recorded = /name="recorded" value="(\d+)"/.exec(notice)![1]!

    expect(words(await follow(await post(`${path}/undo`, { recorded })))).toContain(
      `Undone. ${before.length - 1} dividends are no longer recorded.`,
    )
    expect(await proposed()).toEqual(before.slice(1))
    const [first] = before
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toContainEqual(
      expect.objectContaining({ type: 'dividend', date: first.ex_date, symbol: first.symbol }),
    )
    // the page of before has nothing left to say, and a second click nothing to do
    expect(words(await page(`${path}?recorded=${recorded}`))).not.toContain('dividends recorded')
    expect(words(await follow(await post(`${path}/undo`, { recorded })))).toContain('Already undone')
    expect(words(await page(`/portfolios/${id}/activity`))).toContain(
      `You deleted ${before.length - 1} dividends.`,
    )
    expect((await post(`${path}/undo`, { recorded: 'yesterday' })).status).toBe(404)
  })

  it('leaves alone a recorded dividend that was edited since', async () => {
    const id = await invested(trades)
    const path = `/portfolios/${id}/dividends`
    const answer = await post(`${path}/proposals`, { accept: 'all' })
    const recorded = new URL(answer.headers.get('location')!, HOST).searchParams.get('recorded')!
    const rows = (await json(`/api/portfolios/${id}/transactions?limit=500`)).transactions
    const row = rows.find(({ note }: { note: string }) => note.includes('from market data'))
    await send(`/api/portfolios/${id}/transactions/${row.id}`, { ...row, note: 'mine' }, 'PUT')
    await post(`${path}/undo`, { recorded })
    const left = (await json(`/api/portfolios/${id}/transactions?limit=500`)).transactions
    expect(left.filter(({ type }: { type: string }) => type === 'dividend')).toHaveLength(3)
    expect(left).toContainEqual(expect.objectContaining({ id: row.id, note: 'mine' }))
  })

  it('of a portfolio without any says where they come from', async () => {
    const id = await newPortfolio()
    expect(words(await page(`/portfolios/${id}/dividends`))).toContain('No dividends yet')
    expect((await request('/portfolios/00000000-0000-4000-8000-000000000000/dividends')).status).toBe(404)
  })
})
