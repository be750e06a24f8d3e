import { iso } from './everything.ts'

// The fields of a file of whole portfolios, each used or refused.

/** Says what cannot be read; it is found deep within a file, and caught where a part of the file is read. */
export class Misread extends Error {}

type Fields = Record<string, unknown>

/** The rows of a list, each read by itself. */
export function rows<T>(part: Fields, name: string, read: (row: unknown, where: string) => T): T[] {
  const list = part[name]
  if (!Array.isArray(list)) throw new Misread(`There is no list “${name}”.`)
  return list.map((row, i) => read(row, `${name}, row ${i + 1}`))
}

/** The fields of a row, which has no others than those that are known. */
export function object(value: unknown, where: string, known: string): Fields {
  if (!isObject(value)) throw new Misread(`${where}: this is not a row of such a file.`)
  const names = known.split(' ')
  const odd = Object.keys(value).find((name) => !names.includes(name))
  if (odd !== undefined) throw new Misread(`${where}: this version does not know “${shown(odd)}”.`)
  return value
}

/** Refuses a field that is not sound. */
export function need(isSound: boolean, where: string, field: string): asserts isSound {
  if (!isSound) throw new Misread(`${where}: “${field}” cannot be read.`)
}

/** Milliseconds of an instant as `iso` writes it. */
export function instant(value: unknown, where: string, field: string): number {
  const at = isText(value) ? Date.parse(value) : Number.NaN
  need(Number.isFinite(at) && iso(at) === value, where, field)
  return at
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that the database gives back as it was. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
}

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function shown(name: string): string {
  return name.toWellFormed().slice(0, 40)
}

/** JSON; undefined when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
