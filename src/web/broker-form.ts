import type { Broker } from '../brokers/broker.ts'
import { brokerOf } from '../brokers/brokers.ts'
import { send } from '../jobs/queue.ts'
import { connectBroker, connectionsOf, disconnectBroker } from '../storage/broker-connections.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { beginImport } from './access/allowance.ts'
import type { Scope } from './access/portfolio-scope.tsx'
import type { AppContext } from './request.ts'

type Typed = { token: string; query: string }
type BrokerFault = { field: keyof Typed; reason: string }
/** Whose broker it is, and who asks. */
type Of = { portfolioId: string; broker: string; actor: Scope['actor'] }

/**
 * Connects a portfolio with a broker and asks for the first statement, which comes in behind. Returns what is wrong with what was
 * typed, spaces around it apart; none when it is connected.
 */
export async function connect(
  c: AppContext,
  broker: Pick<Broker, 'id' | 'token' | 'query'>,
  { portfolioId, actor }: Omit<Of, 'broker'>,
  given: { token?: string | null | undefined; query?: string | null | undefined },
): Promise<BrokerFault[]> {
  const typed = { token: (given.token ?? '').trim(), query: (given.query ?? '').trim() }
  const faults = (['token', 'query'] as const).flatMap((field) =>
    broker[field].pattern.test(typed[field]) ? [] : [{ field, reason: broker[field].hint }],
  )
  if (faults.length > 0) return faults
  const db = database(c.env.DB)
  const made = { portfolioId, broker: broker.id, accountId: actor, ...typed }
  await inOneTransaction(db, connectBroker(db, made, Date.now()))
  await send(c.env, [{ kind: 'statement', portfolio: portfolioId, broker: broker.id }])
  return []
}

/** Asks a broker for a statement; false when the portfolio is not connected with it, a refusal when it is asked too often. */
export async function askBroker(
  c: AppContext,
  { portfolioId, broker, actor }: Of,
): Promise<boolean | Response> {
  const connections = await connectionsOf(database(c.env.DB), portfolioId)
  if (!brokerOf(broker) || !connections.some((each) => each.broker === broker)) return false
  const { refused } = await beginImport(c, actor, portfolioId)
  if (refused) return refused
  await send(c.env, [{ kind: 'statement', portfolio: portfolioId, broker }])
  return true
}

/** Deletes a connection; false when there is none. */
export async function disconnect(c: AppContext, { portfolioId, broker, actor }: Of): Promise<boolean> {
  const db = database(c.env.DB)
  const [gone] = await inOneTransaction(
    db,
    disconnectBroker(db, { portfolioId, broker, by: actor }, Date.now()),
  )
  return gone!.meta.changes > 0
}
