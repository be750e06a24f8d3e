import * as v from 'valibot'
import { fromNumber, text as decimalText } from '../../portfolio/decimal.ts'
import { faultOfText } from '../plain-text.ts'

// The kinds of fields that a body has. One schema says what is taken, with which sentence something else is refused, and
// what the document of the API tells of it. A field may be left out; null is as given, and means what each field says.

type Rule = v.BaseValidation<string, string, v.BaseIssue<unknown>>
type Reason = v.ErrorMessage<v.BaseIssue<unknown>>

/** A text without what no text has. */
export const plain = v.check<string, (issue: v.CheckIssue<string>) => string>(
  (text) => faultOfText(text) === null,
  ({ input }) => faultOfText(input)!,
)
const anything = v.check<string>(() => true)

/** A text, with rules of its own. */
export function text(says: string, rule: Rule = anything, another: Rule = anything) {
  return v.nullish(v.pipe(v.string('must be text'), plain, rule, another, v.description(says)))
}

/** The name of something, which has one. */
export function name(says: string, missing: string) {
  return text(says, v.regex(/\S/, missing), v.maxLength(100, 'a name can have at most 100 characters'))
}

/** One of some words. */
export function choice<const Words extends readonly string[]>(
  says: string,
  words: Words,
  reason: (typed: string) => string,
) {
  const wrong: Reason = ({ input }) => (typeof input === 'string' ? reason(input) : 'must be text')
  return v.nullish(v.pipe(v.picklist(words, wrong), v.description(says)))
}

/** A number, or a text in which a number is written, which keeps every digit. What it may be is checked where it is read. */
export function number(says: string) {
  return v.nullish(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), plain)], 'must be a number, or text'),
      v.description(says),
      v.transform(written),
    ),
  )
}

/** A whole number between two others, or one of some words. */
export function whole(says: string, least: number, most: number, reason: string, words: string[] = []) {
  const inWords = v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, reason),
    v.check((typed) => Number(typed) >= least && Number(typed) <= most, reason),
  )
  const inDigits = v.pipe(v.number(), v.integer(reason), v.minValue(least, reason), v.maxValue(most, reason))
  return v.nullish(
    v.pipe(
      v.union(
        [inDigits, ...(words.length > 0 ? [v.picklist(words)] : []), inWords],
        'must be a number, or text',
      ),
      v.description(says),
      v.transform(written),
    ),
  )
}

/** Some texts, or one. */
export function texts(says: string) {
  const each = v.pipe(v.string(), plain)
  return v.nullish(
    v.pipe(v.union([each, v.array(each)], 'must be text, or a list of texts'), v.description(says)),
  )
}

export type Body = v.ObjectSchema<Record<string, v.GenericSchema>, undefined>
/** The fields that were given, in text. */
export type Given<Of extends Body> = v.InferOutput<Of>

/** The same before anybody has looked at them: a form's fields are all text. */
export type Typed<Of extends Body> = {
  [Field in keyof Of['entries']]?:
    | (string[] extends v.InferOutput<Of['entries'][Field]> ? string | string[] : string)
    | null
    | undefined
}

export type FieldFault = { field: string; reason: string }

/** What of some fields is not as their schema has it, one reason for each field. */
export function faultsIn(body: Body, input: unknown): FieldFault[] {
  const { issues = [] } = v.safeParse(body, input)
  const faults = issues.map((issue) => ({ field: String(issue.path?.[0]?.key), reason: issue.message }))
  return faults.filter(({ field }, i) => faults.findIndex((each) => each.field === field) === i)
}

/** A number in text: JSON's 0.00000001 is JavaScript's 1e-8, which is not how anybody wrote it. */
export function written(value: number | string): string {
  const printed = String(value)
  return typeof value === 'number' && printed.includes('e') ? decimalText(fromNumber(value)) : printed
}
