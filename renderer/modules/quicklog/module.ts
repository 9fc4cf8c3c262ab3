import { NotebookPen } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { isLogLine } from './is-log-line.ts'
import { QuickLog } from './QuickLog.tsx'

/** What happened and what comes next, in one line from anywhere. */
export const quicklogModule: RendererModule = {
  name: 'quicklog',
  routes: [],
  add: {
    label: 'quicklog:add',
    icon: NotebookPen,
    keys: ['L', 'Ctrl+J'],
    permission: 'notes.write',
    Dialog: QuickLog,
    offer: { label: 'quicklog:offer', isFor: isLogLine },
  },
  commands: [
    {
      id: 'quicklog.add',
      label: 'quicklog:command',
      words: 'quicklog:words',
      icon: NotebookPen,
      keys: ['L', 'Ctrl+J'],
      permission: 'notes.write',
      run: (app) => app.openAdd('quicklog'),
    },
  ],
}
