import { parseArgs } from 'node:util'
import { ON_DUPLICATE, type OnDuplicate } from '../../shared/contract/imports.ts'
import { CliError } from './exits.ts'

export const COMMANDS = [
  'search',
  'add',
  'import',
  'export',
  'backup',
  'restore',
  'salvage',
  'duplicates',
  'check',
  'seed',
  'undo',
  'pin',
  'help',
] as const
export type Command = (typeof COMMANDS)[number]

export interface Args {
  command: Command
  /** What follows the command: a text, a file, an id. */
  rest: string[]
  data: string | null
  json: boolean
  name: string | null
  phone: string | null
  city: string | null
  dryRun: boolean
  /** Of an import: FIELD=HEADER as typed, what becomes of those who are there already, and where the rows go that did not come in. */
  map: string[]
  onDuplicate: OnDuplicate | null
  report: string | null
  /** Whose PIN is taken away. */
  clear: string | null
  /** Folder for the book that a salvage makes. */
  to: string | null
  /** Of an export: write over what is there; judgements of people come along. */
  force: boolean
  private: boolean
  /** Pairs of duplicates told at most. */
  limit: number
  customers: number
  /** What happened with them and what is to be done, of test data. */
  activities: number
  tasks: number
  seed: number
}

/** A call that cannot be understood; `detail` is the word that is wrong or missing. */
export class UsageError extends Error {}

export function readArgs(argv: string[]): Args {
  const { values, positionals } = parsed(argv)
  const [word = 'help', ...rest] = values.help ? ['help'] : positionals
  const command = COMMANDS.find((c) => c === word)
  if (!command) throw new UsageError(word)
  const args: Args = {
    command,
    rest,
    data: values.data ?? null,
    json: values.json ?? false,
    name: values.name ?? null,
    phone: values.phone ?? null,
    city: values.city?.trim() || null,
    dryRun: values['dry-run'] ?? false,
    map: values.map ?? [],
    onDuplicate: choice(values['on-duplicate']),
    report: values.report ?? null,
    to: values.to ?? null,
    clear: values.clear?.trim() || null,
    force: values.force ?? false,
    private: values.private ?? false,
    customers: whole('--customers', values.customers, command === 'seed' ? null : 0),
    activities: whole('--activities', values.activities, 0),
    tasks: whole('--tasks', values.tasks, 0),
    seed: whole('--seed', values.seed, 1),
    limit: whole('--limit', values.limit, 50),
  }
  if (command === 'add' && !args.name?.trim() && !args.phone?.trim()) throw new CliError('needsName')
  const first = rest.join(' ').trim()
  if (command === 'search' && !first) throw new CliError('needsText')
  if (command === 'import' && !first) throw new CliError('needsFile')
  if (command === 'export' && !first) throw new CliError('needsTarget')
  if (command === 'restore' && !first) throw new CliError('needsCopy')
  if (command === 'salvage' && !first) throw new CliError('needsDamaged')
  if (command === 'pin' && !args.clear) throw new CliError('needsClear')
  if (command === 'undo' && !/^(\d{1,15}|[\da-z][\da-z-]{15,})$/i.test(first))
    throw new CliError('needsId', { id: first })
  return args
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      // «--customers -5» is a number that is wrong, not an option without one.
      args: argv.flatMap((word, i) =>
        /^-\d/.test(word) && /^--(customers|activities|tasks|seed|limit)$/.test(argv[i - 1] ?? '') ? ['?'] : [word],
      ),
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        name: { type: 'string' },
        phone: { type: 'string' },
        city: { type: 'string' },
        'dry-run': { type: 'boolean' },
        map: { type: 'string', multiple: true },
        'on-duplicate': { type: 'string' },
        report: { type: 'string' },
        to: { type: 'string' },
        clear: { type: 'string' },
        force: { type: 'boolean' },
        private: { type: 'boolean' },
        customers: { type: 'string' },
        activities: { type: 'string' },
        tasks: { type: 'string' },
        seed: { type: 'string' },
        limit: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message.split('.')[0] ?? '')
  }
}

function choice(text: string | undefined): OnDuplicate | null {
  if (text === undefined) return null
  const found = ON_DUPLICATE.find((c) => c === text)
  if (!found) throw new CliError('onDuplicate', { value: text })
  return found
}

function whole(name: string, text: string | undefined, otherwise: number | null): number {
  if (text === undefined && otherwise !== null) return otherwise
  if (!/^\d{1,9}$/.test(text ?? '')) throw new CliError('needsNumber', { name })
  return Number(text)
}
