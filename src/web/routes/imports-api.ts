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
import { answeredBy, importJson, previewJson, questionJson } from '../import-answer.ts'
import { importFile } from '../import-file.ts'
import { problem } from '../problem.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
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
  const sent = await sentFile(c)
  if ('problem' in sent) return problem(c, 400, sent.problem)
  const choices = { ...choicesIn([...said, ...sent.fields]), holdsBack: false }
  const text = await textOfFile(sent.bytes)
  if (typeof text !== 'string') return problem(c, 422, text.problem)
  if (isEverything(text))
    return problem(c, 422, 'This file is of whole portfolios: send it to POST /api/account/import.')
  const begun = preview === '1' ? null : await beginImport(c, c.var.actor, portfolio.id)
  if (begun?.refused) return begun.refused
  const read = await importFile(c.env, c.var, text, preview === '1', choices)
  // what is open of the whole file is a question; until it is answered nothing of the file is booked
  const isAsked = read.status === 'unreadable' && read.questions.length > 0
  const imported =
    isAsked && preview === '1'
      ? await importFile(c.env, c.var, text, true, { ...choices, holdsBack: true })
      : read
  if (imported.status !== 'ok') await begun?.takeBack()
  switch (imported.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, imported.revision)
      return c.json({ ...importJson(imported.value), revision: imported.revision }, 201)
    case 'previewed':
      return c.json({ ...previewJson(imported.value), revision: imported.revision })
    case 'unreadable':
      return problem(
        c,
        isAsked ? 409 : 422,
        imported.problem,
        isAsked ? { questions: imported.questions.map(questionJson) } : {},
      )
    case 'expired':
    case 'missing':
      return missing(c)
  }
})

/** The file and the answers of a request: the body is the file, or a form with both; the answers may stand in the address too. */
async function sentFile(
  c: AppContext,
): Promise<{ bytes: Uint8Array; fields: [name: string, value: string][] } | { problem: string }> {
  const isForm = c.req.header('content-type')?.startsWith('multipart/form-data') === true
  const form = isForm ? await c.req.parseBody().catch(() => null) : {}
  if (form === null) return { problem: 'This is no form that can be read.' }
  const { file, answers = c.req.query('answers') } = form
  if (isForm && !(file instanceof File)) return { problem: 'The form has no file: send it as `file`.' }
  if (answers !== undefined && typeof answers !== 'string') return { problem: '`answers` must be text.' }
  const answered = answers === undefined ? { fields: [] } : answeredBy(answers)
  if ('problem' in answered) return answered
  const bytes = await (file instanceof File ? file.arrayBuffer() : c.req.arrayBuffer())
  return { bytes: new Uint8Array(bytes), fields: answered.fields }
}
