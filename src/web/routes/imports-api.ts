import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { answersIn } from '../../statements/question.ts'
import { textOfFile } from '../../statements/file-text.ts'
import { database } from '../../storage/database.ts'
import { importsOf } from '../../storage/imports.ts'
import { isEverything } from '../../statements/everything.ts'
import { beginImport } from '../access/allowance.ts'
import { isFlag, readFlag } from '../flag.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { instant } from '../instant.ts'
import { choicesIn, entriesOf } from '../import-choices.ts'
import { answeredBy, importJson, questionJson } from '../import-answer.ts'
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
  const anyway = readFlag(c, 'anyway')
  if (anyway instanceof Response) return anyway
  const undone = await coordinator.undoImport(actor, c.req.param('import'), anyway)
  switch (undone.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, undone.revision)
      return c.json({ deleted: undone.value, revision: undone.revision })
    case 'lacking':
      return problem(
        c,
        409,
        'Without these rows sales or dividends would lack shares. Send `anyway=1` to undo it all the same.',
        { title: 'Shares would be lacking', lacking: undone.undoing.lacking },
      )
    case 'missing':
      return problem(c, 404, 'There is no such import.')
  }
})

const oneFile = bodyLimit({ maxSize: LARGEST_CSV, onError: (c) => problem(c, 413, tooLarge) })

importsApi.post('/api/portfolios/:id/imports', scope('portfolio'), oneFile, async (c) => {
  const { portfolio } = c.var
  const sent = await sentFile(c)
  if ('problem' in sent) return problem(c, 400, sent.problem)
  const all = (name: string) =>
    sent.fields.flatMap(([each, value]) => (each === name && value !== '' ? [value] : []))
  const previews = all('preview')
  // somebody who only wanted to look would have imported
  if (!previews.every(isFlag)) return problem(c, 400, '`preview` must be 1 or 0.')
  const isPreview = previews.includes('1')
  if (!answersIn((name) => all(name).at(-1)))
    return problem(
      c,
      400,
      '`days` must be dmy, mdy or ymd, `decimals` . or , and `amount` net, gross, price or amount.',
    )
  const choices = { ...choicesIn(sent.fields), holdsBack: false }
  const text = await textOfFile(sent.bytes)
  if (typeof text !== 'string') return problem(c, 422, text.problem)
  if (isEverything(text))
    return problem(c, 422, 'This file is of whole portfolios: send it to POST /api/account/import.')
  const begun = isPreview ? null : await beginImport(c, c.var.actor, portfolio.id)
  if (begun?.refused) return begun.refused
  const read = await importFile(c.env, c.var, text, isPreview, choices)
  // what is open of the whole file is a question; until it is answered nothing of the file is booked
  const isAsked = read.status === 'unreadable' && read.questions.length > 0
  const imported =
    isAsked && isPreview ? await importFile(c.env, c.var, text, true, { ...choices, holdsBack: true }) : read
  if (imported.status !== 'ok') await begun?.takeBack()
  switch (imported.status) {
    case 'ok':
      rememberRevision(c, portfolio.id, imported.revision)
      return c.json({ ...importJson(imported.value), revision: imported.revision }, 201)
    case 'previewed':
      return c.json({ ...importJson(imported.value), revision: imported.revision })
    case 'unreadable':
      return problem(
        c,
        isAsked ? 409 : 422,
        imported.problem,
        isAsked
          ? { title: 'This file leaves something open', questions: imported.questions.map(questionJson) }
          : {},
      )
    case 'expired':
    case 'missing':
      return missing(c)
  }
})

/**
 * The file of a request, and what is said of it. The body is the file, or a form with the file in it. What the preview page asks,
 * a program says in the address or in other fields of the form, and answers in `answers`.
 */
async function sentFile(
  c: AppContext,
): Promise<{ bytes: Uint8Array; fields: [name: string, value: string][] } | { problem: string }> {
  const isForm = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
  const form = isForm ? await c.req.formData().catch(() => null) : new FormData()
  if (form === null) return { problem: 'This is no form that can be read.' }
  const [file, another] = form.getAll('file')
  if (isForm && (file === undefined || file === ''))
    return { problem: 'The form has no file: send it as `file`.' }
  if (another !== undefined) return { problem: 'The form has more than one `file`: send each by itself.' }
  const said = [
    ...Object.entries(c.req.queries()).flatMap(([name, values]) =>
      values.map((value) => [name, value] as const),
    ),
    ...[...form].filter(([name]) => name !== 'file'),
  ]
  const fields: [name: string, value: string][] = []
  for (const [name, given] of said) {
    const value = typeof given === 'string' ? given : await given.text()
    if (value.trim() === '') continue
    if (name !== 'answers') {
      // a misspelled `preview` would have booked the file
      if (!isSaidOfImport(name, value)) return { problem: saysNothing(name, value) }
      fields.push([name, value])
    } else {
      const answered = answeredBy(value)
      if ('problem' in answered) return answered
      fields.push(...answered.fields)
    }
  }
  const first = new Map(fields.toReversed())
  const twice = fields.find(([name, value]) => name !== 'take' && first.get(name) !== value)
  if (twice) return { problem: `\`${twice[0].slice(0, 40)}\` is said twice, and not alike: say it once.` }
  const bytes = await (typeof file === 'string' ? new Blob([file]) : (file ?? c.req)).arrayBuffer()
  return { bytes: new Uint8Array(bytes), fields }
}

/** True for what an import is asked in its address or form: a value that is wrong of the first is refused by its name. */
function isSaidOfImport(name: string, value: string): boolean {
  return named.has(name) || entriesOf(choicesIn([[name, value]])).length > 0
}

const named = new Set(['preview', 'name', 'days', 'decimals', 'amount'])

function saysNothing(name: string, value: string): string {
  return `“${name.slice(0, 40)}=${value.slice(0, 40)}” says nothing of an import: see /openapi.json for what does.`
}
