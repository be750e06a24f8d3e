import worker, { PortfolioCoordinator } from '../../src/index.ts'
import { consumeOwn, follow, followQueues } from './left-over.ts'
import { slowDown } from './slowness.ts'

// The Worker as it is deployed, but for a market that can be told to fail, messages that end with their test file, and
// work behind an answer that a test can wait for.
export { Allowances, PriceDesk, WrongTries } from '../../src/index.ts'
export { MarketGateway } from './faulty-gateway.ts'
export { PortfolioCoordinator }

followQueues()
slowDown(PortfolioCoordinator.prototype)

export default {
  ...worker,
  fetch: (request, env, ctx) => worker.fetch(request, env, follow(ctx)),
  queue: (batch, env) => consumeOwn(batch, (own) => worker.queue(own, env)),
} satisfies ExportedHandler<Env>
