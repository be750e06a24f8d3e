import type { Notice } from '../portfolio/notice.ts'
import type { Answer } from './sent.ts'
import type { Sending } from './sending.ts'
import type { PushKeys } from './push/keys.ts'

export type ChannelKind = 'push' | 'webhook' | 'ntfy' | 'telegram' | 'email'

/** What opens a channel, by its fields: as it was typed, without spaces around it. */
export type Opened = Readonly<Record<string, string>>

/** What is typed to make a channel. */
export type ChannelField = {
  name: string
  label: string
  /** An example of it, or where one finds it. */
  hint: string
  /** Why a text is none, in a sentence; null for one that is. `isLocal` says that this is somebody's own machine. */
  fault: (typed: string, isLocal: boolean) => string | null
  /** True for what may be left out. */
  isOptional?: true
  /** True for what nobody is shown again. */
  isSecret?: true
  /** What there is to choose from, and what each is called. */
  choices?: Readonly<Record<string, string>>
}

/** A notice as it goes out. */
export type Message = {
  notice: Notice
  /** The address in the app that the notice leads to, in full. */
  link: string
  /** Where this Yardstick is. */
  origin: string
  /** In milliseconds. */
  now: number
  /** By which push services know this Yardstick. */
  keys: PushKeys
}

/** One POST. */
export type Call = { url: string; headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> }

/** A way to tell somebody something. */
export type Channel = {
  kind: ChannelKind
  name: string
  /** How one gets what is typed, step by step. */
  steps: readonly string[]
  fields: readonly ChannelField[]
  /** True where the same notice sent twice is shown once: then it is sent again, too, when nobody answered. */
  knowsRepeats: (opened: Opened) => boolean
  /** What is shown of where it leads; no part of it opens the channel. */
  target: (opened: Opened) => string
  call: (opened: Opened, message: Message) => Call | Promise<Call>
  /** What a refusal says; null where it says nothing of its own. */
  said?: (answer: Answer) => string | null
  /** What came of it, where the status does not tell; null where it does. */
  judged?: (answer: Answer) => Sending | null
}
