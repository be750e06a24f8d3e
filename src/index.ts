import { consume } from './refresh/consumer.ts'
import { runCron } from './refresh/schedule.ts'
import { app } from './web/app.tsx'

export { MarketGateway } from './refresh/market-gateway.ts'
export { PortfolioCoordinator } from './refresh/portfolio-coordinator.ts'

/** All that the Worker answers to: requests, the clock, the queue; and the two kinds of Durable Objects above. */
export default {
  fetch: app.fetch,
  scheduled: (event, env) => runCron(event.cron, event.scheduledTime, env),
  queue: (batch, env) => consume(batch, env),
} satisfies ExportedHandler<Env>
