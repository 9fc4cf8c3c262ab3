import type { ReactNode } from 'react'

/** A figure with its name, unit and one note (a Badge) below. */
export function Stat({
  label,
  value,
  unit,
  note,
}: {
  label: string
  value: ReactNode
  unit?: string
  note?: ReactNode
}) {
  return (
    <div className="flex flex-col gap-1 rounded-card border border-line bg-surface px-4 py-3">
      <span className="text-[0.8125rem] text-muted">{label}</span>
      <span className="text-xl font-bold">
        {value}
        {unit ? <span className="ms-1.5 text-xs font-normal text-muted">{unit}</span> : null}
      </span>
      {note ? <span>{note}</span> : null}
    </div>
  )
}
