import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useReconnected } from '../../api/live.ts'
import { cx } from '../../ui/cx.ts'
import { StepNav } from '../../ui/StepNav.tsx'
import { AskSteps } from './AskSteps.tsx'
import { FileStep } from './FileStep.tsx'
import { ASKING, type Asking, atStep, isFile, STEPS, type Staged, type Step, waitingFor } from './import-model.ts'
import { Running } from './Running.tsx'
import { useFocusKept } from './use-focus-kept.ts'
import { useImportJob } from './use-import-job.ts'
import { useWaiting } from './use-waiting.ts'

/** Choose a file, see how it was read, what its columns are and what is wrong with it; let it come in; see what came of it. */
export function ImportPage() {
  const { t } = useTranslation()
  const list = useQuery(rpc.imports.list.queryOptions()).data?.filter(isFile)
  const { isReady, waiting, change, open } = useWaiting(list)
  // Gone back to the first step: the file goes on waiting.
  const [isAtFile, setAtFile] = useState(false)
  const job = useImportJob()
  // What became of a run that was lost stands in the list now, as for a new window.
  useReconnected(() => {
    if (job.error) job.reset()
  })
  const runningId = list?.find(({ state }) => state === 'running')?.id
  const { follow, id: followed } = job
  useEffect(() => {
    if (runningId && followed === null) void follow({ id: runningId, start: false })
  }, [runningId, followed, follow])

  const isAsking = !job.id && waiting !== null && !isAtFile
  const step: Step = job.id ? (job.isRunning ? 'run' : 'result') : isAsking ? waiting.step : 'file'
  const page = useFocusKept(step)

  if (list === undefined || !isReady) return null
  const begin = (staged: Staged) => {
    job.reset()
    setAtFile(false)
    change(waitingFor(staged))
  }
  const goTo = (to: Step) => {
    setAtFile(to === 'file')
    if (waiting && isAsk(to)) change(atStep(waiting, to))
  }
  const isReachable = (to: Step) =>
    step === to || (!job.id && waiting !== null && (to === 'file' || (isAsk(to) && isBefore(to, waiting.reached))))
  return (
    <div
      ref={page}
      tabIndex={-1}
      className={cx('mx-auto flex max-w-7xl flex-col gap-4 outline-none', isAsking ? 'h-full min-h-0' : 'min-h-full')}
    >
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-lg font-bold">{t('imports:title')}</h1>
        <StepNav
          className="ms-auto"
          steps={STEPS.map((id) => ({
            id,
            label: t(`imports:step.${id}`),
            isDone: STEPS.indexOf(id) < STEPS.indexOf(step) || step === 'result',
            isReachable: isReachable(id),
          }))}
          current={step}
          onGo={goTo}
        />
      </header>
      {job.id ? (
        <Running job={job} summary={list.find(({ id }) => id === job.id)} onDone={job.reset} onStaged={begin} />
      ) : isAsking ? (
        <AskSteps
          key={waiting.staged.id}
          waiting={waiting}
          onChange={change}
          onGo={goTo}
          onStart={() => {
            const { staged, mapping, onDuplicate } = waiting
            void job.follow({ id: staged.id, mapping, on_duplicate: onDuplicate })
            change(null)
          }}
          onDiscard={() => {
            void api.imports.discard({ id: waiting.staged.id }).catch(() => {})
            change(null)
          }}
        />
      ) : (
        <FileStep
          list={list}
          onStaged={begin}
          onResume={(summary) => {
            setAtFile(false)
            if (summary.id !== waiting?.staged.id) void open.run(summary)
          }}
          onDiscarded={(id) => id === waiting?.staged.id && change(null)}
          onFinish={(id) => void job.follow({ id })}
        />
      )}
    </div>
  )
}

const isAsk = (step: Step): step is Asking => (ASKING as readonly Step[]).includes(step)
const isBefore = (step: Asking, end: Asking) => ASKING.indexOf(step) <= ASKING.indexOf(end)
