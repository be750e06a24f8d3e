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

/** Asks for any benchmark that has prices. Its answer is the dashboard with it, at an address that can be sent. */
export const LookForm = ({ portfolio }: { portfolio: Snapshot['portfolio'] }) => (
  <details class="custom popover look" id="look" hx-morph-skip="true">
    <summary title="Measure against something else, without saving it">Other…</summary>
    <form action={`/portfolios/${portfolio.id}`} data-leaves="vs">
      <label>
        Against{' '}
        <input
          name="vs"
          data-ticker="benchmarks"
          required
          maxlength={200}
          placeholder="60 VOO + 40 BND"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
      </label>
      <button class="button">Show</button>
      <p class="aside">A ticker, a blend or a rate such as 4 %. Nothing is saved.</p>
    </form>
  </details>
)
