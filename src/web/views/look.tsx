import type { Snapshot } from '../../snapshot/snapshot.ts'

/** Says what a page shows for a look, with the way back. */
export const LookNote = ({ snapshot: { portfolio, look } }: { snapshot: Snapshot }) =>
  look?.vs == null ? null : (
    <p class="panel look-note" role="status">
      <span>
        Also measured against <strong>{look.vs}</strong>, for a look: nothing is saved.
      </span>
      <a class="button" href={`/portfolios/${portfolio.id}`} data-leaves="vs">
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
