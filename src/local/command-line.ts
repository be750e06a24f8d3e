import { parseArgs, type ParseArgsConfig } from 'node:util'

/**
 * Reads what a command was given, as parseArgs does. It ends with a sentence where parseArgs throws: at an option that
 * the command does not have, or one without its value.
 */
export function commandLine<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs<T>(config)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error
    const options = Object.keys(config.options ?? {}).map((name) => `--${name}`)
    // what follows the first sentence is about programs that are given names with a dash
    const [sentence] = message.split(/\.?(?: To specify|\n|$| This command)/)
    console.error(
      `${sentence}. ${options.length === 0 ? 'It takes no options.' : `Its options are ${options.join(', ')}.`}`,
    )
    process.exit(2)
  }
}
