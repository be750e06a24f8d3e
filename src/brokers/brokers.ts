import type { Broker } from './broker.ts'
import { type IbkrConfig, interactiveBrokers } from './ibkr/broker.ts'
import { snapTrade, type SnapTradeConfig } from './snaptrade/broker.ts'

/** The variables that the brokers below read. */
type BrokerConfig = IbkrConfig & SnapTradeConfig

/** Every broker from which statements are fetched by themselves. A new one is a folder beside `ibkr/` and a line here. */
export const brokers: readonly Broker<BrokerConfig>[] = [interactiveBrokers, snapTrade]

/** The broker of that id; undefined when there is none. */
export function brokerOf(id: string): Broker<BrokerConfig> | undefined {
  return brokers.find((broker) => broker.id === id)
}
