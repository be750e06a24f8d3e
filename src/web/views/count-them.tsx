/** From now on, dividends that the market reports count by themselves. */
export const CountThem = ({ portfolio }: { portfolio: string }) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/counting`}>
    <button class="button small" name="dividends" value="automatic">
      Count them
    </button>
  </form>
)
