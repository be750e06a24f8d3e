import worker from '../../src/index.ts'
import { consumeOwn } from './left-over.ts'

// The Worker as it is deployed, but for a market that can be told to fail and messages that end with their test file.
export { Allowances, PortfolioCoordinator, PriceDesk, WrongTries } from '../../src/index.ts'
export { MarketGateway } from './faulty-gateway.ts'

export default {
  ...worker,
  queue: (batch, env) => consumeOwn(batch, (own) => worker.queue(own, env)),
} satisfies ExportedHandler<Env>
