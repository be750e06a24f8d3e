import type { Question } from '../statements/question.ts'
import type { PortfolioSettings } from '../storage/portfolios.ts'
import type { AfterImport, ImportPreview } from './import-preview.ts'
import type { ImportResult } from './statement-import.ts'
import type { Refused } from './transaction-edits.ts'
import type { UndoEdit } from './undone-import.ts'

// What a portfolio's object answers to those who write to it.

export type Edited<T> = { status: 'ok'; value: T; revision: number } | Refused
export type Imported =
  | { status: 'ok'; value: ImportResult & AfterImport; revision: number }
  | { status: 'previewed'; value: ImportPreview; revision: number }
  | { status: 'unreadable'; problem: string; questions: Question[] }
  /** The file was kept too long ago, and has to be chosen again. */
  | { status: 'expired' }
  | { status: 'missing' }
export type Undone = { status: 'ok'; value: number; revision: number } | Exclude<UndoEdit, { status: 'ok' }>
export type RenameEdit =
  | { status: 'ok'; value: number; revision: number }
  | { status: 'refused'; reason: string }
  | { status: 'missing' }
export type Changes = Partial<PortfolioSettings>
