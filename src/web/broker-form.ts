import type { Broker } from '../brokers/broker.ts'
import { connectBroker } from '../storage/broker-connections.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { send } from '../jobs/queue.ts'
import type { AppContext } from './request.ts'

export type BrokerFault = { field: 'token' | 'query'; reason: string }

/** What is wrong with a token and the number of a statement, as typed; spaces around them are none of it. */
export function brokerFaults(broker: Broker<never>, typed: { token: string; query: string }): BrokerFault[] {
  return (['token', 'query'] as const).flatMap((field) => {
    const { pattern, hint } = broker[field]
    return pattern.test(typed[field]) ? [] : [{ field, reason: hint }]
  })
}

/** Connects a portfolio with a broker and asks for the first statement, which comes in behind. */
export async function connect(
  c: AppContext,
  made: { portfolioId: string; broker: string; accountId: string; token: string; query: string },
): Promise<void> {
  const db = database(c.env.DB)
  await inOneTransaction(db, connectBroker(db, made, Date.now()))
  await send(c.env, [{ kind: 'statement', portfolio: made.portfolioId, broker: made.broker }])
}
