import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '../../engine/context.ts'

/** Finished files wait here, each export in a folder of its own, until they have been fetched. */
export const exportsFolder = (ctx: Pick<Ctx, 'folder'>): string => join(ctx.folder, 'exports')
/** @param id checked by the contract, so it cannot lead out */
export const folderOf = (ctx: Pick<Ctx, 'folder'>, id: string): string => join(exportsFolder(ctx), id)

export function makeFolder(ctx: Ctx, id: string): string {
  const folder = folderOf(ctx, id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

export function removeFolder(ctx: Ctx, id: string): void {
  rmSync(folderOf(ctx, id), { recursive: true, force: true })
}

/** What nobody fetched, and what a crash left half done. At the start nothing is being exported, so all of it can go. */
export function removeAll(ctx: Pick<Ctx, 'folder'>): void {
  rmSync(exportsFolder(ctx), { recursive: true, force: true })
}
