import { demoMarket } from '../demo/source.ts'
import type { SourceDefinition } from '../market/source.ts'
import { type MarketConfig, secondSources, sources } from '../market/sources.ts'

/** The source that MARKET names. This is the only place that knows the demo market beside the real ones. */
export function sourceOf({ MARKET }: Pick<Env, 'MARKET'>): SourceDefinition<MarketConfig> {
  return [...sources, demoMarket].find(({ id }) => id === MARKET) ?? sources[0]
}

/** The sources that stand in for the chosen one, as far as they are switched on. Invented prices have none. */
export function secondSourcesOf(env: Pick<Env, 'MARKET'> & MarketConfig): SourceDefinition<MarketConfig>[] {
  return sourceOf(env).isInvented ? [] : secondSources.filter((source) => source.isOn?.(env) ?? true)
}

/** The name of the second source that gave an answer; null when the chosen one did. */
export function secondSource({ source }: { source: string }, env: Pick<Env, 'MARKET'>): string | null {
  return source === sourceOf(env).name ? null : source
}
