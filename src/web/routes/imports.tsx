import { Hono } from 'hono'
import { textOfFile } from '../../statements/file-text.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { formBody } from '../form-body.ts'
import { renderPage } from '../render-page.tsx'
import { type AppEnv, rememberRevision } from '../request.ts'
import { ImportForm, ImportPreview, ImportResult } from '../views/import.tsx'

export const imports = new Hono<AppEnv>()

imports.get('/portfolios/:id/imports', scope('page'), (c) => {
  const { snapshot, list } = c.var
  const { portfolio, revision } = snapshot
  return renderPage(c, 200, 'Import', <ImportForm portfolio={portfolio} />, {
    list,
    current: portfolio.id,
    revision,
  })
})

imports.post('/portfolios/:id/imports', scope('page'), formBody('file', 'text'), async (c) => {
  const { snapshot, list, actor, coordinator } = c.var
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

  const imported = await coordinator.import(actor, csv, preview === '1')
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
