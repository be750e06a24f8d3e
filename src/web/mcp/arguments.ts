import { faultOfText } from '../plain-text.ts'

/** What a tool takes, as JSON Schema: the few kinds of values that ours need. */
export type Input = Record<string, Field>
type Field = { description: string; required?: true } & (
  | { type: 'string'; enum?: readonly string[] }
  | { type: 'integer'; minimum: number; maximum: number }
  | { type: 'array'; items: { type: 'string' } }
)
export type Arguments = Record<string, string | number | string[]>

/** The JSON Schema of what a tool takes. */
export function inputSchema(input: Input): object {
  const properties = Object.fromEntries(
    Object.entries(input).map(([name, { required: _required, ...schema }]) => [name, schema]),
  )
  const required = Object.keys(input).filter((name) => input[name]!.required)
  return { type: 'object', properties, required, additionalProperties: false }
}

/** Returns what a tool was given, or a sentence on the first argument that does not fit; null counts as not given. */
export function readArguments(input: Input, given: unknown): Arguments | { fault: string } {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { fault: '`arguments` must be a JSON object.' }
  const read: Arguments = {}
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(input, name) ? input[name]! : null
    if (field === null)
      return {
        fault: `There is no argument “${name.slice(0, 40)}”. It takes ${Object.keys(input).join(', ')}.`,
      }
    if (value === null) continue
    if (!fits(field, value)) return { fault: `\`${name}\` must be ${kindOf(field)}.` }
    const odd = [value].flat().find((each) => typeof each === 'string' && faultOfText(each) !== null)
    if (odd !== undefined) return { fault: `\`${name}\` ${faultOfText(String(odd))}.` }
    read[name] = value
  }
  const lacking = Object.keys(input).find((name) => input[name]!.required && read[name] === undefined)
  return lacking === undefined ? read : { fault: `\`${lacking}\` is missing: ${input[lacking]!.description}` }
}

function fits(field: Field, value: unknown): value is Arguments[string] {
  switch (field.type) {
    case 'string':
      return typeof value === 'string' && (!field.enum || field.enum.includes(value))
    case 'integer':
      return Number.isInteger(value) && Number(value) >= field.minimum && Number(value) <= field.maximum
    case 'array':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
  }
}

function kindOf(field: Field): string {
  switch (field.type) {
    case 'string':
      return field.enum ? `one of ${field.enum.join(', ')}` : 'text'
    case 'integer':
      return `a whole number from ${field.minimum} to ${field.maximum}`
    case 'array':
      return 'a list of texts'
  }
}
