import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { portfoliosOf } from '../../storage/portfolios.ts'
import { framed } from '../frame.tsx'
import { type AppEnv, ownerOf } from '../request.ts'
import { statusOf } from '../status.ts'
import { Status } from '../views/status.tsx'

export const status = new Hono<AppEnv>()

status.get('/healthz', (c) => c.text('ok'))

status.get('/api/status', async (c) => c.json(await statusOf(c.env)))

status.get('/status', async (c) => {
  const list = await portfoliosOf(database(c.env.DB), ownerOf(c))
  return framed(c, 200, 'Status', <Status status={await statusOf(c.env)} />, { list })
})
