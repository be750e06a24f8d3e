import { breath } from '../../src/coordinator/breath.ts'
import { MarketGateway as Deployed } from '../../src/jobs/market-gateway.ts'
import { type Fault, faultyFetch } from '../yahoo/faults.ts'

/** The gateway as it is deployed, but for a source that fails as a test tells it to. */
export class MarketGateway extends Deployed {
  // set after the constructor of the class above, which only takes the fetch that reads it
  private fault: Fault | null = null

  setFault(fault: Fault | null): void {
    this.fault = fault
  }

  protected override network(definition: Parameters<Deployed['network']>[0]): typeof fetch {
    return faultyFetch(super.network(definition), () => this.fault)
  }

  /** A source that is asked again at once: how long it is left alone before is tried in test/market/http. */
  protected override marketOf(
    definition: Parameters<Deployed['marketOf']>[0],
  ): ReturnType<Deployed['marketOf']> {
    const connect: typeof definition.connect = (options, config) =>
      definition.connect({ ...options, sleep: breath }, config)
    return super.marketOf({ ...definition, connect })
  }
}
