import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import type { ExportProgress, ExportRequest } from '../../shared/contract/exports.ts'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import type { Client } from '../rpc/dispatcher.ts'
import type { Args } from './args.ts'
import type { Run } from './commands.ts'
import { CliError } from './exits.ts'

/** Customers to a .xlsx, .csv or .vcf, everything to a .zip or into a folder, by what the target is called. */
export const exportTo: Run = async ({ client }, args, say, note) => {
  const { json, force } = args
  const path = resolve(args.rest[0]!)
  const format = formatOf(path)
  refuseExisting(path, format, force)
  const end = await made(client, await requestOf(client, format, args), (progress) => {
    if (!json && process.stderr.isTTY) note(say('cli:progress', { ...progress }))
  })
  try {
    const folder = format === 'folder' ? path : dirname(path)
    if (format === 'folder') mkdirSync(path, { recursive: true })
    // The description comes last, here too: a folder without it is not whole.
    const files = end.files.map(({ name }) => ({ name, path: format === 'folder' ? join(folder, name) : path }))
    for (const file of files) await fetched(client, end.id, file.name, `${file.path}.part`)
    for (const file of files) renameSync(`${file.path}.part`, file.path)
    const bytes = end.files.reduce((sum, file) => sum + file.bytes, 0)
    const data = { path, format, rows: end.total, bytes, files: files.map((f) => f.path), cut: end.cut }
    const lines = [say('cli:exported', { path, rows: end.total })]
    if (end.cut > 0) lines.push(say('cli:exportedCut', { count: end.cut }))
    return { ok: true, data, lines }
  } finally {
    await client.exports.discard({ id: end.id })
  }
}

type Format = 'xlsx' | 'csv' | 'vcf' | 'zip' | 'folder'
const FORMATS: readonly string[] = ['.xlsx', '.csv', '.vcf', '.zip']

function formatOf(path: string): Format {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return 'folder'
  const ending = extname(path).toLowerCase()
  if (ending === '') return 'folder'
  if (!FORMATS.includes(ending)) throw new CliError('exportEnding', { ending })
  return ending.slice(1) as Format
}

/** Before any long work: what is there is not written over unless somebody says so, and a folder with something in it is there too. */
function refuseExisting(path: string, format: Format, force: boolean): void {
  if (format !== 'folder' && !existsSync(dirname(path))) throw new CliError('folderMissing', { path: dirname(path) })
  if (force || !existsSync(path)) return
  if (!statSync(path).isDirectory()) throw new CliError('exists', { path })
  if (readdirSync(path).length > 0) throw new CliError('notEmpty', { path })
}

async function requestOf(client: Client, format: Format, args: Args): Promise<ExportRequest> {
  const { language } = await client.settings.device()
  const rest = { private: args.private, language }
  if (format === 'zip' || format === 'folder') return { what: 'everything', format, ...rest }
  const target = { filter: EVERYBODY, except: [] }
  return { what: 'customers', format, target, sort: { field: 'name', desc: false }, columns: null, ...rest }
}

async function made(client: Client, request: ExportRequest, tell: (progress: ExportProgress) => void) {
  let last: ExportProgress | null = null
  for await (const progress of await client.exports.start(request)) {
    last = progress
    tell(progress)
  }
  if (last?.state !== 'done') throw new CliError('exportStopped')
  return last
}

/** One file from the engine, under a name that does not look like a whole one. */
async function fetched(client: Client, id: string, name: string, part: string): Promise<void> {
  try {
    const file = openSync(part, 'w', 0o600)
    try {
      for (let offset: number | null = 0; offset !== null; ) {
        const { data, next }: Awaited<ReturnType<Client['exports']['read']>> = await client.exports.read({
          id,
          name,
          offset,
        })
        writeSync(file, new Uint8Array(await data.arrayBuffer()))
        offset = next
      }
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    rmSync(part, { force: true })
    if ((error as NodeJS.ErrnoException).errno === undefined) throw error
    throw new CliError('cannotWrite', { path: part })
  }
}
