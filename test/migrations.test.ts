import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('../migrations/', import.meta.url)

it('migrations only add, so that the version before still runs on the newer database', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  expect(files.length).toBeGreaterThan(5)
  const statements = files.flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .replaceAll(/^--(?!>).*$/gm, '')
      .split('--> statement-breakpoint')
      .map((statement) => `${name}: ${statement.trim().replaceAll(/\s+/g, ' ')}`),
  )
  const adds = /: (CREATE (UNIQUE )?(TABLE|INDEX|TRIGGER)|ALTER TABLE `\w+` ADD|UPDATE|INSERT|DROP INDEX|$)/
  expect(statements.filter((statement) => !adds.test(statement))).toEqual([])
  // a column that old code does not fill needs a value, or may have none
  const columns = statements.filter((statement) => /ALTER TABLE `\w+` ADD/.test(statement))
  expect(columns.filter((each) => each.includes('NOT NULL') && !each.includes('DEFAULT'))).toEqual([])
})
