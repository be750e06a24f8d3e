import type { Visitor } from '../../storage/visitors.ts'
import { type Arguments, type Input, inputSchema, readArguments } from './arguments.ts'
import { confirmationOf, faultOfConfirmation } from './confirmation.ts'
import { codes, type Failure } from './json-rpc.ts'
import type { Ask } from './own-api.ts'
import { type Tool, tools } from './tools.ts'
import { type WriteTool, writeTools } from './write-tools.ts'

/** The result of a tool: what it tells, as text too, or the sentence of a refusal, from which an assistant can learn. */
type Result = { content: { type: 'text'; text: string }[]; structuredContent?: object; isError?: true }
type Told = object | { refused: string }

const confirming: Input = {
  confirmation: {
    type: 'string',
    description:
      'The `confirmation` of the preview, once the person has agreed to it; without it nothing is done.',
  },
}

/** The tools that a token has: those that write only where it may. */
export function listedTools(scope: Visitor['scope']): object[] {
  const reading = Object.entries(tools).map(([name, tool]) => listed(name, tool, true))
  const writing = Object.entries(writeTools).map(([name, tool]) =>
    listed(
      name,
      {
        ...tool,
        description: `${tool.description} The first call only shows what would happen; show that to the person, and call again with its confirmation once they agree.`,
        input: { ...tool.input, ...confirming },
      },
      false,
    ),
  )
  return scope === 'write' ? [...reading, ...writing] : reading
}

function listed(
  name: string,
  { title, description, input }: Pick<Tool, 'title' | 'description' | 'input'>,
  readOnlyHint: boolean,
): object {
  const annotations = { readOnlyHint, openWorldHint: false, ...(!readOnlyHint && { destructiveHint: true }) }
  return { name, title, description, inputSchema: inputSchema(input), annotations }
}

/** Calls a tool by its name, for whoever `ask` asks for. */
export async function calledTool(
  { name, arguments: given = {} }: Record<string, unknown>,
  visitor: Pick<Visitor, 'scope' | 'proof'>,
  ask: Ask,
): Promise<Result | Failure> {
  if (typeof name !== 'string') return invalid('`name` must be the name of a tool.')
  if (Object.hasOwn(tools, name)) {
    const tool = tools[name]!
    const read = readArguments(tool.input, given)
    return 'fault' in read ? invalid(String(read['fault'])) : resultOf(await reading(tool, read, ask))
  }
  if (!Object.hasOwn(writeTools, name))
    return invalid(`There is no tool “${name.slice(0, 60)}”. The tools are ${Object.keys(tools).join(', ')}.`)
  if (visitor.scope !== 'write')
    return invalid(`${name} needs an API token that may write. This one may only read.`)
  const tool = writeTools[name]!
  const read = readArguments({ ...tool.input, ...confirming }, given)
  if ('fault' in read) return invalid(String(read['fault']))
  return resultOf(await writing(name, tool, read, visitor.proof.hash, ask))
}

async function reading({ reads, tell }: Tool, given: Arguments, ask: Ask): Promise<Told> {
  const answers = await Promise.all(reads(given).map((path) => ask(path)))
  const refused = answers.find((each) => 'refused' in each)
  if (refused) return refused
  return tell(
    answers.map((each) => ('body' in each ? each.body : null)),
    given,
  )
}

/** Shows what would happen, and does it only when that was confirmed. */
async function writing(
  name: string,
  { look, foresee, act }: WriteTool,
  { confirmation, ...given }: Arguments,
  secret: string,
  ask: Ask,
): Promise<Told> {
  const { path, ...init } = look(given)
  const looked = await ask(path, init)
  if ('refused' in looked) return looked
  const preview = foresee(looked.body, given)
  if ('refused' in preview) return preview
  const now = Date.now()
  const shown = [name, Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1)), preview]
  const fault =
    confirmation === undefined ? null : await faultOfConfirmation(String(confirmation), secret, shown, now)
  if (confirmation === undefined || fault !== null)
    return {
      status: 'preview',
      says:
        fault ??
        'Nothing was stored. Show this to the person, and call again with the confirmation once they agree.',
      preview,
      confirmation: await confirmationOf(secret, shown, now),
    }
  const { path: address, ...acting } = act(given)
  const done = await ask(address, acting)
  return 'refused' in done ? done : { status: 'done', ...(done.body as object) }
}

function resultOf(told: Told): Result {
  if ('refused' in told) return { content: [{ type: 'text', text: told.refused }], isError: true }
  return { content: [{ type: 'text', text: JSON.stringify(told) }], structuredContent: told }
}

function invalid(message: string): Failure {
  return { code: codes.invalidParams, message }
}
