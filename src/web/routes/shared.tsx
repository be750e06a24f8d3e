import { Hono } from 'hono'
import { sharedView } from '../../snapshot/shared-view.ts'
import { database } from '../../storage/database.ts'
import { sharedBy } from '../../storage/share-links.ts'
import { recordSummary } from '../../storage/track-record.ts'
import { hashOf, isSecret } from '../access/secret.ts'
import assets from '../assets.json'
import { previewPicture } from '../picture/preview.ts'
import { asksBeyond, readShared } from '../portfolio-reader.ts'
import { sharedBehind } from '../refresh-behind.ts'
import { refusal } from '../refusal.tsx'
import { type AppContext, type AppEnv, html, reader } from '../request.ts'
import { SharedPage } from '../views/shared.tsx'
import { english } from '../words/words.ts'

export const shared = new Hono<AppEnv>()

shared.get('/s/:secret', async (c) => {
  const view = await viewOf(c)
  if (!view) return gone(c)
  if (asksBeyond(c)) return refusal(c, 400, asShared)
  const picture = new URL(`${c.req.path}/preview.png`, c.req.url).href
  const record = await recordSummary(database(c.env.DB), view.portfolioId)
  return html(
    c,
    <SharedPage view={view} record={record} assets={assets} picture={picture} reader={reader(c)} />,
  )
})

// what a messenger shows beside the link
shared.get('/s/:secret/preview.png', async (c) => {
  const view = await viewOf(c)
  if (view && asksBeyond(c)) return refusal(c, 400, asShared)
  return view ? c.body(await previewPicture(view), 200, { 'content-type': 'image/png' }) : gone(c)
})

/**
 * Returns what the link of the address shows. Whether it still works is asked of D1 at every request; the address has no
 * more than the secret in it, so that the portfolio is read after that and not beside it.
 */
async function viewOf(c: AppContext) {
  const secret = c.req.param('secret') ?? ''
  if (!isSecret(secret)) return null
  const hash = await hashOf(secret)
  const link = await sharedBy(database(c.env.DB), hash, Date.now())
  const read = link?.kind === 'page' ? await readShared(c, hash, link) : null
  if (!read) return null
  sharedBehind(c, hash, read.snapshot)
  const { portfolioId, isPercentOnly } = link!
  return { ...sharedView(read.snapshot, read.chart, isPercentOnly), portfolioId }
}

const asShared = english(
  'A shared page shows what its owner has chosen, of today and with the benchmarks of the portfolio. Leave out as_of, vs and what_if; those who may see the portfolio ask them there.',
)

function gone(c: AppContext): Response | Promise<Response> {
  return refusal(
    c,
    404,
    english('This link was revoked, or it has expired. Ask the person who sent it for a new one.'),
  )
}
