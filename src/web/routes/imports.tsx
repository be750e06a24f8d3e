import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { renderPage } from '../render-page.tsx'
import { readPage } from '../portfolio-reader.ts'
import { type AppEnv, ownerOf, rememberRevision } from '../request.ts'
import { ImportForm, ImportPreview, ImportResult } from '../views/import.tsx'
import { LARGEST_CSV, tooLarge } from './imports-api.ts'

export const imports = new Hono<AppEnv>()

imports.get('/portfolios/:id/imports', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { portfolio, revision } = page.snapshot
  return renderPage(c, 200, 'Import', <ImportForm portfolio={portfolio} />, {
    list: page.list,
    current: portfolio.id,
    revision,
  })
})

imports.post('/portfolios/:id/imports', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { portfolio } = page.snapshot
  const about = {
    list: page.list,
    current: portfolio.id,
    revision: page.snapshot.revision,
  }
  const again = (status: 413 | 422, problem: string) =>
    renderPage(c, status, 'Import', <ImportForm portfolio={portfolio} problem={problem} />, about)

  // a multipart body is a little larger than the file in it
  if (Number(c.req.header('content-length') ?? Infinity) > LARGEST_CSV + 10_000) return again(413, tooLarge)
  const { file, text, preview } = await c.req.parseBody()
  const csv = file instanceof File && file.size > 0 ? await file.text() : typeof text === 'string' ? text : ''
  if (csv.trim() === '') return again(422, 'Choose a CSV file, or paste its text; this one is empty.')

  const imported = await coordinator(c.env, portfolio.id).import(ownerOf(c), csv, preview === '1')
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
      return again(422, imported.problem)
    case 'missing':
      return c.notFound()
  }
})
