import { Hono } from 'hono'
import type { ImportChoices } from '../../coordinator/import-choices.ts'
import type { ImportPreview as Preview } from '../../coordinator/import-preview.ts'
import { isEverything } from '../../statements/everything.ts'
import { textOfFile } from '../../statements/file-text.ts'
import { database } from '../../storage/database.ts'
import { importsOf } from '../../storage/imports.ts'
import { textOfStatement } from '../../storage/broker-statements.ts'
import { beginImport } from '../access/allowance.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { formBody, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { withTickersFound } from '../import-file.ts'
import { importOthers, othersPreviewed } from '../other-accounts.ts'
import { renderPage } from '../render-page.tsx'
import { type AppEnv, rememberRevision } from '../request.ts'
import { choicesIn, markOf } from '../import-choices.ts'
import { saidOnPage } from '../said-on-page.ts'
import { takeIn, takenPage } from '../take-in.ts'
import { ImportForm, ImportResult } from '../views/import.tsx'
import { ImportPreview } from '../views/import-preview.tsx'
import { UndoImport } from '../views/imports.tsx'
import { english } from '../words/words.ts'

export const imports = new Hono<AppEnv>()

imports.get('/portfolios/:id/imports', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { portfolio, revision } = snapshot
  const earlier = await importsOf(database(c.env.DB), portfolio.id)
  return renderPage(c, 200, english('Import'), <ImportForm portfolio={portfolio} earlier={earlier} />, {
    list,
    current: portfolio.id,
    revision,
  })
})

// a file or its text, or what is said of one that is kept
imports.post('/portfolios/:id/imports', scope('page'), formBody('file', 'text'), async (c) => {
  const { snapshot, list, actor, coordinator } = c.var
  const { portfolio, revision } = snapshot
  const about = { list, current: portfolio.id, revision }
  const again = async (problem: string) => {
    const earlier = await importsOf(database(c.env.DB), portfolio.id)
    const form = <ImportForm portfolio={portfolio} problem={problem} earlier={earlier} />
    return renderPage(c, 422, english('Import'), form, about)
  }

  const body = await c.req.parseBody({ all: true })
  const fields = Object.entries(body).flatMap(([name, values]) =>
    [values]
      .flat()
      .flatMap((value): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])),
  )
  const said = choicesIn(fields)
  const isPreview = body.preview === '1'
  let draft = typeof body.draft === 'string' ? body.draft : ''
  if (draft === '') {
    const csv =
      typeof body.statement === 'string'
        ? await textOfStatement(database(c.env.DB), portfolio.id, body.statement)
        : await chosenText(body)
    if (csv === null) return c.notFound()
    if (typeof csv !== 'string') return again(csv.problem)
    // a file of whole portfolios becomes new ones beside this one
    if (isEverything(csv)) return takenPage(c, await takeIn(c, csv), again)
    const kept = await coordinator.keepDraft(actor, csv)
    if (kept.status === 'missing') return c.notFound()
    draft = kept.id
  }
  const read = (preview: boolean, choices: Omit<ImportChoices, 'holdsBack'>) =>
    coordinator.importDraft(actor, draft, preview, { ...choices, holdsBack: true })
  const file = async () => {
    const kept = await coordinator.draft(actor, draft)
    return kept.status === 'kept' ? kept.text : null
  }
  const shown = async (preview: Preview, take: readonly number[], problem?: string) => {
    // a new portfolio that was made for an account has its name
    const accounts = Object.fromEntries(
      Object.entries(preview.said_accounts).map(([account, target]) => [
        account,
        (target === 'new' &&
          said.accounts[account] !== 'new' &&
          list.find(({ name: each }) => each === account)?.id) ||
          target,
      ]),
    )
    const on = await saidOnPage(preview, { take, accounts })
    const others = await othersPreviewed(c, actor, list, file, { ...said, accounts })
    const page = <ImportPreview {...{ portfolio, list, preview, draft, said: on, others, problem }} />
    return renderPage(c, problem === undefined ? 200 : 422, english('Import'), page, about)
  }
  // nothing is imported that was changed since it was shown
  const isUnseen = !isPreview && typeof body.seen === 'string' && body.seen !== (await markOf(said))
  const begun = isPreview || isUnseen ? null : await beginImport(c, actor, portfolio.id)
  if (begun?.refused) return begun.refused
  const imported =
    isPreview || isUnseen
      ? await withTickersFound(c.env, (preview) => read(preview, said))
      : await read(false, said)
  if (imported.status !== 'ok') await begun?.takeBack()
  switch (imported.status) {
    case 'previewed':
      return shown(imported.value, said.take, isUnseen ? CHANGED : undefined)
    case 'ok': {
      rememberRevision(c, portfolio.id, imported.revision)
      const others = await importOthers(c, { actor, from: portfolio.id, draft }, file, said)
      const result = <ImportResult portfolio={portfolio} result={imported.value} others={others} />
      return renderPage(c, 200, english('Import'), result, { ...about, revision: imported.revision })
    }
    case 'unreadable': {
      // what was said of the file as a whole contradicts it; the rest stays
      const { words = {}, securities = {} } = said.answers
      const without = said.isFirst ? null : await read(true, { ...said, answers: { words, securities } })
      if (without?.status === 'previewed') return shown(without.value, said.take, imported.problem)
      return again(imported.problem)
    }
    case 'expired':
      return again(english('This file was kept for an hour and is gone. Choose it again.'))
    case 'missing':
      return c.notFound()
  }
})

const CHANGED = english(
  'You changed something since these rows were shown. Look at them once more, then import.',
)

async function chosenText(body: Record<string, unknown>): Promise<string | { problem: string }> {
  const { file, text } = body
  const chosen = file instanceof File ? await textOfFile(new Uint8Array(await file.arrayBuffer())) : ''
  if (typeof chosen !== 'string') return chosen
  const pasted = typeof text === 'string' ? text : ''
  if (chosen.trim() !== '' && pasted.trim() !== '')
    return { problem: english('Choose a file or paste its text, but not both.') }
  const csv = chosen.trim() === '' ? pasted : chosen
  return csv.trim() === ''
    ? { problem: english('Choose a file, or paste its text; this one is empty.') }
    : csv
}

imports.get('/portfolios/:id/imports/:import', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator } = c.var
  const { portfolio, revision } = snapshot
  const undoing = await coordinator.undoingOf(actor, c.req.param('import'))
  if (!undoing) return c.notFound()
  const content = <UndoImport portfolio={portfolio} undoing={undoing} now={Date.now()} />
  return renderPage(c, 200, english('Import'), content, { list, current: portfolio.id, revision })
})

// what depends on the rows was said on the page that sends this form
imports.post('/portfolios/:id/imports/:import/undo', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const { anyway } = await c.req.parseBody()
  const page = `/portfolios/${portfolio.id}/imports`
  const undone = await coordinator.undoImport(actor, c.req.param('import'), anyway === '1')
  switch (undone.status) {
    case 'ok': {
      const { value: count } = undone
      rememberRevision(c, portfolio.id, undone.revision)
      leaveNotice(
        c,
        count === 0
          ? english('Already undone; nothing was deleted.')
          : count === 1
            ? english('Import undone. 1 row was deleted.')
            : english('Import undone. {n} rows were deleted.', { n: count }),
      )
      return c.redirect(page, 303)
    }
    case 'lacking':
      return c.redirect(`${page}/${c.req.param('import')}`, 303)
    case 'missing':
      return c.notFound()
  }
})
