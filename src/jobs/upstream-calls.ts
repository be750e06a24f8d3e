import { spend } from '../storage/usage.ts'

/** How often an endpoint ended in a way, and when it last did, in milliseconds (null: before that was noted). */
export type Ended = { source: string; endpoint: string; outcome: string; count: number; at: number | null }

/** What the gateway's own storage keeps of the calls upstream, and since when. */
export type UpstreamCalls = {
  /** `calls` is 0 for an end without a call, such as one that was foreseen. */
  note: (ended: Pick<Ended, 'source' | 'endpoint' | 'outcome'>, calls: 0 | 1, now: number) => void
  all: () => Ended[]
  /** Null: since before that was kept. */
  since: () => number | null
}

/** Makes the table. What was counted before sources had names was the chosen one's. */
export function upstreamCalls(
  { kv, sql }: Pick<DurableObjectStorage, 'kv' | 'sql'>,
  chosen: string,
  now: number,
): UpstreamCalls {
  const ask = <T extends Record<string, SqlStorageValue>>(
    query: string,
    ...values: SqlStorageValue[]
  ): T[] => {
    const answer = sql.exec<T>(query, ...values)
    const rows = answer.toArray()
    spend('objectRowsRead', answer.rowsRead)
    spend('objectRowsWritten', answer.rowsWritten)
    return rows
  }
  ask(
    'CREATE TABLE IF NOT EXISTS upstream_calls (source TEXT, endpoint TEXT, outcome TEXT, count INTEGER, at INTEGER, PRIMARY KEY (source, endpoint, outcome)) WITHOUT ROWID',
  )
  const dated = ask("SELECT 1 FROM sqlite_schema WHERE name = 'upstream_calls' AND sql LIKE '% at INTEGER%'")
  if (dated.length === 0) ask('ALTER TABLE upstream_calls ADD COLUMN at INTEGER')
  if (ask("SELECT 1 FROM sqlite_schema WHERE name = 'calls'").length > 0) {
    ask(
      'INSERT INTO upstream_calls SELECT ?, endpoint, outcome, count, NULL FROM calls WHERE true ON CONFLICT DO NOTHING',
      chosen,
    )
    ask('DROP TABLE calls')
  }
  const isNew = ask('SELECT 1 FROM upstream_calls LIMIT 1').length === 0
  if (isNew && kv.get('counting since') === undefined) kv.put('counting since', now)

  return {
    note({ source, endpoint, outcome }, calls, at) {
      ask(
        `INSERT INTO upstream_calls (source, endpoint, outcome, count, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET count = count + excluded.count, at = excluded.at`,
        source,
        endpoint,
        outcome,
        calls,
        at,
      )
    },
    all() {
      return ask<Ended>(
        'SELECT source, endpoint, outcome, count, at FROM upstream_calls ORDER BY source, endpoint, outcome',
      )
    },
    since() {
      const since = kv.get('counting since')
      return typeof since === 'number' ? since : null
    },
  }
}
