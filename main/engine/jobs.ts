import { inspectJob } from '../modules/backups/inspect.ts'
import { backupJob, listJob, lookJob, prepareJob, verifyJob } from '../modules/backups/jobs.ts'
import { findDuplicates } from '../modules/duplicates/find.ts'
import { exportJob } from '../modules/exports/job.ts'
import { prepareRows } from '../modules/imports/prepare.ts'
import { modules } from '../modules/index.ts'
import { bringUpJob } from '../modules/recovery/bring-up.ts'
import { salvageJob } from '../modules/recovery/job.ts'
import { foundCopiesJob } from '../modules/setup/found-copies.ts'
import { checkJob } from '../modules/system/check.ts'
import { type Job, quickCheck } from './reader.ts'

/** Every job the reader's thread knows, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each job has its own input, output and progress; only its caller knows them.
export const jobs: readonly Job<any, unknown, any>[] = [
  quickCheck,
  checkJob(modules),
  findDuplicates,
  exportJob,
  prepareRows,
  backupJob,
  listJob,
  verifyJob,
  lookJob,
  prepareJob,
  inspectJob,
  foundCopiesJob,
  salvageJob(modules),
  bringUpJob(modules),
]
