import { Hono } from 'hono'
import { brokerOf } from '../../brokers/brokers.ts'
import { type BrokerConnection, connectionsOf, connectionWith } from '../../storage/broker-connections.ts'
import { statementsOf } from '../../storage/broker-statements.ts'
import { database } from '../../storage/database.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { askBroker, connect, disconnect } from '../broker-form.ts'
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
  const body = await jsonBody(c, brokerBody, ['broker', 'created_at', 'asked_at', 'outcome'])
  if (body instanceof Response) return body
  const faults = await connect(c, broker, { portfolioId, actor: c.var.actor }, body)
  if (faults.length > 0) return refused(c, faults)
  const made = await connectionWith(database(c.env.DB), portfolioId, broker.id)
  return made ? c.json(connectionJson(made)) : missing(c)
})

brokersApi.delete('/api/portfolios/:id/brokers/:broker', scope('access'), async (c) => {
  const of = { portfolioId: c.req.param('id'), broker: c.req.param('broker'), actor: c.var.actor }
  return (await disconnect(c, of)) ? c.body(null, 204) : problem(c, 404, NOT_CONNECTED)
})

brokersApi.post('/api/portfolios/:id/brokers/:broker/fetch', scope('access'), async (c) => {
  const of = { portfolioId: c.req.param('id'), broker: c.req.param('broker'), actor: c.var.actor }
  const asked = await askBroker(c, of)
  if (asked instanceof Response) return asked
  return asked ? c.json({ asked }, 202) : problem(c, 404, NOT_CONNECTED)
})

const NO_BROKER = 'No statements are fetched from such a broker.'
const NOT_CONNECTED = 'This portfolio is not connected with such a broker.'

function connectionJson({ broker, query, createdAt, askedAt, outcome }: BrokerConnection) {
  return { broker, query, created_at: instant(createdAt), asked_at: instant(askedAt), outcome }
}
