import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'
import { Badge } from './Badge.tsx'

export type TabItem = { id: string; label: string; count?: ReactNode; content: ReactNode }

/** Tabs with their panels; `value` and `onChange` are optional (uncontrolled without them). */
export function Tabs(props: {
  label: string
  items: readonly TabItem[]
  value?: string
  onChange?: (id: string) => void
  className?: string
}) {
  const { label, items, value, onChange, className } = props
  return (
    <AriaTabs selectedKey={value} onSelectionChange={(key) => onChange?.(String(key))} className={className}>
      <TabList aria-label={label} className="flex gap-1 border-b border-line">
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="-mb-px flex cursor-default items-center gap-1.5 rounded-t-md border-b-2 border-transparent px-3 py-1.5 text-muted outline-none select-none hover:text-text data-focus-visible:focus-ring data-selected:border-accent data-selected:font-semibold data-selected:text-accent"
          >
            {item.label}
            {item.count !== undefined ? <Badge>{item.count}</Badge> : null}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="rounded-md pt-3 outline-none data-focus-visible:focus-ring">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
