import { Hono } from 'hono'
import { brokerOf, brokers as all } from '../../brokers/brokers.ts'
import { connectionsOf } from '../../storage/broker-connections.ts'
import { settleStatement, statementsOf, textOfStatement } from '../../storage/broker-statements.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { askBroker, connect, disconnect } from '../broker-form.ts'
import { downloaded } from '../downloaded.ts'
import { byField, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { readPage } from '../portfolio-reader.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Brokers, type BrokerFaults } from '../views/brokers.tsx'
import { english } from '../words/words.ts'

export const brokers = new Hono<AppEnv>()

brokers.get('/portfolios/:id/brokers', scope('access'), (c) => brokersPage(c, 200, c.var.role === 'owner'))

brokers.post('/portfolios/:id/brokers/:broker', scope('access'), smallForm, async (c) => {
  const broker = brokerOf(c.req.param('broker'))
  if (!broker) return missing(c)
  const typed = await c.req.parseBody<{ token?: string; query?: string }>()
  const faults = await connect(c, broker, { portfolioId: c.req.param('id'), actor: c.var.actor }, typed)
  // the token is not sent back: a password manager or the broker's page has it
  if (faults.length > 0)
    return brokersPage(c, 422, true, { broker: broker.id, typed: typed.query, ...byField(faults) })
  return back(
    c,
    english('Connected. The first statement of {broker} is on its way; it can take a minute.', {
      broker: broker.name,
    }),
  )
})

brokers.post('/portfolios/:id/brokers/:broker/fetch', scope('access'), smallForm, async (c) => {
  const asked = await askBroker(c, ofBroker(c, c.var.actor))
  if (asked instanceof Response) return asked
  return asked ? back(c, english('Asked for a statement; it can take a minute.')) : missing(c)
})

brokers.post('/portfolios/:id/brokers/:broker/disconnect', scope('access'), smallForm, async (c) =>
  (await disconnect(c, ofBroker(c, c.var.actor)))
    ? back(c, english('Disconnected. The token or key is deleted; statements and rows stay.'))
    : missing(c),
)

brokers.get('/portfolios/:id/brokers/statements/:statement', scope('access'), async (c) => {
  const text = await textOfStatement(database(c.env.DB), c.req.param('id'), c.req.param('statement'))
  return text === null ? missing(c) : downloaded(c, 'Statement', text, text.startsWith('{') ? 'json' : 'xml')
})

brokers.post(
  '/portfolios/:id/brokers/statements/:statement/settle',
  scope('access'),
  smallForm,
  async (c) => {
    const db = database(c.env.DB)
    const [settled] = await inOneTransaction(db, [
      settleStatement(db, c.req.param('id'), c.req.param('statement')),
    ])
    return settled!.meta.changes === 0 ? missing(c) : back(c, english('Done with that statement.'))
  },
)

async function brokersPage(
  c: AppContext,
  status: 200 | 422,
  isOwner: boolean,
  faults: BrokerFaults = {},
): Promise<Response> {
  const id = c.req.param('id')!
  const db = database(c.env.DB)
  const [read, connections, statements] = await Promise.all([
    readPage(c, id),
    connectionsOf(db, id),
    statementsOf(db, id),
  ])
  const { snapshot, list } = found(read)
  const { portfolio, revision } = snapshot
  const props = { portfolio, brokers: all, connections, statements, isOwner, faults, now: Date.now() }
  return renderPage(c, status, english('Brokers'), <Brokers {...props} />, { list, current: id, revision })
}

function ofBroker(c: AppContext, actor: string) {
  return { portfolioId: c.req.param('id')!, broker: c.req.param('broker')!, actor }
}

function back(c: AppContext, notice: string): Response {
  leaveNotice(c, notice)
  return c.redirect(`/portfolios/${c.req.param('id')}/brokers`, 303)
}
