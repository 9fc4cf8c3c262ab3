import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ORPCError } from '@orpc/client'
import { defaultFolder } from '../db/folder.ts'
import { type Args, readArgs, UsageError } from './args.ts'
import type { Outcome } from './commands.ts'
import type { Connection } from './connect.ts'
import { CliError, TroubleExit } from './exits.ts'
import { languageOf, type Say, sentences } from './text.ts'

const MAKES_A_BOOK = new Set(['add', 'import', 'seed'])

/** Where a call reads its surroundings from and writes to: the process, or a test. */
export interface CliStreams {
  env: NodeJS.ProcessEnv
  out(text: string): void
  err(text: string): void
}

/** What a call speaks with. */
interface Voice {
  find: ReturnType<typeof sentences>
  say: Say
  out(text: string): void
  /** One line on stderr. */
  tell(line: string): void
}

/** One call; resolves with its exit code: 0 done, 1 refused or failed, 2 the book cannot be opened. Never rejects. */
export async function runCli(argv: string[], streams: CliStreams): Promise<0 | 1 | 2> {
  const find = sentences(languageOf(streams.env))
  const say: Say = (key, values) => find(key, values) ?? key
  const voice: Voice = { find, say, out: streams.out, tell: (line) => streams.err(`${line}\n`) }
  try {
    return (await run(readArgs(argv), voice)) ? 0 : 1
  } catch (error) {
    const { code, sentence, exit, data } = failureOf(error, voice)
    if (argv.includes('--json')) {
      const object = { ok: false, error: { code, message: sentence, ...(data !== undefined && { data }) } }
      voice.out(`${JSON.stringify(object)}\n`)
    }
    voice.tell(sentence)
    return exit
  }
}

async function run(args: Args, { say, out, tell }: Voice): Promise<boolean> {
  const { command } = args
  if (command === 'help') {
    out(args.json ? `${JSON.stringify({ ok: true, help: say('cli:help') })}\n` : say('cli:help'))
    return true
  }
  // A mistyped file name must not leave a new book behind.
  if (command === 'import' || command === 'restore' || command === 'salvage') readable(args.rest[0]!)
  // The engine is loaded only for what needs it: help and a wrong call answer at once.
  if (command === 'restore') {
    const { restoreFrom } = await import('./backup.ts')
    return answer(await restoreFrom(args, say, tell), args, { out, tell })
  }
  if (command === 'salvage') {
    const { salvageFile } = await import('./salvage.ts')
    return answer(await salvageFile(args, say, tell), args, { out, tell })
  }
  const [{ connect }, { RUN }] = await Promise.all([import('./connect.ts'), import('./commands.ts')])
  const at = await connect(resolve(args.data ?? defaultFolder()), MAKES_A_BOOK.has(command))
  try {
    if (MAKES_A_BOOK.has(command)) await setUpIfNew(at, say, tell)
    return answer(await RUN[command](at, args, say, tell), args, { out, tell })
  } finally {
    at.close()
  }
}

/** One call to `out`, so that a reader never sees half an object; people who asked for no object get lines. */
function answer(outcome: Outcome, { json, command }: Args, { out, tell }: Pick<Voice, 'out' | 'tell'>): boolean {
  const { ok, data, lines } = outcome
  if (json) out(`${JSON.stringify({ ok, command, ...data })}\n`)
  if (!json && ok) out(`${lines.join('\n')}\n`)
  if (!ok) tell(lines.join('\n'))
  return ok
}

function readable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new CliError('fileMissing', { path })
  }
  if (statSync(path).isDirectory()) throw new CliError('isFolder', { path })
}

/** So that a script can begin with an empty folder. */
async function setUpIfNew({ client }: Connection, say: Say, tell: Voice['tell']): Promise<void> {
  if ((await client.system.status()).set_up) return
  const names = { business: say('cli:business'), owner: say('cli:owner') }
  const lists = { trade: 'other' as const, money_unit: 'toman' as const }
  await client.setup.start({ business_name: names.business, owner_name: names.owner, ...lists })
  tell(say('cli:setUp', names))
}

interface Failure {
  code: string
  sentence: string
  exit: 1 | 2
  data?: unknown
}

/** Any error as one sentence; what nobody foresaw is named by its message only, never by a stack. */
function failureOf(error: unknown, { find, say }: Voice): Failure {
  if (error instanceof TroubleExit) {
    const { code, path } = error.trouble
    const part = (name: string) => say(`trouble:${code}.${name}`)
    const values = { path, title: part('title'), kept: part('kept'), todo: part('todo') }
    return { code, sentence: say('cli:troubleLine', values), exit: 2 }
  }
  if (error instanceof UsageError)
    return { code: 'USAGE', sentence: say('cli:usage', { detail: error.message }), exit: 1 }
  if (error instanceof CliError)
    return { code: error.key, sentence: say(`cli:${error.key}`, error.values), exit: error.exit }
  if (error instanceof ORPCError) {
    const sentence =
      reasonOf(error, find) ?? find(`errors:${error.code}`) ?? `${say('errors:INTERNAL_SERVER_ERROR')} (${error.code})`
    return { code: error.code, sentence, exit: 1, data: error.data as unknown }
  }
  const reason = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL_SERVER_ERROR', sentence: `${say('errors:INTERNAL_SERVER_ERROR')} (${reason})`, exit: 1 }
}

/** Errors that have a reason, and where the sentences for their reasons are. */
const REASONS: Record<string, string> = { BAD_COPY: 'backups:copyTrouble', BAD_FOLDER: 'backups:badFolder' }

function reasonOf({ code, data }: ORPCError<string, unknown>, find: Voice['find']): string | null {
  const why = (data as { why?: unknown } | undefined)?.why
  const sentences = REASONS[code]
  return sentences && typeof why === 'string' ? find(`${sentences}.${why}`, { example: '/media/usb/Daftar' }) : null
}
