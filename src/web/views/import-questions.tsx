import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { columnName } from '../../statements/columns.ts'
import { plainWord } from '../../statements/type-words.ts'
import { wordKinds } from '../import-choices.ts'
import { ColumnChoices, columnsAsked } from './column-choices.tsx'
import { askedSecurities, SecurityQuestions } from './security-questions.tsx'
import { askedSpinOffs, SpinOffQuestions } from './spin-off-questions.tsx'
import { spellingsAsked, SpellingQuestions } from './spelling-questions.tsx'
import { t, translated } from '../words/words.ts'

/**
 * Everything that can be said of how a file is read: what it proves itself, what is asked, and what was answered and can be
 * changed again, in an order that stays when something is answered: an answer moves nothing on the page.
 */
export const ImportQuestions = ({ preview }: { preview: ImportPreview }) => (
  <>
    {preview.evidence.length > 0 && (
      <ul class="evidence">
        {preview.evidence.map((sentence) => (
          <li>{translated(sentence)}</li>
        ))}
      </ul>
    )}
    <SpellingQuestions preview={preview} />
    <WordQuestions preview={preview} />
    <SecurityQuestions preview={preview} />
    <SpinOffQuestions preview={preview} />
    <ColumnChoices preview={preview} />
  </>
)

/** The names of the fields by which the page says what was said, or asks. */
export function namesAsked(preview: ImportPreview): Set<string> {
  return new Set([
    ...spellingsAsked(preview),
    ...askedWords(preview).map(({ word }) => `word.${plainWord(word)}`),
    ...askedSecurities(preview).map(({ key }) => `security.${key}`),
    ...askedSpinOffs(preview).flatMap(({ symbol }) => [`spinoff.${symbol}`, `parent.${symbol}`]),
    ...columnsAsked(preview).map(({ heading }) => `column.${columnName(heading)}`),
  ])
}

/** Asks what the words mean that a file has for its types and nobody knows. */
const WordQuestions = ({ preview }: { preview: ImportPreview }) => {
  const words = askedWords(preview)
  if (words.length === 0) return null
  return (
    <fieldset class="asked" id="words">
      <legend>{t('What do these words mean?')}</legend>
      {words.map(({ word, count }) => (
        <label class="field">
          <span>
            “{word}”
            {count !== null && <small> {count === 1 ? t('1 row') : t('{n} rows', { n: count })}</small>}
          </span>
          <select name={`word.${plainWord(word)}`} id={`word-${plainWord(word)}`}>
            <option value="">{t('We don’t know; leave them out')}</option>
            {Object.entries(wordKinds).map(([kind, says]) => (
              <option value={kind} selected={preview.answers.words?.[plainWord(word)] === kind}>
                {t(says)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  )
}

function askedWords({ questions, answers }: ImportPreview): { word: string; count: number | null }[] {
  const words = [
    ...questions.flatMap((question) => (question.about === 'type' ? [question] : [])),
    ...Object.keys(answers.words ?? {}).map((word) => ({ word, count: null })),
  ]
  return words.toSorted((a, b) => (plainWord(a.word) < plainWord(b.word) ? -1 : 1))
}
