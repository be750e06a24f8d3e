import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { coordinator } from '../../jobs/durable-objects.ts'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { readPage, readPortfolio } from '../portfolio-reader.ts'
import { type AppEnv, ownerOf, rememberRevision } from '../request.ts'
import { Dividends } from '../views/dividends.tsx'

export const dividends = new Hono<AppEnv>()

dividends.get('/portfolios/:id/dividends', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { snapshot, list } = page
  const { id } = snapshot.portfolio
  const book = await coordinator(c.env, id).dividends()
  if (!book) return c.notFound()
  const asked = {
    year: /^\d{4}$/.exec(c.req.query('year') ?? '')?.[0] ?? '',
    ticker: (c.req.query('ticker') ?? '').toUpperCase().slice(0, 20),
    page: c.req.query('page'),
  }
  return renderPage(
    c,
    200,
    'Dividends',
    <Dividends snapshot={snapshot} clock={clockOf(snapshot, Date.now())} book={book} asked={asked} />,
    { list, current: id, revision: snapshot.revision },
  )
})

// those that the market data proposes: one by its name, or all
dividends.post('/portfolios/:id/dividends/proposals', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const { accept } = await c.req.parseBody()
  const wanted = accept === 'all' ? accept : typeof accept === 'string' ? [accept] : []
  const accepted = await coordinator(c.env, portfolio.id).acceptDividends(ownerOf(c), wanted)
  if (accepted.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, accepted.revision)
  leaveNotice(c, told(accepted.value))
  return c.redirect(`/portfolios/${portfolio.id}/dividends`, 303)
})

function told(count: number): string {
  if (count === 0) return 'Nothing was added: that dividend is recorded already.'
  return count === 1 ? 'One dividend recorded.' : `${count} dividends recorded.`
}
