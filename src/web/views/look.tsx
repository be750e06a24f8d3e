import type { Snapshot } from '../../snapshot/snapshot.ts'
import { WhatIfNote } from './what-if.tsx'

/** Says what a page shows for a look, with the way back. */
export const LookNote = ({ snapshot }: { snapshot: Snapshot }) => (
  <>
    <WhatIfNote snapshot={snapshot} />
    <VersusNote snapshot={snapshot} />
  </>
)

const VersusNote = ({ snapshot: { portfolio, look } }: { snapshot: Snapshot }) =>
  look?.vs == null || !portfolio.benchmarks.includes(look.vs) ? null : (
    <p class="look-note" role="status">
      <span>
        Also measured against <strong>{look.vs}</strong>, for a look: nothing is saved.
      </span>{' '}
      <a class="button small" href={`/portfolios/${portfolio.id}`} data-leaves="vs">
        Leave it out
      </a>
    </p>
  )
