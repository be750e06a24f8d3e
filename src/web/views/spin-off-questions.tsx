import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { t } from '../words/words.ts'

/** Shares that were spun off: `from` is the old company where the file names it, `parent` what was said of it. */
type AskedSpinOff = { symbol: string; from: string; share: string; parent: string }

/** The spin-offs that are asked about, and those of which something was said and can be changed again. */
export function askedSpinOffs({ questions, answers }: ImportPreview): AskedSpinOff[] {
  const { costShares = {}, parents = {} } = answers
  const open = questions.flatMap((question) => (question.about === 'spin_off' ? [question] : []))
  const symbols = new Set([
    ...open.map(({ symbol }) => symbol),
    ...Object.keys(costShares),
    ...Object.keys(parents),
  ])
  return [...symbols].toSorted().map((symbol) => ({
    symbol,
    from: open.find((question) => question.symbol === symbol)?.from ?? '',
    share: (costShares[symbol] ?? '').replace('%', ''),
    parent: parents[symbol] ?? '',
  }))
}

/** Asks which part of the cost went with shares that were spun off: no file states it. */
export const SpinOffQuestions = ({ preview }: { preview: ImportPreview }) => {
  const asked = askedSpinOffs(preview)
  if (asked.length === 0) return null
  return (
    <fieldset class="asked" id="spin-offs">
      <legend>{t('Which part of the cost went to the new shares?')}</legend>
      {asked.map(({ symbol, from, share, parent }) => (
        <>
          <div class="field">
            <label for={`spinoff-${symbol}`}>
              {from
                ? t('{symbol}, spun off from {from}, in percent', { symbol, from })
                : t('{symbol}, in percent', { symbol })}
            </label>
            <input
              id={`spinoff-${symbol}`}
              name={`spinoff.${symbol}`}
              value={share}
              inputmode="decimal"
              maxlength={14}
              autocomplete="off"
            />
          </div>
          {from === '' && (
            <div class="field">
              <label for={`parent-${symbol}`}>{t('Ticker of the old company of {symbol}', { symbol })}</label>
              <input
                id={`parent-${symbol}`}
                name={`parent.${symbol}`}
                value={parent}
                maxlength={20}
                autocapitalize="characters"
                autocomplete="off"
                spellcheck={false}
                data-ticker="one"
                hx-morph-skip=""
              />
            </div>
          )}
        </>
      ))}
      <p class="aside">
        {t(
          'The company tells its shareholders, in America on Form 8937. At 0 the old shares keep all of the cost. If the page of the old company asks about a split on that day, answer it there instead.',
        )}
      </p>
    </fieldset>
  )
}
