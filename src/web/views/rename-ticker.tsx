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
      If another company now uses {symbol}, move the old company’s transactions to a ticker of their own. They
      are then valued at the prices of that ticker or, without any, at what was paid. To undo this, rename
      them back.
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
