import { t } from '../words/words.ts'
/** The button that makes dividends reported by the market count from now on. */
export const CountThem = ({ portfolio }: { portfolio: string }) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/counting`}>
    <button class="button small" name="dividends" value="automatic">
      {t('Count them')}
    </button>
  </form>
)
