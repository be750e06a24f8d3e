type Props = {
  path: string
  symbol: string
  /** Another company seems to have taken over the ticker. */
  open: boolean
}

/** Gives the transactions of a company that has lost its ticker to another one a ticker of their own. */
export const RenameTicker = ({ path, symbol, open }: Props) => (
  <details class="aside" id="rename-ticker" open={open}>
    <summary>Use another ticker for these transactions</summary>
    <p>
      If another company has taken over {symbol}, give the transactions of the old one a ticker of their own.
      The prices stay with {symbol}: those under the new ticker are what the source lists, or what was paid.
      To undo it, rename them back.
    </p>
    <form method="post" action={`${path}/rename`} class="filter-form">
      <label>
        <span>New ticker</span>
        <input
          name="to"
          data-ticker="one"
          required
          size={10}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
      </label>
      <label>
        <span>Up to (optional)</span>
        <input type="date" name="until" />
      </label>
      <button class="button">Rename</button>
    </form>
  </details>
)
