import worker from '../../src/index.ts'

export { Allowances, MarketGateway, PortfolioCoordinator, PriceDesk, WrongTries } from './index.ts'

// The Worker as it is deployed, but for its clock: `PUT /clock` with an instant sets it, and it goes on from there.
// Its requests, its queue and its Durable Objects share one isolate, and so one clock.

const realNow = Date.now
let ahead = 0

Date.now = () => realNow() + ahead
globalThis.Date = new Proxy(Date, {
  construct: (date, given) => Reflect.construct(date, given.length === 0 ? [Date.now()] : given) as Date,
})

export default {
  ...worker,
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== '/clock') return worker.fetch(request, env, ctx)
    ahead = Number(await request.text()) - realNow()
    return new Response()
  },
  // the platform's queue goes by its own clock, on which ten seconds are ten seconds; when a message was sent is
  // compared with what was stored by this one
  queue: (batch, env) => {
    for (const message of batch.messages) {
      Object.defineProperty(message, 'timestamp', { value: new Date(message.timestamp.getTime() + ahead) })
      const retry = message.retry.bind(message)
      message.retry = () => retry({ delaySeconds: 1 })
    }
    return worker.queue(batch, env)
  },
} satisfies ExportedHandler<Env>
