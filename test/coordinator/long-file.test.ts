import { env } from 'cloudflare:workers'
import { afterAll, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { listen } from '../worker/socket.ts'

afterAll(() => void vi.useRealTimers())

const trades = (count: number) =>
  [
    'Ticker,Type,Date,Price,Shares',
    ...Array.from({ length: count }, (_, i) => `KO,Buy,2035-03-06,60,${i + 1}`),
  ].join('\n')

it('while a long file is looked at, open pages hear how far it is and others are answered', async () => {
  setClock()
  const id = await newPortfolio({ benchmarks: [] })
  const page = await listen(id)
  const order: string[] = []
  const looked = importCsv(id, trades(20_000), '?preview=1').then(async (answer) => {
    order.push('the file')
    return (await answer.json()) as { accepted: number }
  })
  await page.heard((signal) => signal.type === 'reading' && signal.done > 0)
  // both need the object that reads the file: one behind its turn, one beside it
  await env.PORTFOLIO.getByName(id)
    .snapshot('owner', false)
    .then(() => order.push('a snapshot'))
  await json(`/api/portfolios/${id}/performance`).then(() => order.push('figures'))
  expect(await looked).toMatchObject({ accepted: 20_000 })
  expect(order).toEqual(['a snapshot', 'figures', 'the file'])
  const heard = page.signals.flatMap((signal) => (signal.type === 'reading' ? [signal.done] : []))
  expect(heard).toEqual(expect.arrayContaining([0, 2000, 10_000, 18_000]))
  expect(heard).toEqual(heard.toSorted((a, b) => a - b))
  page.close()
})
