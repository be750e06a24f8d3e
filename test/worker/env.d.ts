declare namespace Cloudflare {
  interface Env {
    CHAOS_OPERATIONS: string
    CHAOS_SEED: string
    TEST_CRONS: string[]
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
    TEST_SLOWNESS: string
    TEST_STARTS_AT: string
  }
  interface GlobalProps {
    mainModule: typeof import('./index.ts')
    durableNamespaces: 'PortfolioCoordinator' | 'MarketGateway' | 'PriceDesk' | 'WrongTries' | 'Allowances'
  }
}
