import { useCallback, useEffect, useRef, useState } from 'react'
import { type Request, runExport, type Step } from './export-run.ts'
import { saveFile } from './save-file.ts'

/** A run as the tray shows it. */
export interface ExportJob {
  key: number
  request: Request
  step: Step | null
  done: { names: string[]; rows: number; cut: number } | null
  error: unknown
}

/** Exports under way and just ended. They go on while the person works elsewhere; leaving the program stops them. */
export function useExportJobs() {
  const [jobs, setJobs] = useState<readonly ExportJob[]>([])
  const running = useRef(new Map<number, AbortController>())
  const last = useRef(0)
  useEffect(() => {
    const all = running.current
    return () => {
      for (const abort of all.values()) abort.abort()
    }
  }, [])

  const change = useCallback((key: number, patch: Partial<ExportJob>) => {
    setJobs((list) => list.map((job) => (job.key === key ? { ...job, ...patch } : job)))
  }, [])
  const close = useCallback((key: number) => {
    running.current.get(key)?.abort()
    setJobs((list) => list.filter((job) => job.key !== key))
  }, [])

  const start = useCallback(
    async (request: Request) => {
      const key = ++last.current
      const abort = new AbortController()
      running.current.set(key, abort)
      // What ended well before makes room; what failed stays to be read.
      setJobs((list) => [
        ...list.filter((job) => job.done === null),
        { key, request, step: null, done: null, error: null },
      ])
      try {
        const { files, rows, cut } = await runExport(request, abort.signal, (step) => change(key, { step }))
        for (const { name, content } of files) saveFile(name, content)
        change(key, { done: { names: files.map(({ name }) => name), rows, cut } })
      } catch (error) {
        if (!abort.signal.aborted) change(key, { error })
      } finally {
        running.current.delete(key)
      }
    },
    [change],
  )
  return { jobs, start, close }
}
