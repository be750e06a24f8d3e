import type { Mapping } from './mapping.ts'

/** The formats that are tables, each a mapping. */
export const mappings: readonly Mapping[] = []
