import * as v from 'valibot'
import { decimal, ONE } from '../portfolio/decimal.ts'
import { readTargets } from '../portfolio/target.ts'
import { type AlertKind, alertKinds, type WantedAlert } from '../snapshot/alert.ts'
import type { AlertFamily } from '../snapshot/alerts/family.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { plainNumber } from '../statements/spelling.ts'
import { choice, faultsIn, type FieldFault, number, text, type Typed } from './api/field.ts'
import { channelsField, readChannels } from './chosen-channels.ts'
import { english } from './words/words.ts'

const kinds = Object.keys(alertKinds) as AlertKind[]

/** An alert as a form or a program sets it. */
export const alertBody = v.object({
  kind: choice(
    'What it is about.',
    kinds,
    (typed) => `“${typed.slice(0, 40)}” is not one of ${kinds.join(', ')}`,
  ),
  subject: text(
    'A ticker that you hold or compare with, a benchmark, or the name of a target, by the kind; drawdown and dividends may be left without one, and are then about all.',
  ),
  level: number('Of a price, in the currency that it trades in; else percent, 10 for 10%.'),
  channels: channelsField,
})

/**
 * What an alert is to be: its kind, what of it the snapshot allows, and by which of one’s own channels it is told. Fields that the
 * kind does not have must be empty.
 */
export function readAlert(
  typed: Typed<typeof alertBody>,
  snapshot: Snapshot,
  own: readonly { id: string }[],
): { wanted: WantedAlert } | { faults: FieldFault[] } {
  const faults = faultsIn(alertBody, typed)
  const kind = kinds.find((each) => each === typed.kind)
  if (!kind) return { faults: faults.length > 0 ? faults : [{ field: 'kind', reason: NO_KIND }] }
  const subject = subjectIn((typed.subject ?? '').trim(), kind, snapshot)
  const level = levelIn((typed.level ?? '').trim(), kind)
  if (subject && typeof subject === 'object') faults.push({ field: 'subject', ...subject })
  if (level && typeof level === 'object') faults.push({ field: 'level', ...level })
  const by = readChannels(typed.channels, own)
  if ('reason' in by) faults.push({ field: 'channels', reason: by.reason })
  if (faults.length > 0 || 'reason' in by) return { faults }
  return { wanted: { kind, subject: subject as string | null, level: level as string | null, ...by } }
}

const NO_KIND = english('say what the alert is about')

/** What each kind can be about, as this portfolio is now. */
export function subjectsOf(kind: AlertKind, { portfolio, holdings, benchmark_quotes }: Snapshot): string[] {
  const { subject } = asksOf(kind)
  const held = holdings.map(({ symbol }) => symbol)
  if (subject === 'holding') return held
  if (subject === 'symbol') return [...new Set([...held, ...benchmark_quotes.map(({ symbol }) => symbol)])]
  if (subject === 'benchmark') return portfolio.benchmarks
  const read = subject === 'target' ? readTargets(portfolio.targets ?? '') : null
  return read && 'targets' in read ? read.targets.weights.map(({ name }) => name) : []
}

export function asksOf(kind: AlertKind): AlertFamily['asks'] {
  return alertKinds[kind].asks
}

function subjectIn(typed: string, kind: AlertKind, snapshot: Snapshot): string | null | { reason: string } {
  const { subject, subjectIsOptional } = asksOf(kind)
  if (subject === null)
    return typed === '' ? null : { reason: english('this kind of alert is about everything') }
  if (typed === '' && subjectIsOptional) return null
  const found = subjectsOf(kind, snapshot).find((each) => each === typed || each === typed.toUpperCase())
  return (
    found ?? {
      reason: typed === '' ? english('choose what it is about') : english('choose one of this portfolio’s'),
    }
  )
}

function levelIn(typed: string, kind: AlertKind): string | null | { reason: string } {
  const { level } = asksOf(kind)
  if (level === null) return typed === '' ? null : { reason: english('this kind of alert has no line') }
  const plain = typed.replace(level === 'percent' ? /\s*%$/ : '', '')
  const written = plainNumber(plain) ?? plain
  const value = decimal(written)
  if (value === null || value <= 0n)
    return { reason: level === 'price' ? english('enter a price such as 500') : PERCENT }
  if (level === 'percent' && value > 100n * ONE) return { reason: PERCENT }
  return written
}

const PERCENT = english('enter a percentage such as 10')
