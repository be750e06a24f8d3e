import { american, type Sentence, type Value, valueIn, type Locale, written } from './sentence.ts'

/** Something that somebody is told, by whichever channels they have. All of it is plain text. */
export type Notice = {
  /** Names it for the account that is told: the same id is told once, however often it is found. At most 200 characters. */
  id: string
  /** One line. */
  title: string
  /** One to six lines. */
  body: string
  /** Where in the app one sees more: a path, such as `/portfolios/:id/alerts`. */
  address: string
  /** A later notice with the same tag takes the place of this one on a device that still shows it. */
  tag: string
  /** In milliseconds. */
  at: number
  /** The title and the body as they are meant, to be written for each reader; without, they are what was written. */
  says?: Says | null
}

/** What a notice says in any language: a title, which may be a name, and a sentence a line. */
export type Says = { title: Value; body: readonly Sentence[] }

/** Returns the notice that says this, with its English text. */
export function noticeSaying(about: Omit<Notice, 'title' | 'body' | 'says'>, says: Says): Notice {
  const kept = { title: says.title, body: says.body.slice(0, MOST_LINES) }
  return { ...about, ...textOf(kept, american), says: kept }
}

/** Returns the notice as it is told to a reader. */
export function toldTo<N extends Pick<Notice, 'title' | 'body' | 'says'>>(notice: N, locale: Locale): N {
  return notice.says ? { ...notice, ...textOf(notice.says, locale) } : notice
}

function textOf({ title, body }: Says, locale: Locale): Pick<Notice, 'title' | 'body'> {
  return {
    title: fittingTitle(valueIn(title, locale)),
    body: fittingBody(body.map((each) => written(each, locale)).join('\n')),
  }
}

/**
 * Whom a notice is for, and the portfolio that it is about; null for one about the account itself. `by` has the ids of the channels
 * that were chosen for it; without, it goes by all.
 */
export type Told = { account: string; portfolio: string | null; by?: string[] | null }

const LONGEST_TITLE = 120
const LONGEST_BODY = 1000
const MOST_LINES = 6

/** Returns the notice as it is told: cut where it is longer than a device shows, and without what no text has in it. */
export function fitting(notice: Notice): Notice {
  const { id, title, body, address, tag } = notice
  return {
    ...notice,
    id: id.slice(0, 200),
    title: fittingTitle(title),
    body: fittingBody(body),
    // the link in a message leads into the app, wherever a name in it may point
    address: /^\/(?![/\\])[^\s\\]{0,499}$/.test(address) ? address : '/',
    tag: tag.slice(0, 200),
  }
}

function fittingTitle(title: string): string {
  return cut(oneLine(title), LONGEST_TITLE)
}

function fittingBody(body: string): string {
  const lines = body.split('\n').map(oneLine).filter(Boolean).slice(0, MOST_LINES)
  return cut(lines.join('\n'), LONGEST_BODY)
}

/** Without line ends and other characters that print nothing. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
}
