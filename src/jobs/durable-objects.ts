import type { MarketGateway } from './market-gateway.ts'
import type { PortfolioCoordinator } from '../coordinator/portfolio-coordinator.ts'

/** The one object that keeps a portfolio. Nobody else spells its name. */
export function coordinator(env: Env, portfolioId: string): DurableObjectStub<PortfolioCoordinator> {
  return env.PORTFOLIO.getByName(portfolioId)
}

/** The one way out to the market. */
export function gateway(env: Env): DurableObjectStub<MarketGateway> {
  return env.MARKET_GATEWAY.getByName('market')
}
