import { Hono } from 'hono'
import { findSecurities } from '../../jobs/find-securities.ts'
import { sourceOf } from '../../jobs/source.ts'
import { suggestedBenchmarks } from '../../portfolio/benchmark-suggestions.ts'
import { securityQuery } from '../../statements/security-query.ts'
import { database } from '../../storage/database.ts'
import { signedIn } from '../access/visitor.ts'
import { instant } from '../instant.ts'
import { renderPage } from '../render-page.tsx'
import { type AppContext, type AppEnv, html, isInPlace } from '../request.ts'
import { BenchmarkOptions, SecurityOptions, SecurityPage } from '../views/securities.tsx'
import { english } from '../words/words.ts'

export const securities = new Hono<AppEnv>()

// one address answers with a page or, for a field that is typed in, with the options below it
securities.get('/securities', async (c) => {
  c.header('Vary', 'HX-Request')
  const typed = typedIn(c)
  const source = sourceOf(c.env).name
  const benchmark = c.req.query('benchmark')?.slice(0, 120)
  if (isInPlace(c) && benchmark !== undefined) {
    const suggested = suggestedBenchmarks(benchmark)
    // a weight or a rate is no security
    const found = /[a-z]{2}|^[a-z]$/i.test(typed) ? await search(c, typed) : null
    return html(c, <BenchmarkOptions suggested={suggested} found={found} source={source} />)
  }
  const found = await search(c, typed)
  if (isInPlace(c)) return html(c, <SecurityOptions found={found} source={source} />)
  const { list } = await signedIn(c)
  const page = <SecurityPage typed={typed} found={found} source={source} />
  return renderPage(c, 200, english('Find a security'), page, { list })
})

securities.get('/api/securities', async (c) => {
  const { securities: found, askedAt, reason } = await search(c, typedIn(c))
  return c.json({ securities: found, source: sourceOf(c.env).name, asked_at: instant(askedAt), reason })
})

function typedIn(c: AppContext): string {
  return (c.req.query('q') ?? '').trim().slice(0, 60)
}

function search(c: AppContext, typed: string) {
  return findSecurities(c.env, database(c.env.DB), securityQuery(typed), Date.now())
}
