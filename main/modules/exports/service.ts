import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { EXPORT_PIECE, type exporting } from '../../../shared/contract/exports.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { folderOf, removeFolder } from './folder.ts'
import { start } from './start.ts'

export const exportsService: Service<typeof exporting> = {
  start: (ctx, request, { signal }) => start(ctx, request, signal),
  read(ctx, { id, name, offset }) {
    const folder = folderOf(ctx, id)
    // Only what stands there under this very name: a name is no path.
    if (!namesIn(folder).includes(name)) fail('NOT_FOUND', { kind: 'export' })
    const bytes = piece(join(folder, name), offset)
    const data = new File([bytes], name, { type: 'application/octet-stream' })
    return { data, next: bytes.length < EXPORT_PIECE ? null : offset + bytes.length }
  },
  discard(ctx, { id }) {
    removeFolder(ctx, id)
    return {}
  },
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.endsWith('.part'))
  } catch {
    return []
  }
}

function piece(path: string, offset: number): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(EXPORT_PIECE)
  const file = openSync(path, 'r')
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset))
  } finally {
    closeSync(file)
  }
}
