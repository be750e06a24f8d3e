import { t } from '../words/words.ts'

/** Asks for the ticker that shares are to have from now on. */
export const NewTickerField = ({ name }: { name: 'to' | 'new_symbol' }) => (
  <label>
    <span>{t('New ticker')}</span>
    <input
      name={name}
      data-ticker="one"
      required
      size={10}
      autocomplete="off"
      autocapitalize="characters"
      spellcheck={false}
    />
  </label>
)
