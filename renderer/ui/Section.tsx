import { type ReactNode, useId } from 'react'

/** A titled part of a form: heading, one line of help, and its fields in two columns (`columns={1}` for one). */
export function Section({
  title,
  description,
  columns = 2,
  children,
}: {
  title: string
  description?: string
  columns?: 1 | 2
  children: ReactNode
}) {
  const id = useId()
  return (
    <fieldset aria-labelledby={id} className="min-w-0 border-b border-line py-4 last:border-b-0">
      <h2 id={id} className="font-bold">
        {title}
      </h2>
      {description ? <p className="text-xs text-muted">{description}</p> : null}
      <div
        className={columns === 2 ? 'mt-3 grid grid-cols-1 gap-x-4 gap-y-3 md:grid-cols-2' : 'mt-3 flex flex-col gap-3'}
      >
        {children}
      </div>
    </fieldset>
  )
}
