import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { answersIn } from '../../statements/question.ts'
import { textOfFile } from '../../statements/file-text.ts'
import { database } from '../../storage/database.ts'
import { importsOf } from '../../storage/imports.ts'
import { isEverything } from '../../statements/everything.ts'
import { beginImport } from '../access/allowance.ts'
import { query } from '../api/query.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { instant } from '../instant.ts'
import { choicesIn } from '../import-choices.ts'
import { importFile } from '../import-file.ts'
import { problem } from '../problem.ts'
import { type AppEnv, rememberRevision } from '../request.ts'
import { LARGEST_CSV, tooLarge } from '../statement-size.ts'

export const importsApi = new Hono<AppEnv>()

importsApi.get('/api/portfolios/:id/imports', scope('portfolio'), async (c) => {
  const found = await importsOf(database(c.env.DB), c.var.portfolio.id)
  return c.json({
    imports: found.map(({ createdAt, undoneAt, ...each }) => ({
      ...each,
      created_at: instant(createdAt),
      undone_at: instant(undoneAt),
    })),
  })
})

importsApi.delete('/api/portfolios/:id/imports/:import', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const undone = await coordinator.undoImport(actor, c.req.param('import'), c.req.query('anyway') === '1')
  switch (undone.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, undone.revision)
      return c.json({ deleted: undone.value, revision: undone.revision })
    case 'lacking':
      return problem(
        c,
        409,
        'Without these rows sales or dividends would lack shares. Send `anyway=1` to undo it all the same.',
        {
          lacking: undone.undoing.lacking,
        },
      )
    case 'missing':
      return problem(c, 404, 'There is no such import.')
  }
})

const oneFile = bodyLimit({ maxSize: LARGEST_CSV, onError: (c) => problem(c, 413, tooLarge) })

importsApi.post('/api/portfolios/:id/imports', scope('portfolio'), oneFile, async (c) => {
  const { portfolio } = c.var
  const preview = c.req.query('preview') || '0'
  // somebody who only wanted to look would have imported
  if (!v.is(query.preview, preview)) return problem(c, 400, '`preview` must be 1 or 0.')
  if (!answersIn((name) => c.req.query(name)))
    return problem(
      c,
      400,
      '`days` must be dmy, mdy or ymd, `decimals` . or , and `amount` net, gross, price or amount.',
    )
  // what the preview page asks, a program says in the query
  const said = Object.entries(c.req.queries()).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const choices = { ...choicesIn(said), holdsBack: false }
  const text = await textOfFile(new Uint8Array(await c.req.arrayBuffer()))
  if (typeof text !== 'string') return problem(c, 422, text.problem)
  if (isEverything(text))
    return problem(c, 422, 'This file is of whole portfolios: send it to POST /api/account/import.')
  const begun = preview === '1' ? null : await beginImport(c, c.var.actor, portfolio.id)
  if (begun?.refused) return begun.refused
  const imported = await importFile(c.env, c.var, text, preview === '1', choices)
  if (imported.status !== 'ok') await begun?.takeBack()
  switch (imported.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, imported.revision)
      return c.json({ ...imported.value, revision: imported.revision }, 201)
    case 'previewed':
      return c.json({ ...imported.value, revision: imported.revision })
    case 'unreadable':
      return problem(
        c,
        422,
        imported.problem,
        imported.questions.length > 0 ? { questions: imported.questions } : {},
      )
    case 'expired':
    case 'missing':
      return missing(c)
  }
})
