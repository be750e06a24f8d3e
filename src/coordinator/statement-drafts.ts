import { HOUR } from '../portfolio/time.ts'
import { countedStorage } from '../jobs/counted-storage.ts'

type Draft = { id: string; at: number; pieces: number }

const LIST = 'drafts'
/** The storage of an object takes 2 MB a value, and a character may be two bytes. */
const MOST_CHARACTERS = 500_000
const KEPT_FOR = HOUR
/** Of more files that are looked at at the same time the oldest is chosen again. */
const MOST_DRAFTS = 3

/**
 * Keeps the text of files that somebody is looking at before importing them, for an hour: a change on the preview page does
 * not send the file again.
 */
export class StatementDrafts {
  private readonly storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage) {
    this.storage = countedStorage(storage)
  }

  /** Returns the id by which the text is found again. */
  keep(text: string, now: number): string {
    const { kv } = this.storage
    const current = this.list.filter(({ at }) => now - at < KEPT_FOR).slice(1 - MOST_DRAFTS)
    const kept = new Set(current.map(({ id }) => id))
    for (const draft of this.list) if (!kept.has(draft.id)) this.drop(draft)
    const id = crypto.randomUUID()
    const pieces = Math.ceil(text.length / MOST_CHARACTERS)
    for (let i = 0; i < pieces; i++)
      kv.put(`draft ${id} ${i}`, text.slice(i * MOST_CHARACTERS, (i + 1) * MOST_CHARACTERS))
    kv.put(LIST, [...current, { id, at: now, pieces }])
    return id
  }

  /** Null for one that was kept too long ago. */
  find(id: string, now: number): string | null {
    const draft = this.list.find((each) => each.id === id)
    if (!draft || now - draft.at >= KEPT_FOR) return null
    const pieces = Array.from({ length: draft.pieces }, (_, i) => this.storage.kv.get(`draft ${id} ${i}`))
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : null
  }

  private get list(): Draft[] {
    return this.storage.kv.get<Draft[]>(LIST) ?? []
  }

  private drop({ id, pieces }: Draft): void {
    for (let i = 0; i < pieces; i++) this.storage.kv.delete(`draft ${id} ${i}`)
  }
}
