import { PriceDesk as BasePriceDesk } from './jobs/price-desk.ts'
import { consume } from './jobs/queue-consumer.ts'
import { handOverCron } from './jobs/schedule.ts'
import { app } from './web/app.tsx'
import { localeOf } from './web/locale.ts'

export { Allowances } from './jobs/allowances.ts'
export { MarketGateway } from './jobs/market-gateway.ts'
export { WrongTries } from './jobs/wrong-tries.ts'
export { PortfolioCoordinator } from './coordinator/portfolio-coordinator.ts'

/** A price desk that sends each notice in the language of the channel. */
export class PriceDesk extends BasePriceDesk {
  protected override readonly localeOf = localeOf
}

/** All that the Worker answers to: requests, the clock, the queue; and the four kinds of Durable Objects above. */
export default {
  fetch: app.fetch,
  scheduled: (event, env) => handOverCron(event.cron, event.scheduledTime, env),
  queue: (batch, env) => consume(batch, env),
} satisfies ExportedHandler<Env>
