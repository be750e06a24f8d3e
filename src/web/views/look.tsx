import type { Snapshot } from '../../snapshot/snapshot.ts'
import { WhatIfNote } from './what-if.tsx'
import { parts, t } from '../words/words.ts'

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
        {parts('Also measured against {vs}, for a look: nothing is saved.', {
          vs: <strong>{look.vs}</strong>,
        })}
      </span>{' '}
      <a class="button small" href={back} data-leaves="vs">
        {t('Leave it out')}
      </a>
    </p>
  )
