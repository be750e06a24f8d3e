import { answers } from './german/answers.ts'
import { device } from './german/device.ts'
import { faults } from './german/faults.ts'
import { sources } from './german/sources.ts'
import { statements } from './german/statements.ts'
import { general } from './german/general.ts'
import { scripts } from './german/scripts.ts'

/** What the interface says, in German. Each file has the words of some pages. */
export const german = {
  ...answers,
  ...device,
  ...faults,
  ...sources,
  ...statements,
  ...general,
  ...scripts,
} as const satisfies Record<string, string>
