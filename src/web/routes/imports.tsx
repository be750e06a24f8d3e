import { Hono } from 'hono'
import { isEverything } from '../../statements/everything.ts'
import { textOfFile } from '../../statements/file-text.ts'
import { database } from '../../storage/database.ts'
import { importsOf } from '../../storage/imports.ts'
import { noteDone, refuseTooOften } from '../access/allowance.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { formBody, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { importFile } from '../import-file.ts'
import { renderPage } from '../render-page.tsx'
import { type AppEnv, rememberRevision } from '../request.ts'
import { takeIn, takenPage } from '../take-in.ts'
import { ImportForm, ImportPreview, ImportResult } from '../views/import.tsx'
import { UndoImport } from '../views/imports.tsx'

export const imports = new Hono<AppEnv>()

imports.get('/portfolios/:id/imports', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { portfolio, revision } = snapshot
  const earlier = await importsOf(database(c.env.DB), portfolio.id)
  return renderPage(c, 200, 'Import', <ImportForm portfolio={portfolio} earlier={earlier} />, {
    list,
    current: portfolio.id,
    revision,
  })
})

imports.post('/portfolios/:id/imports', scope('page'), formBody('file', 'text'), async (c) => {
  const { snapshot, list } = c.var
  const { portfolio, revision } = snapshot
  const about = {
    list,
    current: portfolio.id,
    revision,
  }
  const again = (problem: string) =>
    renderPage(c, 422, 'Import', <ImportForm portfolio={portfolio} problem={problem} />, about)

  const { file, text, preview } = await c.req.parseBody()
  const chosen = file instanceof File ? await textOfFile(new Uint8Array(await file.arrayBuffer())) : ''
  if (typeof chosen !== 'string') return again(chosen.problem)
  const pasted = typeof text === 'string' ? text : ''
  if (chosen.trim() !== '' && pasted.trim() !== '')
    return again('Choose a CSV file or paste its text, but not both.')
  const csv = chosen.trim() === '' ? pasted : chosen
  if (csv.trim() === '') return again('Choose a CSV file, or paste its text; this one is empty.')

  // a file of whole portfolios becomes new ones beside this one
  if (isEverything(csv)) return takenPage(c, await takeIn(c, csv))

  const tooOften = preview === '1' ? null : refuseTooOften(c, 'import', c.var.actor)
  if (tooOften) return tooOften
  const imported = await importFile(c.env, c.var, csv, preview === '1')
  switch (imported.status) {
    case 'previewed':
      return renderPage(
        c,
        200,
        'Import',
        <ImportPreview portfolio={portfolio} preview={imported.value} csv={csv} />,
        about,
      )
    case 'ok':
      noteDone('import', c.var.actor)
      rememberRevision(c, portfolio.id, imported.revision)
      return renderPage(c, 200, 'Import', <ImportResult portfolio={portfolio} result={imported.value} />, {
        ...about,
        revision: imported.revision,
      })
    case 'unreadable':
      return again(imported.problem)
    case 'missing':
      return c.notFound()
  }
})

imports.get('/portfolios/:id/imports/:import', scope('page'), async (c) => {
  const { snapshot, list, coordinator } = c.var
  const { portfolio, revision } = snapshot
  const undoing = await coordinator.undoingOf(c.req.param('import'))
  if (!undoing) return c.notFound()
  const content = <UndoImport portfolio={portfolio} undoing={undoing} now={Date.now()} />
  return renderPage(c, 200, 'Import', content, { list, current: portfolio.id, revision })
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
          ? 'Already undone; nothing was deleted.'
          : `Import undone. ${count === 1 ? '1 row was' : `${count} rows were`} deleted.`,
      )
      return c.redirect(page, 303)
    }
    case 'lacking':
      return c.redirect(`${page}/${c.req.param('import')}`, 303)
    case 'missing':
      return c.notFound()
  }
})
