import { Hono } from 'hono'
import { askedWhatIf, type AskedWhatIf } from '../../portfolio/what-if-spelling.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Compare } from '../views/compare.tsx'
import { addressOf } from '../views/portfolio-page.tsx'
import { english } from '../words/words.ts'

export const compare = new Hono<AppEnv>()

// the page of the question, and with one of its forms' fields the way to the answer
compare.get('/portfolios/:id/compare', scope('page'), async (c) => {
  const { snapshot, list, asOf } = c.var
  const { id } = snapshot.portfolio
  const asked = askedIn(c)
  const rule = asked && askedWhatIf(asked)
  if (rule && !('reason' in rule))
    return c.redirect(addressOf(`/portfolios/${id}`, { what_if: rule.spelling, as_of: asOf }), 303)
  const fault = rule && 'reason' in rule ? rule.reason : null
  const page = (
    <Compare snapshot={snapshot} clock={clockOf(snapshot, Date.now())} asked={asked} fault={fault} />
  )
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(c, fault === null ? 200 : 422, english('Compare'), page, about)
})

/** Null where the address asks nothing. No field is longer. */
function askedIn(c: AppContext): AskedWhatIf | null {
  const field = (name: string) => (c.req.query(name) ?? '').slice(0, 200)
  return c.req.query('had') === undefined
    ? null
    : {
        had: field('had'),
        symbol: field('symbol'),
        into: field('into'),
        from: field('from'),
        until: field('until'),
      }
}
