import { customType } from 'drizzle-orm/sqlite-core'

/** Reads stored JSON; undefined for a text that is none. */
export function json(text: string | null | undefined): unknown {
  try {
    return text === null || text === undefined ? null : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/**
 * A column of JSON. A value that cannot be read, or that is not what it should be, counts as `otherwise`, because one
 * that threw would block every query that meets its row.
 */
export function jsonColumn<T>(isSound: (value: unknown) => boolean, otherwise: T) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => {
      const value = json(text)
      return isSound(value) ? (value as T) : otherwise
    },
  })
}

/** What a list of texts is read as that cannot be read; another empty list is one that was stored so. */
export const unreadableList: string[] = []

/** A column of a list of texts. */
export const textList = jsonColumn<string[]>(isTexts, unreadableList)

export function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** The condition that a stored value has these fields, each of which is a finite number or a text. */
export function hasFields(fields: Record<string, 'number' | 'string' | 'object'>) {
  return (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([field, kind]) => typeof (value as Record<string, unknown>)[field] === kind)
}
