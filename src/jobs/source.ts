import { demoMarket } from '../demo/source.ts'
import type { SourceDefinition } from '../market/source.ts'
import { type MarketConfig, sources } from '../market/sources.ts'

/** The source that MARKET names. This is the only place that knows the demo market beside the real ones. */
export function sourceOf({ MARKET }: Pick<Env, 'MARKET'>): SourceDefinition<MarketConfig> {
  return [...sources, demoMarket].find(({ id }) => id === MARKET) ?? sources[0]
}
