import { type Label, t } from '../words/words.ts'
/** The currencies that a field offers; any other code may be typed. */
const offered: Record<string, Label> = {
  USD: 'US dollar',
  EUR: 'Euro',
  GBP: 'British pound',
  JPY: 'Japanese yen',
  CHF: 'Swiss franc',
  CAD: 'Canadian dollar',
  AUD: 'Australian dollar',
  NZD: 'New Zealand dollar',
  SEK: 'Swedish krona',
  NOK: 'Norwegian krone',
  DKK: 'Danish krone',
  PLN: 'Polish zloty',
  CZK: 'Czech koruna',
  HKD: 'Hong Kong dollar',
  SGD: 'Singapore dollar',
  CNY: 'Chinese yuan',
  INR: 'Indian rupee',
  KRW: 'South Korean won',
  BRL: 'Brazilian real',
  ZAR: 'South African rand',
}

/** The list for an input with `list="currencies"`. */
export const Currencies = () => (
  <datalist id="currencies">
    {Object.entries(offered).map(([code, name]) => (
      <option value={code}>{t(name)}</option>
    ))}
  </datalist>
)
