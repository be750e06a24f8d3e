import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { dayOrders } from '../../statements/day-spelling.ts'
import type { ReadOneWay } from '../../statements/question.ts'
import { type Label, t, translated } from '../words/words.ts'

const abouts = ['days', 'decimals', 'amount'] as const

/** Of how days, numbers and amounts are written, what is asked or was said. */
export function spellingsAsked({ questions, answers }: ImportPreview): (typeof abouts)[number][] {
  return abouts.filter(
    (about) => questions.some((each) => each.about === about) || answers[about] !== undefined,
  )
}

/** Asks how days, numbers and amounts are to be read where the file does not prove it. */
export const SpellingQuestions = ({ preview }: { preview: ImportPreview }) => (
  <>
    {spellingsAsked(preview).map((about) => {
      const asked = preview.questions.find((question) => question.about === about)
      const said = preview.answers[about]
      if (asked && 'readings' in asked) return <OneWay about={about} asked={asked} said={said} />
      return said === undefined ? null : <Said about={about} said={said} />
    })}
  </>
)

const headings = {
  days: (column: string) => t('How are the days in “{column}” written?', { column }),
  decimals: (column: string) => t('How are the numbers in “{column}” written?', { column }),
  amount: (column: string) => t('What does “{column}” say?', { column }),
}

/** Nothing decides: both readings with the first rows, and none of them chosen. */
const OneWay = ({
  about,
  asked,
  said,
}: {
  about: keyof typeof headings
  asked: { column: string; readings: ReadOneWay[] }
  said: string | undefined
}) => (
  <fieldset class="asked" id={about}>
    <legend>{headings[about](asked.column)}</legend>
    <div class="ways">
      {asked.readings.map(({ answer, means, samples }) => (
        <label>
          <Way about={about} way={answer} isSaid={answer === said} /> {translated(means)}
          {samples.map(({ line, spelled, read }) => (
            <small>{t('line {n}: “{spelled}” is {read}', { n: line, spelled, read })}</small>
          ))}
        </label>
      ))}
    </div>
  </fieldset>
)

const Way = ({ about, way, isSaid }: { about: string; way: string; isSaid: boolean }) => (
  <input type="radio" name={about} value={way} id={`${about}-${way || 'by-itself'}`} checked={isSaid} />
)

const ways = {
  dmy: 'the day comes first',
  mdy: 'the month comes first',
  ymd: 'the year comes first',
  ',': 'a comma before the decimals',
  '.': 'a point before the decimals',
  net: 'the amount includes fees and taxes',
  gross: 'the amount is before fees and taxes',
  price: 'the price counts',
  amount: 'the amount counts',
} as const satisfies Record<string, Label>

const alternatives = {
  days: dayOrders,
  decimals: [',', '.'],
  amount: ['net', 'gross', 'price', 'amount'],
} as const

/** An answer that can be changed again: the same buttons, so that whoever has pressed one stays on it. */
const Said = ({ about, said }: { about: keyof typeof alternatives; said: string }) => (
  <fieldset class="asked" id={about}>
    <legend>{{ days: t('Days'), decimals: t('Numbers'), amount: t('Amounts') }[about]}</legend>
    <div class="ways">
      {alternatives[about].map((way) => (
        <label>
          <Way about={about} way={way} isSaid={way === said} /> {t(ways[way])}
        </label>
      ))}
      <label>
        <Way about={about} way="" isSaid={false} /> {t('let the file decide')}
      </label>
    </div>
  </fieldset>
)
