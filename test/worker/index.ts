// The Worker as it is deployed, but for a market that can be told to fail.
export { default, PortfolioCoordinator } from '../../src/index.ts'
export { MarketGateway } from './faulty-gateway.ts'
