import { fields, type Typed } from '../transaction-form.ts'
import { type Label, t } from '../words/words.ts'

/** Shows the saved and the typed version of every field that differs. */
export const Versions = ({ theirs, mine }: { theirs: Typed; mine: Typed }) => {
  const differing = fields.filter((field) => theirs[field].trim() !== mine[field].trim())
  return (
    <div class="question" role="alert">
      <p>
        <strong>{t('This transaction was changed while you were editing it.')}</strong>{' '}
        {t('Keep the saved version, or replace it with yours.')}
      </p>
      {differing.length === 0 ? (
        <p>{t('The two versions are identical.')}</p>
      ) : (
        <table class="versions">
          <thead>
            <tr>
              <td></td>
              <th scope="col">{t('Saved version')}</th>
              <th scope="col">{t('Your version')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((field) => (
              <tr>
                <th scope="row">{t(names[field])}</th>
                <td data-money={moneyFields.has(field) ? '' : undefined}>{theirs[field] || '—'}</td>
                <td data-money={moneyFields.has(field) ? '' : undefined}>{mine[field] || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

const names: Record<keyof Typed, Label> = {
  type: 'Type',
  symbol: 'Ticker',
  date: 'Date',
  shares: 'Shares',
  price: 'Price',
  fee: 'Fee',
  tax: 'Tax',
  amount: 'Amount',
  acquired: 'Acquired',
  cost: 'Cost',
  lots: 'Lots',
  new_symbol: 'New ticker',
  cost_share: 'Part of the cost',
  ratio: 'Ratio',
  units: 'Share units',
  currency: 'Currency',
  note: 'Note',
  review: 'Review on',
}
const moneyFields: ReadonlySet<keyof Typed> = new Set(['shares', 'price', 'fee', 'amount', 'cost'])
