import type { z } from 'zod'
import type { ExportFile, ExportProgress } from '../../../shared/contract/exports.ts'
import { api, type Inputs } from '../../api/client.ts'

export type Request = NonNullable<Inputs['exports']['start']>
type File = z.infer<typeof ExportFile>

/** What a run tells as it goes: rows while the file is made, bytes while it is fetched. */
export type Step = { stage: 'making'; progress: ExportProgress } | { stage: 'fetching'; done: number; total: number }

export interface Made {
  files: Array<{ name: string; content: Blob }>
  rows: number
  cut: number
}

/** Has the file made, fetches it piece by piece, and lets the engine forget it. Throws what the engine answers, or an AbortError. */
export async function runExport(request: Request, signal: AbortSignal, tell: (step: Step) => void): Promise<Made> {
  let last: ExportProgress | null = null
  for await (const progress of await api.exports.start(request, { signal })) {
    last = progress
    tell({ stage: 'making', progress })
  }
  signal.throwIfAborted()
  if (last?.state !== 'done') throw new DOMException('the export ended early', 'AbortError')
  const { id, files, total, cut } = last
  try {
    const whole = files.reduce((sum, file) => sum + file.bytes, 0)
    const got: Made['files'] = []
    let before = 0
    for (const file of files) {
      const from = before
      got.push({
        name: file.name,
        content: await fetched(id, file, signal, (n) => tell({ stage: 'fetching', done: from + n, total: whole })),
      })
      before += file.bytes
    }
    return { files: got, rows: total, cut }
  } finally {
    void api.exports.discard({ id }).catch(() => {})
  }
}

/** Its pieces as one; the browser keeps large ones on the disk. */
async function fetched(id: string, { name }: File, signal: AbortSignal, tell: (done: number) => void): Promise<Blob> {
  const pieces: Blob[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const { data, next }: Awaited<ReturnType<typeof api.exports.read>> = await api.exports.read(
      { id, name, offset },
      { signal },
    )
    pieces.push(data)
    tell(offset + data.size)
    offset = next
  }
  return new Blob(pieces, { type: 'application/octet-stream' })
}
