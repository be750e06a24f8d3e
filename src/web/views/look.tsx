import type { Snapshot } from '../../snapshot/snapshot.ts'
import { WhatIfNote } from './what-if.tsx'

type Props = {
  snapshot: Snapshot
  /** The page without what is looked at; the dashboard where that has none of its own. */
  back?: string
}

/** Says what a page shows for a look, with the way back. */
export const LookNote = ({ snapshot, back = `/portfolios/${snapshot.portfolio.id}` }: Props) => (
  <>
    <WhatIfNote snapshot={snapshot} back={back} />
    <VersusNote snapshot={snapshot} back={back} />
  </>
)

const VersusNote = ({ snapshot: { portfolio, look }, back }: Required<Props>) =>
  look?.vs == null || !portfolio.benchmarks.includes(look.vs) ? null : (
    <p class="look-note" role="status">
      <span>
        Also measured against <strong>{look.vs}</strong>, for a look: nothing is saved.
      </span>{' '}
      <a class="button small" href={back} data-leaves="vs">
        Leave it out
      </a>
    </p>
  )
