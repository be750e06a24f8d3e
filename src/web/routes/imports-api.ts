import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { textOfFile } from '../../statements/file-text.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { problem } from '../problem.ts'
import { type AppEnv, rememberRevision } from '../request.ts'
import { LARGEST_CSV, tooLarge } from '../statement-size.ts'

export const importsApi = new Hono<AppEnv>()

const oneFile = bodyLimit({ maxSize: LARGEST_CSV, onError: (c) => problem(c, 413, tooLarge) })

importsApi.post('/api/portfolios/:id/imports', scope('portfolio'), oneFile, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const preview = c.req.query('preview') || '0'
  // somebody who only wanted to look would have imported
  if (preview !== '1' && preview !== '0') return problem(c, 400, '`preview` must be 1 or 0.')
  const text = await textOfFile(new Uint8Array(await c.req.arrayBuffer()))
  if (typeof text !== 'string') return problem(c, 422, text.problem)
  const imported = await coordinator.import(actor, text, preview === '1')
  switch (imported.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, imported.revision)
      return c.json({ ...imported.value, revision: imported.revision }, 201)
    case 'previewed':
      return c.json({ ...imported.value, revision: imported.revision })
    case 'unreadable':
      return problem(c, 422, imported.problem)
    case 'missing':
      return missing(c)
  }
})
