import { Hono } from 'hono'
import { raw } from '../views/html.ts'
import { visitorOf } from '../access/visitor.ts'
import { renderPage } from '../render-page.tsx'
import type { AppEnv } from '../request.ts'

export const apiReference = new Hono<AppEnv>()

// what is said is a file that our own build has written (local/build-client.ts)
apiReference.get('/api', async (c) => {
  const [visitor, file] = await Promise.all([
    visitorOf(c),
    c.env.ASSETS.fetch(new URL('/api/reference.txt', c.req.url).href),
  ])
  if (!file.ok) return c.notFound()
  const about = visitor ? { list: visitor.list } : undefined
  return renderPage(c, 200, { name: 'API' }, raw(await file.text()), about)
})
