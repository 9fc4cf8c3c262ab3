import type { BackupProgress } from '../../../shared/contract/backups.ts'
import type { Ctx } from '../../engine/context.ts'

type Step = { step: 'copy' | 'verify'; done: number; total: number; folder?: string }

const NONE = { folder: null, done: 0, total: 0, left: null, files: [], failed: [] }

/** A step of a job as the contract tells it, with the time left at the rate of this step so far. */
export function stepper(ctx: Ctx, tell: (progress: BackupProgress) => void, as?: 'present') {
  let known = ''
  let began = 0
  return ({ step, done, total, folder }: Step): void => {
    const name = `${step} ${folder}`
    if (known !== name) {
      known = name
      began = ctx.clock.now()
    }
    const left = done > 0 ? ((ctx.clock.now() - began) / done) * (total - done) : null
    tell({ ...NONE, step: as ?? step, folder: folder ?? null, done, total, left: left === null ? null : left / 1000 })
  }
}

export const ended = (end: Partial<Pick<BackupProgress, 'files' | 'failed'>> = {}): BackupProgress => ({
  ...NONE,
  step: 'done',
  ...end,
})
