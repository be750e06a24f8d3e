import { spend } from '../storage/usage.ts'
import type { Allowances } from './allowances.ts'
import type { MarketGateway } from './market-gateway.ts'
import type { PriceDesk } from './price-desk.ts'
import type { WrongTries } from './wrong-tries.ts'
import type { PortfolioCoordinator } from '../coordinator/portfolio-coordinator.ts'

/** The one object that keeps a portfolio. Nobody else spells its name. */
export function coordinator(env: Env, portfolioId: string): DurableObjectStub<PortfolioCoordinator> {
  return counted(env.PORTFOLIO.getByName(portfolioId))
}

/**
 * The one way out to the market. It is made in the east of North America, whoever calls first: there the source asks
 * nobody for consent.
 */
export function gateway(env: Env): DurableObjectStub<MarketGateway> {
  return counted(env.MARKET_GATEWAY.getByName('market', { locationHint: 'enam' }))
}

/** So many objects share the symbols, however many portfolios there are. */
const DESKS = 8

/** The object that carries out a symbol's messages. */
export function priceDesk(env: Env, symbol: string): DurableObjectStub<PriceDesk> {
  const hash = Array.from(symbol).reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 65_521, 0)
  return counted(env.PRICE_DESK.getByName(`desk ${hash % DESKS}`))
}

/** The object that does what the clock asks for. */
export function clockDesk(env: Env): DurableObjectStub<PriceDesk> {
  return counted(env.PRICE_DESK.getByName('clock'))
}

/** The object that counts the wrong tries of an account or a network, by a name that says which. */
export function wrongTries(env: Env, whose: string): DurableObjectStub<WrongTries> {
  return counted(env.WRONG_TRIES.getByName(whose))
}

/** The object that counts what an account, or a network, may do only so often, by a name that says which. */
export function allowances(env: Env, whose: string): DurableObjectStub<Allowances> {
  return counted(env.ALLOWANCES.getByName(whose))
}

/** A stub whose calls are counted: each is a request to the object. */
function counted<T extends object>(stub: T): T {
  return new Proxy(stub, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown
      if (typeof method !== 'function') return method
      return (...given: unknown[]) => {
        spend('objectRequests')
        return Reflect.apply(method, target, given) as unknown
      }
    },
  })
}
