import { Hono } from 'hono'
import { brokerOf } from '../../brokers/brokers.ts'
import { send } from '../../jobs/queue.ts'
import {
  type BrokerConnection,
  connectionsOf,
  connectionWith,
  disconnectBroker,
} from '../../storage/broker-connections.ts'
import { statementsOf } from '../../storage/broker-statements.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { beginImport } from '../access/allowance.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { brokerFaults, connect } from '../broker-form.ts'
import { brokerBody } from '../api/broker-body.ts'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const brokersApi = new Hono<AppEnv>()

brokersApi.get('/api/portfolios/:id/brokers', scope('access'), async (c) => {
  const db = database(c.env.DB)
  const [connections, statements] = await Promise.all([
    connectionsOf(db, c.req.param('id')),
    statementsOf(db, c.req.param('id')),
  ])
  return c.json({
    connections: connections.map(connectionJson),
    statements: statements.map(({ id, broker, receivedAt, outcome, isOpen }) => ({
      id,
      broker,
      received_at: instant(receivedAt),
      outcome,
      is_open: isOpen,
    })),
  })
})

brokersApi.put('/api/portfolios/:id/brokers/:broker', scope('access'), smallJson, async (c) => {
  const [portfolioId, broker] = [c.req.param('id'), brokerOf(c.req.param('broker'))]
  if (!broker) return problem(c, 404, NO_BROKER)
  const body = await jsonBody(c, brokerBody)
  if (body instanceof Response) return body
  const typed = { token: (body.token ?? '').trim(), query: (body.query ?? '').trim() }
  const faults = brokerFaults(broker, typed)
  if (faults.length > 0) return refused(c, faults)
  await connect(c, { portfolioId, broker: broker.id, accountId: c.var.actor, ...typed })
  const made = await connectionWith(database(c.env.DB), portfolioId, broker.id)
  return made ? c.json(connectionJson(made)) : missing(c)
})

brokersApi.delete('/api/portfolios/:id/brokers/:broker', scope('access'), async (c) => {
  const db = database(c.env.DB)
  const of = { portfolioId: c.req.param('id'), broker: c.req.param('broker'), by: c.var.actor }
  const [gone] = await inOneTransaction(db, disconnectBroker(db, of, Date.now()))
  return gone!.meta.changes === 0 ? problem(c, 404, NOT_CONNECTED) : c.body(null, 204)
})

brokersApi.post('/api/portfolios/:id/brokers/:broker/fetch', scope('access'), async (c) => {
  const [portfolio, broker] = [c.req.param('id'), c.req.param('broker')]
  if (!(await connectionWith(database(c.env.DB), portfolio, broker))) return problem(c, 404, NOT_CONNECTED)
  const { refused: tooOften } = await beginImport(c, c.var.actor, portfolio)
  if (tooOften) return tooOften
  await send(c.env, [{ kind: 'statement', portfolio, broker }])
  return c.json({ asked: true }, 202)
})

const NO_BROKER = 'No statements are fetched from such a broker.'
const NOT_CONNECTED = 'This portfolio is not connected with such a broker.'

function connectionJson({ broker, query, createdAt, askedAt, outcome }: BrokerConnection) {
  return { broker, query, created_at: instant(createdAt), asked_at: instant(askedAt), outcome }
}
